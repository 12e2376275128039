"""Whatever is asked about a layout, and whenever: who is shown hears of it."""

import asyncio

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from hobnob_client.tui.telling_screen import TellingScreen
from tests.stories.waiting import until


class Pane(Widget):
    """Keeps what it is told."""

    DEFAULT_CSS = "Pane { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def on_show(self) -> None:
        """It is seen."""
        self.told.append("shown")

    def on_hide(self) -> None:
        """It is not."""
        self.told.append("hidden")

    def on_resize(self, event: events.Resize) -> None:
        """It has so many lines."""
        self.told.append(f"{event.size.height} lines")


class Front(TellingScreen):
    """Two panes; the second is not shown yet."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = Pane(), Pane()
        self.second.display = False

    def compose(self) -> ComposeResult:
        """One above the other."""
        yield self.first
        yield self.second


@pytest.mark.parametrize("asks", [False, True])
def test_who_is_shown_is_told_whoever_asks_meanwhile_where_they_are(asks: bool) -> None:
    """Once, and with their size; who has less room because of it is told, too."""

    async def story() -> None:
        app, front = App[None](), Front()
        async with app.run_test(size=(20, 10)) as pilot:
            await app.push_screen(front)
            await until(lambda: "shown" in front.first.told)
            await pilot.pause()
            front.first.told.clear()
            front.second.display = True
            if asks:
                # As where it was drawn anew while it was not seen: nobody knows where all is.
                front._compositor.update_widgets({front.second})  # pyright: ignore[reportPrivateUsage]  # Textual does so in its own time.
                assert front.second.region.height == 5
            await until(lambda: front.second.told)
            await pilot.pause()
            assert front.second.told == ["5 lines", "shown"]
            await until(lambda: front.first.told)
            assert front.first.told == ["5 lines"]
            front.second.display = False
            await until(lambda: front.second.told[-1] == "hidden")

    asyncio.run(story())


class Drawn(Pane):
    """Counts how often it is drawn."""

    times = 0

    def render_lines(self, crop: Region) -> list[Strip]:
        """The same each time."""
        self.times += 1
        return super().render_lines(crop)


def test_what_an_app_begins_with_is_drawn_once_it_can_be_sent() -> None:
    """Not while it begins, when it would be thrown away, and not never."""
    before: list[int] = []

    class Beginning(App[None]):
        """Begins with a screen that is laid out before its own beginning ends."""

        drawn = Drawn()

        async def on_mount(self) -> None:
            """Wait for all of it."""
            front = Front()
            front.first = self.drawn
            await self.push_screen(front)
            await until(lambda: self.drawn.told)
            before.append(self.drawn.times)

    async def story() -> None:
        app = Beginning()
        async with app.run_test(size=(20, 10)):
            assert before == [0]
            await until(lambda: app.drawn.times)

    asyncio.run(story())


def test_what_is_drawn_whole_is_not_drawn_again() -> None:
    """Be it that a repaint was asked for, too."""

    async def story() -> None:
        app, front = App[None](), Front()
        front.first = drawn = Drawn()
        async with app.run_test(size=(20, 10)) as pilot:
            await app.push_screen(front)
            await until(lambda: drawn.times)
            await pilot.pause()
            drawn.times = 0
            front.refresh()
            front._compositor._dirty_regions.add(front.size.region)  # pyright: ignore[reportPrivateUsage]  # Textual does so where the size differs.
            front._compositor_refresh()  # pyright: ignore[reportPrivateUsage]  # As above.
            assert drawn.times == 1
            await pilot.pause()
            assert drawn.times == 1

    asyncio.run(story())
