"""A line that is handed out again looks as Textual makes it look, whatever is around it by now."""

import asyncio

from rich.segment import Segment
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.strip import Strip
from textual.widget import Widget

from hobnob_client.tui.kept_lines import LINES_MAX, KeptLines
from tests.stories.waiting import until

LINES = [Strip([Segment(f"line {nth}", Style(color="red"))]) for nth in range(LINES_MAX + 9)]


class Handing(Widget):
    """Hands out the same strips again and again, from the line at which it begins."""

    DEFAULT_CSS = "Handing { height: 1fr; background: $surface 50%; }"

    def __init__(self, cache: StylesCache) -> None:
        super().__init__()
        self._styles_cache = cache
        self.first = 0

    def render_line(self, y: int) -> Strip:
        """One line."""
        return LINES[(self.first + y) % len(LINES)]

    def notify_style_update(self) -> None:
        """Other colours."""
        if isinstance(self._styles_cache, KeptLines):
            self._styles_cache.forget()
        super().notify_style_update()

    def as_drawn(self) -> list[list[Segment]]:
        """What is seen of it."""
        return [list(strip) for strip in self.render_lines(self.size.region)]


class Both(App[None]):
    """The same twice: with lines that are kept, and as Textual does it."""

    def __init__(self) -> None:
        super().__init__()
        self.ours, self.theirs = Handing(KeptLines()), Handing(StylesCache())

    def compose(self) -> ComposeResult:
        """One above the other."""
        with Vertical():
            yield self.ours
            yield self.theirs

    def begin_at(self, first: int) -> None:
        """Both lists are moved."""
        for each in (self.ours, self.theirs):
            each.first = first
            each.refresh()


def test_a_line_looks_as_textual_makes_it_look() -> None:
    """Where the list is moved, as wide as it is, in the colours that are around it."""

    async def story() -> None:
        app = Both()
        async with app.run_test(size=(30, 12)) as pilot:
            await until(lambda: app.ours.size.height == app.theirs.size.height == 6)
            assert app.ours.as_drawn() == app.theirs.as_drawn()
            for first in (0, 3, 1, 0, *range(0, len(LINES), 5), 2):
                app.begin_at(first)
                assert app.ours.as_drawn() == app.theirs.as_drawn()
            for change in (
                lambda: setattr(app, "theme", "textual-light"),
                lambda: app.ours.parent.set_styles("background: red;"),  # type: ignore[union-attr]
                lambda: [each.set_styles("opacity: 0.5;") for each in (app.ours, app.theirs)],
                lambda: [each.set_styles("padding: 0 2;") for each in (app.ours, app.theirs)],
            ):
                before = app.theirs.as_drawn()
                change()
                app.begin_at(2)
                await until(lambda before=before: app.theirs.as_drawn() != before)  # type: ignore[misc]
                assert app.ours.as_drawn() == app.theirs.as_drawn()
            await pilot.resize_terminal(24, 12)
            await until(lambda: app.ours.size.width == app.theirs.size.width == 20)
            assert app.ours.as_drawn() == app.theirs.as_drawn()

    asyncio.run(story())


def test_what_is_handed_out_again_is_not_styled_again() -> None:
    """It is the very same line."""

    async def story() -> None:
        app = Both()
        async with app.run_test(size=(30, 12)):
            await until(lambda: app.ours.size.height == 6)
            app.ours.refresh()
            first = app.ours.render_lines(app.ours.size.region)[1]
            app.ours.first = 1
            app.ours.refresh()
            assert app.ours.render_lines(app.ours.size.region)[0] is first

    asyncio.run(story())
