"""The timeline on the screen: an anchored viewport over a window of rows, one widget for all.

It renders what it is given and reports what was meant; nothing here knows a replica or a hub.
Nothing moves when rows arrive while one reads further up.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from hobnob_client.tui.actions import Does, Needs, Pane, act, bindings, of
from hobnob_client.tui.timeline.layout import AUTHOR_STYLES, Beside, Line, lines
from hobnob_client.tui.timeline.row import Row, Sending
from hobnob_client.tui.timeline.viewport import Viewport
from hobnob_client.tui.timeline.window import RowSource, Window
from hobnob_protocol.ids import TargetId

CACHED_ROWS_MAX: Final = 600
"""Rows whose lines are kept, as drawn last."""
WIDTH_CELLS_MIN: Final = 24
WHEEL_LINES: Final = 3
CONTEXT_LINES: Final = 3
"""So much of what was read is seen above what was not."""

_STYLES: Final = (
    "text", "waiting", "code", "link", "mention", "strong", "title", "quote", "note", "mark",
    "refused", "time", "day", "unread", "mine", "mark-selected",
    *(f"author-{nth}" for nth in range(AUTHOR_STYLES)),
)  # fmt: skip


_NEEDS: Final = {action.id: action.needs for action in of(Pane.TIMELINE)}
_KEYS: Final = {key: action.needs for action in of(Pane.TIMELINE) for key in action.keys}


class Timeline(Widget, can_focus=True):
    """A list of messages, newest at the bottom.

    `selected` names the row that keys act upon, None where none is.
    """

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.TIMELINE)]
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"timeline--{name}" for name in _STYLES}
    DEFAULT_CSS = """
    Timeline {
        height: 1fr;
        & > .timeline--waiting { text-style: italic; color: $text-muted; }
        & > .timeline--code { color: $text-accent; }
        & > .timeline--link { text-style: underline; color: $text-primary; }
        & > .timeline--mention { color: $text-secondary; text-style: bold; }
        & > .timeline--strong { text-style: bold; }
        & > .timeline--title { text-style: bold; }
        & > .timeline--quote { color: $text-muted; }
        & > .timeline--note { color: $text-muted; text-style: italic; }
        & > .timeline--mark { color: $text-muted; }
        & > .timeline--refused { color: $text-error; text-style: bold; }
        & > .timeline--time { color: $text-muted; }
        & > .timeline--day { color: $text-muted; }
        & > .timeline--unread { color: $text-warning; text-style: bold; }
        & > .timeline--mine { color: $text; text-style: bold underline; }
        & > .timeline--mark-selected { color: $accent; text-style: bold; }
        & > .timeline--author-0 { color: $text-primary; text-style: bold; }
        & > .timeline--author-1 { color: $text-secondary; text-style: bold; }
        & > .timeline--author-2 { color: $text-accent; text-style: bold; }
        & > .timeline--author-3 { color: $text-success; text-style: bold; }
        & > .timeline--author-4 { color: $text-warning; text-style: bold; }
        & > .timeline--author-5 { color: $text-error; text-style: bold; }
    }
    """

    selected: reactive[TargetId | None] = reactive(None)

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
        self._seen: list[tuple[TargetId, Strip]] = []
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
        self.set_reactive(Timeline.selected, None)
        self.refresh()

    def reload(self) -> None:
        """What is shown may have changed: read it again, and stay where we are."""
        self.window.reload()
        bottom = self.viewport.bottom
        if bottom is not None and self.window.row(bottom) is None:
            self.viewport.to_end()
        if self.selected is not None and self.window.row(self.selected) is None:
            self.selected = None
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
        self.viewport.to_end()
        self.selected = None
        self._moved()

    def to_begin(self) -> None:
        """Go to the oldest row that the replica holds."""
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
        if target is not None:
            self.viewport.show_at(target, self.size.height // 2)
            self.select(target)

    DOES: ClassVar[Does] = {
        "up": lambda timeline: timeline.move(-1),
        "down": lambda timeline: timeline.move(1),
        "page_up": lambda timeline: timeline.page(-1),
        "page_down": lambda timeline: timeline.page(1),
        "begin": to_begin,
        "end": to_end,
    }

    def action_act(self, action: str) -> None:
        """An action of the table."""
        act(self, self.DOES, action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what acts upon a message only while one is selected that it can act upon."""
        found = _NEEDS.get(str(parameters[0])) if action == "act" and parameters else None
        return found is None or self._fits(found)

    def on_key(self, event: events.Key) -> None:
        """A key that can do nothing now says why."""
        needs = _KEYS.get(event.key, Needs.NOTHING)
        if not self._fits(needs):
            event.stop()
            self.post_message(self.Lacking(needs))

    def _fits(self, needs: Needs) -> bool:
        if needs is Needs.NOTHING:
            return True
        row = self.row
        if row is None:
            return False
        if needs is Needs.REFUSED:
            return row.sending is Sending.REFUSED
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

    def notify_style_update(self) -> None:
        """Another theme: what was drawn has the old colours."""
        self._cache.clear()
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
        if not 0 <= place < len(self._seen):
            return Strip.blank(self.size.width, self.rich_style)
        target, strip = self._seen[place]
        if target != self.selected:
            return strip
        mark = Segment("▌" if self.has_focus else "│", self._style("mark-selected"))
        return Strip.join((Strip((mark,), 1), strip.crop(1)))

    def _strips(self, target: TargetId) -> tuple[Strip, ...]:
        row = self.window.row(target)
        assert row is not None, "the viewport knows rows by the window only"
        older = self.window.before(target)
        before: Row | None = self.window.row(older) if older is not None else None
        beside = Beside(before, target == self.unread_from, self.zone, self.today)
        width = max(self.size.width, WIDTH_CELLS_MIN)
        key = (row, beside.before, beside.first_unread, width, self.today)
        found = self._cache.get(key)
        if found is None:
            found = tuple(self._strip(line, width) for line in lines(row, beside, width))
            self._cache[key] = found
            if len(self._cache) > CACHED_ROWS_MAX:
                self._cache.popitem(last=False)
        else:
            self._cache.move_to_end(key)
        return found

    def _strip(self, line: Line, width: int) -> Strip:
        segments = [Segment(span.text, self._style(span.style)) for span in line if span.text]
        return Strip(segments, width)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"timeline--{name}")

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
