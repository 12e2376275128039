"""Many questions, and one moment that answers them."""

import asyncio
from pathlib import Path

from hobnob_client import keyring
from hobnob_client.engine import Engine
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.personal import Mute
from tests.client.tui.screens.front import been_in_general


def test_what_is_written_meanwhile_is_answered_after_the_moment(tmp_path: Path) -> None:
    """Else one picture would show two states. A moment within another is the same one."""
    alice = been_in_general(tmp_path)

    async def run() -> None:
        async with Engine(alice, keyring.load(alice), connect=False) as engine:
            reader = engine.reader
            [general] = [line.stream for line in reader.channels()]
            with reader.moment():
                before = reader.outbox()
                await engine.compose(general, Post("more"))
                with reader.moment():
                    assert reader.outbox() == before
                assert reader.outbox() == before
            assert len(reader.outbox()) == len(before) + 1

    asyncio.run(run())


def test_what_many_ask_is_read_once_until_somebody_writes(tmp_path: Path) -> None:
    """What one mutes is asked a dozen times for one picture, and by each picture that follows."""
    alice = been_in_general(tmp_path)

    async def run() -> None:
        async with Engine(alice, keyring.load(alice), connect=False) as engine:
            reader, asked = engine.reader, list[str]()
            assert not reader.kept().muted
            reader._desk.store.sql.raw.set_trace_callback(asked.append)  # type: ignore[attr-defined]  # pyright: ignore[reportPrivateUsage, reportAttributeAccessIssue, reportUnknownMemberType]  # What is asked is told by nothing public.
            assert not reader.kept().muted
            assert asked == ["PRAGMA data_version"]
            [general] = [line.stream for line in reader.channels()]
            await engine.private.set_up(Mute(general, None, True))
            assert reader.kept().muted == (general,)

    asyncio.run(run())
