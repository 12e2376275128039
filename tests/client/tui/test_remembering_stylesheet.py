# Textual has no public way to what it works out.
# pyright: reportPrivateUsage=false
"""What a widget looks like is worked out once, and is what Textual would work out."""

import asyncio
from itertools import count
from typing import Any, ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.css.styles import RenderStyles
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Static, TextArea

from hobnob_client.tui.remembering_stylesheet import RememberingStylesheet
from hobnob_client.tui.themes import all_themes
from tests.stories.waiting import until


class Lamp(Widget, can_focus=True):
    """Something with a part of its own."""

    COMPONENT_CLASSES = {"lamp--light"}  # noqa: RUF012
    DEFAULT_CSS = """
    Lamp { height: 2; background: $surface 50%; & > .lamp--light { color: $text-muted; } }
    Lamp:focus > .lamp--light { color: $accent; }
    """


class Shelf(Widget):
    """Comes late, with rules of its own for what was there before."""

    DEFAULT_CSS = "Shelf { height: 3; & > Lamp { height: 1; } & .lamp--light { color: $error; } }"

    def compose(self) -> ComposeResult:
        """A lamp and a name."""
        yield Lamp()
        yield Static("late")


class Chest(Shelf):
    """Comes later."""

    DEFAULT_CSS = "Chest { height: 4; & > Lamp { height: 3; } & > Static { color: $primary; } }"


class Crate(Widget):
    """Nobody else is meant by what it brings."""

    DEFAULT_CSS = "Crate { height: 2; color: $accent; }"


class Rooms(App[None]):
    """Two rooms with a lamp each, one with a field, too."""

    CSS = """
    .head { height: 1; color: $text-muted; }
    Vertical:focus-within .head { color: $text; }
    .-night Vertical { background: black; }
    .-night .lamp--light { color: $warning; }
    Static:first-child { text-style: bold; }
    """

    def __init__(self, sheet: type[Stylesheet]) -> None:
        super().__init__()
        self.stylesheet = sheet(variables=self.get_css_variables())
        for theme in all_themes():
            self.register_theme(theme)

    def compose(self) -> ComposeResult:
        """Beside each other."""
        with Horizontal():
            with Vertical():
                yield Static("left", classes="head")
                yield Lamp(id="left")
            with Vertical():
                yield Static("right", classes="head")
                yield Lamp(id="right")
                yield TextArea(id="field")


class Counting(RememberingStylesheet):
    """Counts how often all rules are gone through."""

    looks = 0

    def _work_out(self, node: DOMNode, way: int, *, animate: bool) -> None:
        type(self).looks += 1
        super()._work_out(node, way, animate=animate)


def _rules(styles: RenderStyles) -> dict[str, str]:
    return {name: str(value) for name, value in styles.base.get_rules().items()}


def looks(app: App[None]) -> list[object]:
    """All that the styles say, of every widget and part, and the colours that come of it. Of
    layouts each sheet has its own, so they are compared by their names."""
    found: list[object] = []
    for node in app.screen.walk_children(Widget):
        names = sorted(node._get_component_classes())
        parts = [(name, node.get_component_styles(name)) for name in names]
        found.append((node.css_identifier, _rules(node.styles), node.rich_style))
        found.append([(name, _rules(each)) for name, each in parts])
        found.append([node.get_component_rich_style(name) for name, _ in parts])
    return found


def _is_lit(app: App[None], widget: Widget) -> bool:
    """Has it the focus, and nobody else by now?"""
    return [each for each in app.screen.walk_children(Widget) if each.has_focus] == [widget]


