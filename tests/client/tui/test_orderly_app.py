"""Keys wait for their turn in order, and no more of them than anybody could mean."""

import asyncio
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from hobnob_client.tui.orderly_app import TYPED_MAX, OrderlyApp, Passed
from tests.stories.waiting import until


class Slow(Widget, can_focus=True):
    """Takes a key only when it is let go on."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()
        self.taken: list[str] = []

    async def on_key(self, event: events.Key) -> None:
        """One after the other."""
        await self.go_on.wait()
        self.taken.append(event.key)


class Desk(OrderlyApp):
    """A slow pane alone."""

    def __init__(self) -> None:
        super().__init__()
        self.slow = Slow()
        self.told: list[str] = []
        self.looks = 0

    async def _glance(self, follower: Passed, target: Widget | Screen[Any]) -> None:
        self.looks += 1
        await super()._glance(follower, target)

    def compose(self) -> ComposeResult:
        """All of the screen."""
        yield self.slow

    def notify(self, message: str, **_: Any) -> None:
        """Remember what is told."""
        self.told.append(message)


def test_a_flood_of_keys_is_bounded_and_told() -> None:
    """The end is left out, which one is told once."""

    async def run() -> None:
        app = Desk()
        async with app.run_test(notifications=True) as pilot:
            app.slow.focus()
            await pilot.pause()
            for nth in range(TYPED_MAX + 20):
                await app.on_event(events.Key(f"f{nth % 9 + 1}", None))
            waiting, told = app.waiting, app.told
            app.exit()
            app.slow.go_on.set()
        assert (waiting, told) == (TYPED_MAX, ["Too much was typed at once: its end was left out."])

    asyncio.run(run())


def test_a_key_is_waited_for_as_long_as_its_widget_is_there() -> None:
    """However slow that is; once it has gone, whoever comes next is heard."""

    async def run() -> None:
        app = Desk()
        async with app.run_test() as pilot:
            app.slow.focus()
            await pilot.pause()
            for key in ("f1", "f2"):
                await app.on_event(events.Key(key, None))
            assert app.waiting == 1
            await until(lambda: app.looks >= 8)
            assert app.waiting == 1
            app.slow.go_on.set()
            await until(lambda: app.slow.taken == ["f1", "f2"])
            app.slow.go_on.clear()
            for key in ("f3", "f4"):
                await app.on_event(events.Key(key, None))
            app.slow.go_on.set()
            await app.slow.remove()
            await until(lambda: app.waiting == 0)

    asyncio.run(run())


def test_whoever_comes_back_finds_where_their_keys_go() -> None:
    """Also where what had the focus went while they looked elsewhere."""

    async def run() -> None:
        app = Desk()
        async with app.run_test() as pilot:
            other = Screen[None]()
            await app.push_screen(other)
            app.post_message(events.AppBlur())
            await until(lambda: not app.app_focus)
            app.pop_screen()
            await pilot.pause()
            app.screen.set_focus(None)
            app.post_message(events.AppFocus())
            await until(lambda: app.focused is app.slow)

    asyncio.run(run())
