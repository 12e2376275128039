"""What pings somebody at the screen, and what does not."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import pytest

from hobnob_client.attention.kept import of_quiet
from hobnob_client.attention.quiet import Quiet, parse
from hobnob_client.engine import Engine
from hobnob_client.paths import Profile
from hobnob_client.tui.notifying.marks import NOTE
from hobnob_client.tui.notifying.notifying import Notifying
from hobnob_client.tui.notifying.outward import Outward
from hobnob_protocol.ids import AccountId
from hobnob_protocol.kinds.messages import Post
from tests.stories.client import Client
from tests.stories.hub import Hub, running
from tests.stories.screens import Sitting, profile, shown, sitting, somebody


class Window:
    """The terminal of somebody, as far as it tells of things."""

    def __init__(self) -> None:
        self.written: list[str] = []

    @property
    def outward(self) -> Outward:
        """Writes into it."""
        environ = {"TERM_PROGRAM": "ghostty"}
        return Outward(self.written.append, environ, lambda _: None)

    @property
    def told(self) -> list[str]:
        """Of what it has told, title and text."""
        start, end = "\x1b]777;notify;", "\x07"
        return [
            each.removeprefix(start).removesuffix(end)
            for each in self.written
            if each.startswith(start)
        ]

    @property
    def title(self) -> str:
        """What stands above it."""
        titles = [each for each in self.written if "]2;" in each]
        return titles[-1].partition("]2;")[2].removesuffix("\x07") if titles else ""


Story = Callable[[Sitting, Client, Window], Awaitable[None]]


@asynccontextmanager
async def at(of: Profile, window: Window) -> AsyncGenerator[Sitting]:
    """Mara at her screen, on line."""
    async with sitting(of, outward=window.outward) as mara:
        await mara.until(lambda: mara.screen.channel.place)
        mara.screen.rooms.leave()
        await mara.sees("online")
        yield mara


def story(tmp_path: Path, told: Story, then: Story | None = None) -> None:
    """Mara looks elsewhere while bob talks; `then` after she has left and come back."""

    async def run(hub: Hub) -> None:
        of = profile(tmp_path / "mara", await hub.app.invite(1, 1.0), "mara")
        window = Window()
        async with at(of, window) as mara:
            bob = await somebody(hub, "bob")
            await mara.until(lambda: mara.screen.reader.account("bob"))
            await mara.looks(away=True)
            await told(mara, bob, window)
        if then is not None:
            again = Window()
            async with at(of, again) as mara:
                await then(mara, bob, again)

    async def begin() -> None:
        async with running(tmp_path / "hub") as hub:
            await run(hub)

    asyncio.run(begin())


async def says(bob: Client, mara: Sitting, text: str, *, to_mara: bool = False) -> None:
    """Bob says it in #general, and it is on her screen."""
    mentions: tuple[AccountId, ...] = (mara.screen.reader.me,) if to_mara else ()
    bob.say(bob.channels()["general"], Post(text, mentions=mentions))
    await mara.sees(text)


def test_who_is_meant_is_told_once_while_looking_elsewhere(tmp_path: Path) -> None:
    """Not of what others talk about, not of what is before the eyes, and not again after a
    restart."""

    async def told(mara: Sitting, bob: Client, window: Window) -> None:
        await says(bob, mara, "just talk")
        await says(bob, mara, "mara: come", to_mara=True)
        await mara.until(lambda: window.told == ["bob in #general;mara: come"])
        await mara.until(lambda: window.title == "(1) hobnob")
        await mara.looks()
        await says(bob, mara, "mara: you see me", to_mara=True)
        await mara.press("enter")
        await mara.until(lambda: window.title == "hobnob")
        await mara.looks(away=True)
        await says(bob, mara, "mara: and now", to_mara=True)
        await mara.until(lambda: window.told[1:] == ["bob in #general;mara: and now"])

    async def again(mara: Sitting, bob: Client, window: Window) -> None:
        await mara.looks(away=True)
        await says(bob, mara, "mara: after it", to_mara=True)
        await mara.until(lambda: window.told)
        assert window.told == ["bob in #general;mara: after it"]

    story(tmp_path, told, again)


