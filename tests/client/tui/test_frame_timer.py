"""What has changed is drawn without waiting for a clock."""

import asyncio
from functools import partial

import pytest
from textual.app import App

from hobnob_client.tui.frame_timer import GATHER_TURNS, FrameTimer
from hobnob_client.tui.punctual_screen import NAME, PunctualModal, PunctualScreen
from tests.stories.waiting import until


class _Drawn:
    """A screen of one picture, which counts how often it was drawn."""

    def __init__(self, app: App[None]) -> None:
        self.times = 0
        self.keys_done = asyncio.Event()
        self.keys_done.set()
        self.timer = FrameTimer(app, self._draw, "picture", self.keys_done.wait)
        self.timer._start()  # pyright: ignore[reportPrivateUsage]  # As Textual does.

    def _draw(self) -> None:
        self.timer.pause()
        self.times += 1

    async def again(self, times: int) -> None:
        """Let it change so often; each is drawn before the next."""
        for _ in range(times):
            wanted = self.times + 1
            self.timer.resume()
            await until(partial(self._was_drawn, wanted))

    def _was_drawn(self, times: int) -> bool:
        return self.times == times


def test_each_change_is_drawn_once() -> None:
    """Also those that come while a picture is drawn, or right behind it."""

    async def run() -> None:
        app = App[None]()
        async with app.run_test():
            drawn = _Drawn(app)
            await drawn.again(5)
            drawn.timer.stop()

    asyncio.run(run())


def test_what_was_drawn_along_with_something_else_is_not_drawn_again() -> None:
    """As where all was laid out while the next picture waited."""

    async def run() -> None:
        app = App[None]()
        async with app.run_test():
            drawn, other = _Drawn(app), _Drawn(app)
            await drawn.again(1)
            drawn.timer.resume()
            drawn.timer.pause()
            # As long as it would have waited.
            await other.again(3)
            assert drawn.times == 1
            await drawn.again(1)
            for each in (drawn, other):
                each.timer.stop()

    asyncio.run(run())


def test_what_changes_together_is_one_picture() -> None:
    """Each widget tells of it in its own turn."""

    async def run() -> None:
        app = App[None]()
        async with app.run_test():
            drawn, told = _Drawn(app), list[int]()

            async def tell(turns: int) -> None:
                for _ in range(turns):
                    await asyncio.sleep(0)
                told.append(drawn.times)
                drawn.timer.resume()

            drawn.timer.resume()
            await asyncio.gather(*(tell(turns) for turns in range(GATHER_TURNS)))
            await until(lambda: drawn.times > 0)
            assert told == [0] * GATHER_TURNS
            drawn.timer.stop()

    asyncio.run(run())


def test_what_keys_of_one_burst_do_is_one_picture() -> None:
    """As a step through a list, and Enter."""

    async def run() -> None:
        app = App[None]()
        async with app.run_test():
            drawn, other = _Drawn(app), _Drawn(app)
            drawn.keys_done.clear()
            drawn.timer.resume()
            # As long as it would have waited.
            await other.again(1)
            assert drawn.times == 0
            drawn.keys_done.set()
            await until(lambda: drawn.times == 1)
            for each in (drawn, other):
                each.timer.stop()

    asyncio.run(run())


def test_keys_without_end_are_seen_meanwhile() -> None:
    """Who holds one down sees where they are."""

    async def run() -> None:
        app = App[None]()
        async with app.run_test():
            drawn = _Drawn(app)
            drawn.keys_done.clear()
            await drawn.again(2)
            drawn.timer.stop()

    asyncio.run(run())


@pytest.mark.parametrize("kind", [PunctualScreen[None], PunctualModal[None]])
def test_a_screen_is_drawn_by_it(kind: type[PunctualScreen[None]]) -> None:
    """By nothing that ticks; a dialog, too."""

    async def run() -> None:
        app, screen = App[None](), kind()
        async with app.run_test():
            await app.push_screen(screen)
            drawn = asyncio.Event()
            screen.call_after_refresh(drawn.set)
            screen.refresh()
            await until(drawn.is_set)
            timers = screen._timers  # pyright: ignore[reportPrivateUsage]  # There is no public way to it.
            assert [type(each) for each in timers if each.name == NAME] == [FrameTimer]

    asyncio.run(run())
