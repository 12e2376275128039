"""A field looks as Textual's own does, and asks for its colours when they change."""

import asyncio
from collections.abc import Awaitable, Callable

from rich.style import Style
from textual._text_area_theme import TextAreaTheme
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import TextArea

from hobnob_client.tui.widgets.steady_colours import SteadyColours
from tests.stories.waiting import until


class Counting(TextAreaTheme):
    """Colours of a field that know how often they were worked out."""

    times = 0

    def apply_css(self, text_area: TextArea) -> None:
        """As Textual."""
        Counting.times += 1
        super().apply_css(text_area)


class Fields(App[None]):
    """Ours beside Textual's."""

    CSS = "TextArea, TextArea:focus { border: none; padding: 0; height: 3; }"

    def __init__(self) -> None:
        super().__init__()
        self.ours, self.plain = SteadyColours("some words"), TextArea("some words")

    def compose(self) -> ComposeResult:
        """Both."""
        yield self.ours
        yield self.plain

    def lines(self, field: TextArea) -> list[list[tuple[str, Style | None]]]:
        """What it draws."""
        strips = field.render_lines(field.size.region)
        return [[(each.text, each.style) for each in strip] for strip in strips]

    def same(self) -> bool:
        """Do both draw the same?"""
        return self.lines(self.ours) == self.lines(self.plain)


def told(story: Callable[[Fields, Pilot[None]], Awaitable[None]]) -> None:
    """A story of both fields."""

    async def run() -> None:
        app = Fields()
        async with app.run_test(size=(40, 10)) as pilot:
            await story(app, pilot)

    asyncio.run(run())


def test_what_is_drawn_again_asks_for_no_colours() -> None:
    """Neither does another letter."""

    async def story(app: Fields, pilot: Pilot[None]) -> None:
        app.ours.register_theme(Counting("counting"))
        app.ours.theme = "counting"
        app.lines(app.ours)
        before = Counting.times
        app.ours.insert("x")
        app.lines(app.ours)
        assert Counting.times == before > 0

    told(story)


def test_it_looks_as_textual_has_it_whatever_holds() -> None:
    """In another theme, and with the focus."""

    async def story(app: Fields, pilot: Pilot[None]) -> None:
        app.set_focus(None)
        await until(lambda: not app.plain.has_focus and app.same())
        dark = app.lines(app.ours)
        app.theme = "textual-light"
        await until(lambda: app.lines(app.ours) != dark and app.same())
        light = app.lines(app.ours)
        app.ours.focus()
        await until(lambda: app.lines(app.ours) != light)
        app.set_focus(None)
        await until(lambda: app.lines(app.ours) == light)

    told(story)