async def _walked(pilot: Pilot[Any], first: int = 0) -> list[list[object]]:
    """How all of it looks while one goes about, from the `first` step on: nobody looks before."""
    app, seen, steps = pilot.app, list[list[object]](), count()

    async def look() -> None:
        # Textual hears of another theme a little later.
        await until(lambda: app.stylesheet._variables == app.get_css_variables())
        await pilot.pause()
        if next(steps) >= first:
            seen.append(looks(app))

    async def to(place: Widget) -> None:
        place.focus()
        await until(lambda: _is_lit(app, place))
        await look()

    for _ in range(2):
        for place in ("left", "right", "field", "left"):
            await to(app.query_one(f"#{place}"))
        app.screen.add_class("-night")
        await look()
        await to(app.query_one("#right"))
        app.screen.remove_class("-night")
        await look()
    for late in (Shelf(), Chest()):
        await app.query_one("#left").parent.mount(late)  # type: ignore[union-attr]
        await until(lambda late=late: late.query(Static))  # type: ignore[misc]
        await look()
        await to(app.query_one("#right"))
        await to(app.query(Lamp).last())
    for theme in ("light", "contrast-dark"):
        app.theme = theme
        await look()
    await app.query_one("#left").parent.mount(Static("more"))  # type: ignore[union-attr]
    await look()
    return seen


def _seen(sheet: type[Stylesheet], first: int = 0) -> list[list[object]]:
    async def run() -> list[list[object]]:
        async with Rooms(sheet).run_test() as pilot:
            return await _walked(pilot, first)

    return asyncio.run(run())


@pytest.mark.parametrize("first", [0, 3, 12, 20])
def test_all_looks_as_without_remembering(first: int) -> None:
    """Whatever has the focus, in each theme, when classes come and go above it, and whenever one
    looks for the first time."""
    for step, (ours, theirs) in enumerate(
        zip(_seen(RememberingStylesheet, first), _seen(Stylesheet, first), strict=True)
    ):
        assert ours == theirs, f"step {step}"


def test_of_what_is_never_drawn_no_part_is_worked_out() -> None:
    """A start makes panes that are seen later, or never."""

    class Hidden(Rooms):
        """One room is not seen."""

        CSS = "#right { display: none; }"

    class Parts(RememberingStylesheet):
        """Keeps whose parts it has worked out."""

        whose: ClassVar[list[str | None]] = []

        def _part_of(self, node: DOMNode, name: str) -> RenderStyles:
            self.whose.append(node.id)
            return super()._part_of(node, name)

    async def run() -> None:
        async with Hidden(Parts).run_test() as pilot:
            await pilot.pause()
            left = pilot.app.query_one("#left", Lamp)
            assert not {"left", "right"}.intersection(Parts.whose)
            left.get_component_rich_style("lamp--light")
            assert {"left", "right"}.intersection(Parts.whose) == {"left"}

    asyncio.run(run())


def test_who_goes_where_they_have_been_has_no_rule_looked_at() -> None:
    """Except for those whose look depends on more than what they are in: the two heads."""

    async def run() -> None:
        async with Rooms(Counting).run_test() as pilot:
            await _walked(pilot)
            app = pilot.app
            for place in ("left", "right"):
                app.query_one(f"#{place}").focus()
                await pilot.pause()
            for night in (True, False):
                app.screen.set_class(night, "-night")
            Counting.looks = 0
            app.screen.add_class("-night")
            assert 0 < Counting.looks <= len(app.query(Static))

    asyncio.run(run())


def test_who_comes_with_other_rules_is_taken_for_nobody_else() -> None:
    """Of two widgets neither gets the styles of the other, whatever was forgotten for them."""

    async def run() -> None:
        async with Rooms(Counting).run_test() as pilot:
            sheet = pilot.app.stylesheet
            assert isinstance(sheet, RememberingStylesheet)
            await _walked(pilot)
            sheet.add_source("Lamp { height: 3; }", ("", "late"))
            for night in (True, False):
                pilot.app.screen.set_class(night, "-night")
                sheet.update(pilot.app.screen)
            ways = sheet._ways.values()
            assert len(set(ways)) == len(ways)

    asyncio.run(run())


def test_who_brings_rules_of_their_own_alone_makes_nobody_be_looked_at() -> None:
    """What is known of the others holds."""

    async def run() -> None:
        async with Rooms(Counting).run_test() as pilot:
            await _walked(pilot)
            app = pilot.app
            await app.query_one("#left").parent.mount(Crate())  # type: ignore[union-attr]
            await pilot.pause()
            for night in (True, False):
                app.screen.set_class(night, "-night")
            Counting.looks = 0
            app.screen.add_class("-night")
            app.screen.remove_class("-night")
            assert 0 < Counting.looks <= 2 * len(app.query(Static))

    asyncio.run(run())
