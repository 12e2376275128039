"""Rules of matching that an operator puts into force, on a hub that runs, to devices on line."""

import asyncio
import time
from contextlib import AsyncExitStack
from pathlib import Path

from hobnob.cli import main
from hobnob_client.match.rules import NOTE
from hobnob_client.requests import sending
from hobnob_client.tui.screens.main import MainScreen
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.messages import Post
from tests.stories.hub import running
from tests.stories.screens import Sitting, profile, sitting
from tests.stories.test_screen_match import KNOWN, agreeing, asks, shown
from tests.stories.test_screen_talks import friend
from tests.stories.waiting import TestClock, until

RULES = """
[caps]
default_requests = 1

[questions]
asked = []

[weights]
named = {named}
"""


async def applied(tmp_path: Path, text: str) -> None:
    """An operator writes a file, and puts it into force while the hub runs."""
    file = tmp_path / "match.toml"
    file.write_text(text)
    words = ["hub", "match", "apply", "--data", str(tmp_path / "hub"), "--file", str(file)]
    assert await asyncio.to_thread(main, words) == 0


async def ranked(mara: Sitting) -> list[str]:
    """Whom she is shown, who names cem in her need."""
    await mara.press("f12")
    await mara.sees("Say what you need, in your words")
    # What was said before is selected, and typed over.
    await mara.press("f7", *"SQLite share locks @cem", "enter")
    await mara.until(lambda: len(shown(mara)) == 3)
    found = shown(mara)
    assert "Which part is it about?" not in mara.text
    await mara.press("escape")
    await mara.until(lambda: isinstance(mara.app.screen, MainScreen))
    return found


def test_what_an_operator_applies_is_asked_ranked_and_settled_by(tmp_path: Path) -> None:
    """Questions and weights by a device, which knows them off line as well; caps by the hub, which
    lets nobody be asked beyond them."""

    async def run() -> None:
        async with AsyncExitStack() as stack:
            clock = TestClock(round(time.time() * 1_000))
            hub = await stack.enter_async_context(running(tmp_path / "hub", clock))
            of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
            mara = await stack.enter_async_context(sitting(of, (80, 30)))
            await mara.until(lambda: mara.screen.channel.place)
            engine, reader = mara.screen.engine, mara.screen.reader
            general = reader.channel("general")
            assert general is not None
            friends = {
                name: await stack.enter_async_context(friend(hub, tmp_path, name)) for name in KNOWN
            }
            for name, texts in KNOWN.items():
                for text in texts:
                    await friends[name].engine.compose(general.stream, Post(text))
                await friends[name].engine.compose(PEOPLE, Consent("matching"))
            for nth in range(24):
                await engine.compose(general.stream, Post(f"good morning {nth}"))
            await mara.until(lambda: agreeing(reader) == frozenset(KNOWN))
            await mara.until(lambda: "local disk" in str(reader.before(general.stream, None, 40)))
            await engine.indexed()
            await applied(tmp_path, '[questions]\nsubject = "Which piece of the stack?"\n')
            await asks(mara)
            await mara.sees("Which piece of the stack?")
            assert "Which part is it about?" not in mara.text
            await mara.press("escape")
            await mara.until(lambda: isinstance(mara.app.screen, MainScreen))

            await applied(tmp_path, RULES.format(named=90))
            assert (await ranked(mara))[0] == "cem"
            await applied(tmp_path, RULES.format(named=-90))
            assert "cem" not in await ranked(mara)
            assert b"named = -90" in (await engine.notes())[NOTE]

            bob, ana = friends["bob"].engine, reader.account("ana")
            assert ana is not None
            await until(lambda: bob.reader.handle(ana) == "ana")
            first = await sending.begun(bob, ana, "help")
            assert first is not None
            assert not (await sending.send(bob, first)).why
            second = await sending.begun(engine, ana, "help")
            assert second is not None
            assert (await sending.send(engine, second)).why, "one a week, who has not chosen"

    asyncio.run(run())
