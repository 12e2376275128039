# Textual has no public way to what it works out.
# pyright: reportPrivateUsage=false
"""What a widget looks like is worked out once, and is what Textual would work out."""

import asyncio
from typing import Any

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
        parts = sorted(node._component_styles.items())
        found.append((node.css_identifier, _rules(node.styles), node.rich_style))
        found.append([(name, _rules(each)) for name, each in parts])
        found.append([node.get_component_rich_style(name) for name, _ in parts])
    return found


async def _walked(pilot: Pilot[Any]) -> list[list[object]]:
    """How all of it looks while one goes about."""
    app, seen = pilot.app, list[list[object]]()

    async def look() -> None:
        await pilot.pause()
        seen.append(looks(app))

    for _ in range(2):
        for place in ("left", "right", "field", "left"):
            app.query_one(f"#{place}").focus()
            await look()
        app.screen.add_class("-night")
        await look()
        app.query_one("#right").focus()
        await look()
        app.screen.remove_class("-night")
        await look()
    for late in (Shelf(), Chest()):
        await app.query_one("#left").parent.mount(late)  # type: ignore[union-attr]
        await look()
        app.query_one("#right").focus()
        await look()
        app.query(Lamp).last().focus()
        await look()
    for theme in ("light", "contrast-dark"):
        app.theme = theme
        await look()
    await app.query_one("#left").parent.mount(Static("more"))  # type: ignore[union-attr]
    await look()
    return seen


def _seen(sheet: type[Stylesheet]) -> list[list[object]]:
    async def run() -> list[list[object]]:
        async with Rooms(sheet).run_test() as pilot:
            return await _walked(pilot)

    return asyncio.run(run())


def test_all_looks_as_without_remembering() -> None:
    """Whatever has the focus, in each theme, and when classes come and go above it."""
    for step, (ours, theirs) in enumerate(
        zip(_seen(RememberingStylesheet), _seen(Stylesheet), strict=True)
    ):
        assert ours == theirs, f"step {step}"


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
