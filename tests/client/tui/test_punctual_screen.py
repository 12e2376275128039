"""What is to be done later is done, also where that is at once; who waits for a picture sees it."""

import asyncio
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.messages import Update
from textual.screen import Screen
from textual.widgets import Static

from hobnob_client import tui
from hobnob_client.tui.punctual_screen import PunctualScreen
from tests.client.tui.drawn import drawn
from tests.stories.waiting import until


@pytest.mark.parametrize("seconds", [0.0, 1e-9, 0.01])
def test_a_timer_goes_off_however_soon_it_is_due(seconds: float) -> None:
    """Each does, also where time passes before anybody waits."""

    async def run() -> None:
        app, screen = App[None](), PunctualScreen[None]()
        gone_off: list[int] = []
        async with app.run_test():
            await app.push_screen(screen)
            for nth in range(20):
                screen.set_timer(seconds, lambda nth=nth: gone_off.append(nth))
            await until(lambda: sorted(gone_off) == list(range(20)))

    asyncio.run(run())


class Told(PunctualScreen[None]):
    """A line that is told."""

    def __init__(self) -> None:
        super().__init__()
        self.line = Static()

    def compose(self) -> ComposeResult:
        yield self.line


class Pair(PunctualScreen[None]):
    """Two lines."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = Static(), Static()

    def compose(self) -> ComposeResult:
        yield self.first
        yield self.second


class Watched(App[None]):
    """Keeps what it has shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def _display(self, screen: Screen[object], renderable: object) -> None:
        super()._display(screen, renderable)  # type: ignore[arg-type]
        self.shown.append(drawn(self))


def test_whoever_waits_for_the_picture_waits_until_it_is_shown() -> None:
    """What has changed before is in it."""

    async def run() -> None:
        app, screen = Watched(), Told()
        async with app.run_test():
            await app.push_screen(screen)
            for word in ("bow", "stern"):
                screen.line.update(word)
                await screen.picture()
                assert word in app.shown[-1]

    asyncio.run(run())


def test_what_several_widgets_show_anew_is_one_picture() -> None:
    """Also where one of them has something else to do yet, and tells of it later."""

    async def run() -> None:
        app, screen = Watched(), Pair()
        async with app.run_test():
            await app.push_screen(screen)
            await screen.picture()
            before = len(app.shown)
            screen.first.update("bow")
            # It is told of as ever; the other's turn has not come by then.
            screen.post_message(Update(screen.first))
            screen.second.update("stern")
            screen._on_timer_update()  # pyright: ignore[reportPrivateUsage]  # As its timer does.
            assert "bow" in app.shown[before]
            assert "stern" in app.shown[before]

    asyncio.run(run())


def test_nobody_waits_for_the_picture_of_a_screen_that_goes() -> None:
    """It will never come."""

    async def run() -> None:
        app, screen = Watched(), Told()
        async with app.run_test():
            await app.push_screen(screen)
            await app.pop_screen()
            await screen.picture()

    asyncio.run(run())


def _screens(base: type[Screen[Any]] = Screen) -> Iterator[type[Screen[Any]]]:
    for screen in base.__subclasses__():
        yield screen
        yield from _screens(screen)


def test_no_screen_of_ours_waits_for_a_clock() -> None:
    """Dialogs neither: all that can be shown is of this kind."""
    for module in pkgutil.walk_packages(tui.__path__, f"{tui.__name__}."):
        importlib.import_module(module.name)
    ours = {each for each in _screens() if each.__module__.startswith(tui.__name__)}
    shown = {each for each in ours if not each.__subclasses__()}
    assert len(shown) > 20
    assert all(issubclass(each, PunctualScreen) for each in shown)
