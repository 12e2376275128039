"""The timeline is one widget: it draws what is seen, once, and keeps what it has drawn."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip

from hobnob_client.tui.timeline.strips import CACHED_ROWS_MAX
from hobnob_client.tui.timeline.widget import Timeline
from hobnob_client.tui.timeline.window import AROUND_ROWS
from tests.client.tui.timeline.test_window import Shelf, row
from tests.stories.waiting import until

LINES = 20
HELD_MAX = 2 * AROUND_ROWS + 2 * LINES


class Wall(App[None]):
    """A timeline and nothing else."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self.timeline = Timeline(shelf, zone=UTC, today=date(2026, 1, 2))

    def compose(self) -> ComposeResult:
        """All of the screen."""
        yield self.timeline

    def strips(self) -> list[Strip]:
        """What it shows now, line by line; the lines of what was drawn before are the same."""
        self.timeline.render_lines(self.timeline.size.region)
        return [self.timeline.render_line(y) for y in range(self.timeline.size.height)]


def told(rows: int, story: Callable[[Wall, Shelf, Pilot[None]], Awaitable[None]]) -> None:
    """A story of a timeline over so many rows."""

    async def run() -> None:
        shelf = Shelf(rows)
        app = Wall(shelf)
        async with app.run_test(size=(60, LINES)) as pilot:
            await pilot.pause()
            await story(app, shelf, pilot)

    asyncio.run(run())


def same(before: list[Strip], after: list[Strip]) -> int:
    """How many of the strips after were there before: the very same, not drawn again."""
    known = {id(strip) for strip in before}
    return sum(id(strip) in known for strip in after)


def test_it_has_no_widgets_below_it() -> None:
    """However much is in it."""

    async def story(app: Wall, shelf: Shelf, pilot: Pilot[None]) -> None:
        await pilot.press("pageup", "pageup")
        assert list(app.timeline.walk_children(with_self=False)) == []

    told(5_000, story)


def test_what_was_drawn_is_drawn_once() -> None:
    """A line scrolls in: the others are those that were there; a reload draws nothing again."""

    async def story(app: Wall, shelf: Shelf, pilot: Pilot[None]) -> None:
        before = app.strips()
        app.timeline.scroll_lines(-1)
        assert same(before, app.strips()) == LINES - 1
        app.timeline.scroll_lines(1)
        app.timeline.reload()
        assert same(before, app.strips()) == LINES

    told(100, story)


def test_a_new_revision_is_drawn_alone() -> None:
    """An edit, a reaction, a vote: another row, and only that one."""

    async def story(app: Wall, shelf: Shelf, pilot: Pilot[None]) -> None:
        before = app.strips()
        shelf.rows[-5] = replace(shelf.rows[-5], text="another text", edited=True)
        app.timeline.reload()
        after = app.strips()
        changed = "\n".join(one.text for one in after if id(one) not in set(map(id, before)))
        assert "another text" in changed
        # It stands beside the one after it, whose head depends on it.
        assert len(changed.splitlines()) <= 3

    told(100, story)


def test_another_width_and_another_theme_are_drawn_anew() -> None:
    """And nothing of the old colours stays."""

    async def story(app: Wall, shelf: Shelf, pilot: Pilot[None]) -> None:
        before = app.strips()
        app.theme = "textual-light"
        await pilot.pause()
        light = app.strips()
        assert same(before, light) == 0
        assert [one.text for one in light] == [one.text for one in before]
        await pilot.resize_terminal(50, LINES)
        await until(lambda: app.timeline.size.width == 50)
        assert same(light, app.strips()) == 0
        assert {one.cell_length for one in app.strips()} == {50}

    told(100, story)


def test_what_is_kept_is_bounded() -> None:
    """What was drawn long ago is drawn again when one comes back."""

    async def story(app: Wall, shelf: Shelf, pilot: Pilot[None]) -> None:
        before = app.strips()
        app.timeline.to_begin()
        for _ in range(CACHED_ROWS_MAX // LINES + 2):
            app.strips()
            app.timeline.scroll_lines(LINES)
        app.timeline.to_end()
        after = app.strips()
        assert [one.text for one in after] == [one.text for one in before]
        assert same(before, after) == 0

    told(2_000, story)


def test_the_place_is_a_row_and_its_hidden_lines() -> None:
    """No pixel and no height of the whole: what comes above or below moves nothing."""

    async def story(app: Wall, shelf: Shelf, pilot: Pilot[None]) -> None:
        app.timeline.scroll_lines(-7)
        before = [one.text for one in app.strips()]
        shelf.rows.append(row(101))
        app.timeline.reload()
        assert [one.text for one in app.strips()] == before

    told(100, story)


def test_who_goes_on_before_anything_is_seen_is_not_called_back() -> None:
    """A channel opens behind something else; the keys that come before it is seen hold."""

    async def story(app: Wall, shelf: Shelf, pilot: Pilot[None]) -> None:
        for go, order in (("to_end", 500), ("to_begin", 1)):
            app.timeline.display = False
            await pilot.pause()
            app.timeline.show(shelf)
            app.timeline.open_at(250)
            getattr(app.timeline, go)()
            app.timeline.display = True
            await pilot.pause()
            assert order in {seen.order for seen in app.timeline.seen_rows()}

    told(500, story)


def test_what_is_selected_and_what_is_seen_stay_whatever_comes() -> None:
    """Also where one has gone far up, and the rest is read no more."""

    async def story(app: Wall, shelf: Shelf, pilot: Pilot[None]) -> None:
        for selected in (None, row(300).target):
            app.timeline.go_to(300)
            app.timeline.select(selected)
            before = [one.text for one in app.strips()]
            for nth in range(1_001, 1_101):
                shelf.rows.append(row(nth))
                app.timeline.reload()
            assert [one.text for one in app.strips()] == before
            assert app.timeline.selected == selected
            assert len(app.timeline.window.rows) <= HELD_MAX

    told(1_000, story)
