"""The timeline on the screen: an anchored viewport over a window of rows, one widget for all.

It renders what it is given and reports what was meant; nothing here knows a replica or a hub.
Nothing moves when rows arrive while one reads further up.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, tzinfo
from functools import partial
from typing import ClassVar, Final

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from hobnob_client.tui.action import Needs, Pane
from hobnob_client.tui.actions import Does, act, bindings, of
from hobnob_client.tui.prose.highlight import Highlight, highlight, needs_lexer, no_highlight
from hobnob_client.tui.prose.reading import read
from hobnob_client.tui.timeline.acting import OF_TEXT, of_text
from hobnob_client.tui.timeline.layout import RULES, Beside, lines
from hobnob_client.tui.timeline.paint import COMPONENT_CLASSES, DEFAULT_CSS, Paint
from hobnob_client.tui.timeline.row import Row, Sending
from hobnob_client.tui.timeline.span import Line
from hobnob_client.tui.timeline.viewport import Viewport
from hobnob_client.tui.timeline.window import RowSource, Window
from hobnob_client.tui.timeline.wrap import wrap
from hobnob_protocol.ids import TargetId

CACHED_ROWS_MAX: Final = 600
"""Rows whose lines are kept, as drawn last."""
WIDTH_CELLS_MIN: Final = 24
WHEEL_LINES: Final = 3
CONTEXT_LINES: Final = 3
"""So much of what was read is seen above what was not."""

_NEEDS: Final = {action.id: action.needs for action in of(Pane.TIMELINE)}


class Timeline(Widget, can_focus=True):
    """A list of messages, newest at the bottom.

    `selected` names the row that keys act upon, None where none is.
    """

    ALLOW_SELECT = False
    PANE: ClassVar[Pane] = Pane.TIMELINE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.TIMELINE)]
    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENT_CLASSES
    DEFAULT_CSS = DEFAULT_CSS

    selected: reactive[TargetId | None] = reactive(None)
    blank: reactive[str] = reactive("")
    """What stands here while there are no rows."""

    @dataclass
    class Selected(Message):
        """Another row is selected."""

        target: TargetId | None

    @dataclass
    class Moved(Message):
        """Another stretch is seen: `last` is the lowest row seen whole, `at_end` whether nothing is
        below."""

        last: TargetId | None
        at_end: bool

    @dataclass
    class Lacking(Message):
        """A key was pressed that acts upon what is not selected."""

        needs: Needs

    def __init__(
        self,
        source: RowSource,
        *,
        zone: tzinfo,
        today: date,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.zone = zone
        self.today = today
        self._cache: OrderedDict[object, tuple[Strip, ...]] = OrderedDict()
        self._paint = Paint(self)
        self._revealed: set[TargetId] = set()
        self._coloured = False
        self._seen: list[tuple[TargetId, Strip]] = []
        self.under_seal = False
        """Are these rows of a conversation, which no moderator sees?"""
        self.show(source)

    def show(self, source: RowSource, unread_from: TargetId | None = None) -> None:
        """Show another list, from its end; `unread_from` is its first unread row."""
        self.window = Window(source)
        self.unread_from = unread_from
        self._opens: Callable[[], None] | None = None
        self.viewport: Viewport[TargetId] = Viewport(
            lambda target: len(self._strips(target)),
            self.window.before,
            self.window.after,
            self.window.precedes,
            self.window.last,
        )
        self.viewport.height = self.size.height
        self._cache.clear()
        self._revealed.clear()
        self.set_reactive(Timeline.selected, None)
        self.refresh()

    def reload(self) -> None:
        """What is shown may have changed: read it again, and stay where we are."""
        row = self.row
        self.window.reload()
        bottom = self.viewport.bottom
        if bottom is not None and self.window.row(bottom) is None:
            self.viewport.to_end()
        if self.selected is not None and self.window.row(self.selected) is None:
            self.selected = None
        if self.row != row:
            # A poll may have been closed, a message refused: other keys act upon it now.
            self.refresh_bindings()
        if self.viewport.follows and self.size.height:
            # What has come is seen at once by who looks at the end.
            self._moved()
        self.refresh()

    # What is asked of it.

    def move(self, rows: int) -> None:
        """Select another row: so many down, or up if negative."""
        target = self.selected
        if target is None:
            seen = self.viewport.seen()
            target = seen[-1 if rows < 0 else 0].key if seen else None
            rows = 0
        step = self.window.before if rows < 0 else self.window.after
        for _ in range(abs(rows)):
            found = step(target) if target is not None else None
            if found is None:
                break
            target = found
        self.select(target)

    def select(self, target: TargetId | None) -> None:
        """Select a row and show it."""
        self.selected = target
        if target is not None and self.window.row(target) is not None:
            self.viewport.reveal(target)
        self._moved()

    def page(self, pages: int) -> None:
        """Scroll by screens, less two lines to go on from."""
        self.scroll_lines(pages * max(1, self.size.height - 2))

    def scroll_lines(self, count: int) -> None:
        """Scroll by lines, up if negative."""
        self.viewport.scroll(count)
        self._moved()

    def to_end(self) -> None:
        """Go to the newest row and follow what comes."""
        if not self.window.last():
            return
        # Whoever says so has gone elsewhere before anything was laid out.
        self._opens = None
        self.viewport.to_end()
        self.selected = None
        self._moved()

    def to_begin(self) -> None:
        """Go to the oldest row that the replica holds."""
        self._opens = None if self.size.height else self.to_begin
        target = self.window.around(0)
        if target is not None:
            self.viewport.show_at(target, max(0, self.size.height - 1))
            self.select(target)

    def open_at(self, order: int) -> None:
        """Begin at a row, a little of what was before it above; nothing is selected."""
        if not self.size.height:
            # Nothing is laid out yet; the first size decides where that is.
            self._opens = lambda: self.open_at(order)
            return
        target = self.window.around(order)
        if target is not None:
            self.viewport.show_from(target, min(CONTEXT_LINES, self.size.height // 4))
            self._moved()

    def open_on(self, order: int) -> None:
        """Begin with a row selected: at the end, or as far up as it takes to see it."""
        target = self.window.around(order)
        if target is None or self.window.ends:
            self.viewport.to_end()
        else:
            # The end is not held: to look there would let go of the row.
            self.viewport.show_at(target, 0)
        if self.size.height:
            self.select(target)
            return
        # Keys may act upon it before anything is laid out.
        self.selected = target
        self._opens = lambda: self.select(target)

    def go_to(self, order: int) -> None:
        """Go to the row at `order`, wherever it is, and select it."""
        target = self.window.around(order)
        if target is None:
            return
        if not self.size.height:
            # Keys may act upon it before anything is laid out.
            self.viewport.show_at(target, 0)
            self.selected = target
            self._opens = lambda: self.go_to(order)
            return
        self.viewport.show_at(target, self.size.height // 2)
        self.select(target)

    def reveal(self) -> None:
        """Show what the selected row hides, or hide it again."""
        if self.selected is not None:
            self._revealed ^= {self.selected}
            self.refresh()

    def jumps(self) -> list[tuple[int, Callable[[], object]]]:
        """Where each message that is seen begins, and how one gets to it."""
        top = self.size.height - len(self._seen)
        begins: dict[TargetId, int] = {}
        for nth, (target, strip) in enumerate(self._seen):
            if not strip.text.startswith(RULES):
                begins.setdefault(target, top + nth)
        return [(line, partial(self._jump, target)) for target, line in begins.items()]

    def _jump(self, target: TargetId) -> None:
        self.focus()
        self.select(target)

    def seen_rows(self) -> list[Row]:
        """The rows that are seen, at least in part."""
        rows = (self.window.row(run.key) for run in self.viewport.seen())
        return [row for row in rows if row is not None]

    DOES: ClassVar[Does] = {
        "up": lambda timeline: timeline.move(-1),
        "down": lambda timeline: timeline.move(1),
        "page_up": lambda timeline: timeline.page(-1),
        "page_down": lambda timeline: timeline.page(1),
        "reveal": reveal,
        "begin": to_begin,
        "end": to_end,
    }

    def action_act(self, action: str) -> None:
        """An action of the table."""
        act(self, self.DOES, action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what acts upon a message only while one is selected that it can act upon."""
        found = _NEEDS.get(str(parameters[0])) if action == "act" and parameters else None
        return found is None or self.fits(found)

    def on_key(self, event: events.Key) -> None:
        """A key that can do nothing now says why."""
        needs = next(
            (each.needs for each in of(Pane.TIMELINE) if event.key in each.keys), Needs.NOTHING
        )
        if not self.fits(needs):
            event.stop()
            self.post_message(self.Lacking(needs))

    def fits(self, needs: Needs) -> bool:
        """Is that selected upon which an action acts?"""
        if needs is Needs.NOTHING:
            return True
        row = self.row
        if row is None:
            return False
        if needs is Needs.REFUSED:
            return row.sending is Sending.REFUSED
        if needs is Needs.IN_CHANNEL:
            return not row.mine and not self.under_seal
        if needs in OF_TEXT:
            return of_text(needs, row)
        if needs is Needs.POLL:
            return row.ballot is not None and row.ballot.open
        return needs is Needs.MESSAGE or (needs is Needs.OWN) == row.mine

    @property
    def row(self) -> Row | None:
        """The selected row."""
        return self.window.row(self.selected) if self.selected is not None else None

    def _moved(self) -> None:
        seen = self.viewport.seen()
        if seen:
            self.window.trim(seen[len(seen) // 2].key)
        whole = [run.key for run in seen if run.first + run.count == len(self._strips(run.key))]
        self.post_message(self.Moved(whole[-1] if whole else None, self.viewport.follows))
        self.refresh()

    # Drawing.

    def watch_selected(self, target: TargetId | None) -> None:
        """Tell what keys act upon now."""
        self.post_message(self.Selected(target))
        self.refresh_bindings()

    def on_resize(self) -> None:
        """The place stays; lines are laid out anew."""
        self.viewport.height = self.size.height
        if self._opens is not None and self.size.height:
            opens, self._opens = self._opens, None
            opens()
        elif self.size.height:
            self.viewport.fill()

    def notify_style_update(self) -> None:
        """Another theme: what was drawn has the old colours."""
        self._cache.clear()
        self._paint.clear()
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lay out what is seen, then let Textual crop and pad it."""
        self.viewport.height = self.size.height
        self._seen = [
            (run.key, strip)
            for run in self.viewport.seen()
            for strip in self._strips(run.key)[run.first : run.first + run.count]
        ]
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line; a list shorter than the widget lies at its bottom."""
        place = y - (self.size.height - len(self._seen))
        if not self._seen and self.blank:
            return self._blank_line(y)
        if not 0 <= place < len(self._seen):
            return Strip.blank(self.size.width, self.rich_style)
        target, strip = self._seen[place]
        if target != self.selected or strip.text.startswith(RULES):
            return strip
        mark = Segment("▌" if self.has_focus else "│", self._paint.style("mark-selected"))
        return Strip.join((Strip((mark,), 1), strip.crop(1)))

    def _blank_line(self, y: int) -> Strip:
        """The words that stand for rows, a third from the top."""
        width = max(self.size.width, WIDTH_CELLS_MIN)
        broken = wrap(self.blank, width - 4)
        nth = y - (self.size.height - len(broken)) // 3
        text = self.blank[slice(*broken[nth])] if 0 <= nth < len(broken) else ""
        line = Segment(f"  {text}", self._paint.style("note"))
        return Strip([line]).adjust_cell_length(self.size.width)

    def _strips(self, target: TargetId) -> tuple[Strip, ...]:
        row = self.window.row(target)
        assert row is not None, "the viewport knows rows by the window only"
        older = self.window.before(target)
        before: Row | None = self.window.row(older) if older is not None else None
        beside = Beside(
            before,
            target == self.unread_from,
            self.zone,
            self.today,
            target in self._revealed,
            self._highlight(row),
            self.can_focus,
        )
        width = max(self.size.width, WIDTH_CELLS_MIN)
        key = (row, beside, width)
        found = self._cache.get(key)
        if found is None:
            found = tuple(self._strip(line, width) for line in lines(row, beside, width))
            self._cache[key] = found
            if len(self._cache) > CACHED_ROWS_MAX:
                self._cache.popitem(last=False)
        else:
            self._cache.move_to_end(key)
        return found

    def _highlight(self, row: Row) -> Highlight:
        """What colours code: nothing in the first frame, for that takes longer to load than a
        screen may take to come."""
        if self._coloured or "```" not in row.text:
            return highlight
        if any(needs_lexer(code) for code in read(row.text).codes):
            self.call_after_refresh(self._colour)
        return no_highlight

    def _colour(self) -> None:
        if not self._coloured:
            self._coloured = True
            self.refresh()

    def _strip(self, line: Line, width: int) -> Strip:
        segments = [Segment(span.text, self._paint.of(span)) for span in line if span.text]
        return Strip(segments, width)

    # The mouse, for who likes it: each of these has a key too.

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_lines(-WHEEL_LINES)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_lines(WHEEL_LINES)

    def on_click(self, event: events.Click) -> None:
        place = event.y - (self.size.height - len(self._seen))
        if 0 <= place < len(self._seen):
            target = self._seen[place][0]
            self.selected = target
            self.refresh()
            if event.chain > 1:
                self.action_act("open")
