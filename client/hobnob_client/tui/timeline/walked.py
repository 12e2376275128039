"""A list of messages as one walks it: by rows, by lines, to its ends, and to any place of it."""

from collections.abc import Callable
from typing import Final

from textual.reactive import reactive
from textual.widget import Widget

from hobnob_client.tui.timeline.viewport import Viewport
from hobnob_client.tui.timeline.window import Window
from hobnob_protocol.ids import TargetId

CONTEXT_LINES: Final = 3
"""So much of what was read is seen above what was not."""
CONTEXT_ROWS: Final = CONTEXT_LINES + 2
"""Read for that: each takes a line at least, and the one before decides how the first looks."""


class Walked(Widget):
    """A viewport over a window of rows, one of them `selected`, or none. Where nothing is laid out
    yet, one is there as soon as it is."""

    window: Window
    viewport: Viewport[TargetId]
    selected: reactive[TargetId | None] = reactive(None)
    _opens: Callable[[], None] | None = None
    """What is left to do once there is room."""

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
        target = self.window.around(order, CONTEXT_ROWS)
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

    def open_as_left(self, order: int, hidden: int | None, selected: TargetId | None) -> None:
        """Begin with the row at `order` lowest, so many of its lines `hidden` below, or following
        the newest for None; `selected` is what it was, as far as it is near."""
        target = None if hidden is None else self.window.around(order)
        if hidden is None or target is None:
            self.viewport.to_end()
        else:
            self.viewport.bottom, self.viewport.hidden = target, hidden
        self.window.last()
        if selected is not None and self.window.row(selected) is not None:
            self.selected = selected
        # The first size decides how far up that is, and is told as any other.
        self._opens = None if self.size.height else self._moved
        if self.size.height:
            self._moved()

    def open_later_on(self, order: int) -> None:
        """The same once there is another size than now, which is on its way."""
        self._opens = lambda: self.open_on(order)

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

    def _moved(self) -> None:
        """Another stretch is seen: it is drawn, and whoever else must know is told."""
        self.refresh()