def test_a_burst_is_told_in_one_line(tmp_path: Path) -> None:
    """And so is what came while one was away."""

    async def told(mara: Sitting, bob: Client, window: Window) -> None:
        stream = bob.channels()["general"]
        for nth in range(9):
            bob.say(stream, Post(f"mara {nth}", mentions=(mara.screen.reader.me,)))
        await mara.sees("mara 8")
        await mara.until(lambda: sum(map(_count, window.told)) == 9)
        assert len(window.told) <= 6

    story(tmp_path, told)


def _count(told: str) -> int:
    head = told.partition(" ")[0]
    return int(head) if head.isdigit() else 1


def test_a_muted_channel_is_still(tmp_path: Path) -> None:
    """Whoever is meant there; and no more once it is heard again."""

    async def told(mara: Sitting, bob: Client, window: Window) -> None:
        await mara.press("m")
        await mara.sees("muted")
        # Who presses keys looks.
        await mara.looks(away=True)
        await says(bob, mara, "mara: psst", to_mara=True)
        await mara.press("m")
        await mara.sees("heard again")
        await mara.looks(away=True)
        await says(bob, mara, "mara: hello", to_mara=True)
        await mara.until(lambda: window.told)
        assert window.told == ["bob in #general;mara: hello"]

    story(tmp_path, told)


def test_what_one_has_come_back_to_was_seen_whatever_one_does_next(tmp_path: Path) -> None:
    """Held through quiet hours, and before the eyes for a moment: it is not told when they end."""

    async def told(mara: Sitting, bob: Client, window: Window) -> None:
        engine = mara.screen.engine
        await engine.private.keep_wish(of_quiet(parse("00:00-24:00", "UTC")))
        await mara.until(lambda: mara.screen.reader.wishes().quiet.spans)
        await says(bob, mara, "mara: in the night", to_mara=True)
        # Faster than any key: a dialog stands there before anything else happens.
        mara.app.app_focus = True
        mara.screen.ways.show_keys(mara.screen.channels)
        assert mara.app.screen is not mara.screen
        bob.say(
            bob.channels()["general"],
            Post("mara: later that night", mentions=(mara.screen.reader.me,)),
        )
        await mara.until(lambda: shown(mara)[-1] == "mara: later that night")
        await engine.private.keep_wish(of_quiet(Quiet()))
        await mara.until(lambda: window.told)
        assert window.told == ["bob in #general;mara: later that night"]

    story(tmp_path, told)


class Slow:
    """The engine of a screen that has noted nothing; what is asked of it first, or else how far
    was looked through, waits until it is let `go`."""

    def __init__(self, engine: Engine, *, notes: bool) -> None:
        self._engine = engine
        self._waits_with_notes = notes
        self._noted: dict[str, bytes] = {}
        self.asked, self.go = asyncio.Event(), asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    async def notes(self) -> dict[str, bytes]:
        """As the engine's."""
        if not self._waits_with_notes:
            await self._wait()
        return dict(self._noted)

    async def note(self, name: str, value: bytes) -> None:
        """As the engine's."""
        if self._waits_with_notes and name == NOTE:
            await self._wait()
        self._noted[name] = value

    async def _wait(self) -> None:
        self.asked.set()
        await self.go.wait()


@pytest.mark.parametrize("kept", [False, True])
def test_what_is_seen_while_it_is_weighed_is_not_told(tmp_path: Path, kept: bool) -> None:
    """It waits no more, and is not told yet: a moment before the eyes counts then, too, and while
    it is `kept` that it was weighed."""

    async def told(mara: Sitting, bob: Client, _: Window) -> None:
        await says(bob, mara, "mara: look here", to_mara=True)
        slow, window = Slow(mara.screen.engine, notes=kept), Window()
        mara.screen.engine = cast("Engine", slow)
        mara.screen.notifying = Notifying(mara.screen, window.outward)
        mara.screen.notifying.begin()
        await slow.asked.wait()
        # Faster than any key: a dialog stands there before anything else happens.
        mara.app.app_focus = True
        mara.screen.ways.show_keys(mara.screen.channels)
        assert mara.app.screen is not mara.screen
        slow.go.set()
        bob.say(
            bob.channels()["general"],
            Post("mara: and there", mentions=(mara.screen.reader.me,)),
        )
        await mara.until(lambda: window.told)
        assert window.told == ["bob in #general;mara: and there"]

    story(tmp_path, told)
