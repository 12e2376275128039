"""Nothing that members wrote becomes an escape in their operator's shell, beside a running hub."""

import asyncio
import io
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import DIRECTORY, MODERATION, PEOPLE, ChannelId, StreamId, target_of
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.imports import ImportedMembers
from hobnob_protocol.kinds.moderation import Report
from hobnob_protocol.kinds.people import ProfileField
from hobnob_protocol.registry import STANDARD
from hobnob_server import cli
from hobnob_server.control.server import ControlServer
from tests.stories.client import Client
from tests.stories.hub import Hub, running
from tests.stories.waiting import until
from tests.terminal.payloads import FEW, PAYLOADS, SURROGATES, naughty
from tests.terminal.test_hostile_verbs import harmless

SHOWN: Final[tuple[tuple[str, ...], ...]] = (
    ("status",),
    ("member",),
    ("member", "mallory"),
    ("channel",),
    ("report",),
    ("claim",),
)
QUOTED: Final[tuple[tuple[str, ...], ...]] = (
    ("member", "{}"),
    ("role", "{}", "member"),
    ("ban", "{}", "why"),
    ("ban", "nobody", "{}"),
    ("channel", "create", "{}"),
    ("channel", "archive", "{}"),
    ("hide", "{}", "00", "why"),
    ("hide", "general", "{}", "why"),
    ("claim", "{}", "x", "why"),
    ("claim", "mallory", "{}", "why"),
    ("claim", "mallory", "x", "{}"),
)
TEXT_MAX = 64
"""As long as the shortest field that is filled here may be."""


def said(texts: tuple[str, ...], general: StreamId) -> Iterator[tuple[StreamId, Body]]:
    """Every field that a member can fill and an operator looks at, with each text."""
    for nth, text in enumerate(texts):
        name = ChannelId(sha256(b"%d" % nth).digest()[:16])
        yield DIRECTORY, ChannelCreate(name, text, text)
        yield PEOPLE, ProfileField("name", text)
        yield PEOPLE, ImportedMembers(text, ((text, text, False, ()),))
        yield MODERATION, Report(general, target_of(bytes(32)), text)  # type: ignore[arg-type]  # No event of that name.


async def shell(hub: Hub, *words: str) -> str:
    """What `hobnob hub WORDS` writes, to both streams."""
    out, talk = io.StringIO(), io.StringIO()
    argv = [*words, "--data", str(hub.app.directory.path)]
    await asyncio.to_thread(cli.serve, argv, {}, out, talk)
    return out.getvalue() + talk.getvalue()


async def mallory(hub: Hub, texts: tuple[str, ...]) -> int:
    """An owner, even, who writes all of it wherever the protocol lets them: how much it was."""
    client: Client = await hub.owner("mallory")
    await until(lambda: "general" in client.channels())
    written = 0
    for stream, body in said(texts, client.channel("general")):
        try:
            STANDARD.encode(body)
        except UsageError:
            # No hub takes it, and no honest client says it.
            continue
        client.say(stream, body)
        written += 1
    await until(lambda: client.settled)
    return written


def test_what_members_wrote_is_text_to_their_operator(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In every table, and in every error that quotes what somebody pasted."""

    async def tell() -> None:
        async with running(tmp_path / "hub") as hub:
            control = ControlServer(hub.app)
            await control.open()
            texts = tuple(text for text in (*PAYLOADS.values(), *naughty()) if len(text) < TEXT_MAX)
            assert await mallory(hub, texts) > 100
            for words in SHOWN:
                told = await shell(hub, *words)
                assert told
                assert harmless(told), words
            for text in (*tuple(FEW.values())[::6], *SURROGATES):
                for words in QUOTED:
                    filled = [word.format(text) if word == "{}" else word for word in words]
                    assert harmless(await shell(hub, *filled)), filled
            await control.close()

    asyncio.run(tell())
    assert harmless(capsys.readouterr().err)
