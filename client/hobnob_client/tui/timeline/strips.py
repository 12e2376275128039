"""The lines of a timeline's rows, as they are drawn: laid out once, and kept while they hold."""

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.strip import Strip

from hobnob_client.tui.prose.highlight import Highlight, highlight, needs_lexer, no_highlight
from hobnob_client.tui.prose.reading import read
from hobnob_client.tui.timeline.layout import Beside, lines
from hobnob_client.tui.timeline.paint import Paint
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.timeline.span import Line
from hobnob_client.tui.timeline.wrap import wrap
from hobnob_protocol.ids import TargetId

if TYPE_CHECKING:
    from hobnob_client.tui.timeline.widget import Timeline

CACHED_ROWS_MAX: Final = 256
"""Rows whose lines are kept, as drawn last: more than a terminal shows, and some pages beside; they
take 5 kB each."""
WIDTH_CELLS_MIN: Final = 24
EDGE_CELLS: Final = 1
"""At the right, where a mark says where in the list one is: blank beside all other lines."""


class Strips:
    """Those of one timeline, whose rows and whose width there are."""

    def __init__(self, timeline: "Timeline") -> None:
        self._timeline = timeline
        self._kept: OrderedDict[object, tuple[Strip, ...]] = OrderedDict()
        self._paint = Paint(timeline)
        self._coloured = False

    def forget(self) -> None:
        """Other rows are shown."""
        self._kept.clear()

    def repaint(self) -> None:
        """Another theme: what was drawn has the old colours."""
        self._kept.clear()
        self._paint.clear()

    @property
    def _width(self) -> int:
        return max(self._timeline.size.width - EDGE_CELLS, WIDTH_CELLS_MIN)

    def of(self, target: TargetId) -> tuple[Strip, ...]:
        """The lines of a row that is held."""
        timeline, window, width = self._timeline, self._timeline.window, self._width
        row = window.row(target)
        assert row is not None, "the viewport knows rows by the window only"
        older = window.before(target)
        before: Row | None = window.row(older) if older is not None else None
        beside = Beside(
            before,
            target == timeline.unread_from,
            timeline.zone,
            timeline.today,
            target in timeline.revealed,
            self._highlight(row),
            timeline.can_focus,
        )
        key = (row, beside, width)
        found = self._kept.get(key)
        if found is None:
            found = tuple(self._strip(line, width) for line in lines(row, beside, width))
            self._kept[key] = found
            if len(self._kept) > CACHED_ROWS_MAX:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return found

    def marked(self, strip: Strip) -> Strip:
        """A line of the selected row."""
        sign = "▌" if self._timeline.has_focus else "│"
        mark = Segment(sign, self._paint.style("mark-selected"))
        return Strip.join((Strip((mark,), 1), strip.crop(1)))

    def beside_thumb(self, strip: Strip) -> Strip:
        """A line at whose right edge stands where one is."""
        mark = Segment("▐", self._paint.style("thumb"))
        return Strip.join((strip.crop(0, strip.cell_length - EDGE_CELLS), Strip((mark,), 1)))

    def blank(self, y: int) -> Strip:
        """A line of the words that stand for rows, a third from the top."""
        timeline = self._timeline
        broken = wrap(timeline.blank, self._width - 4)
        nth = y - (timeline.size.height - len(broken)) // 3
        text = timeline.blank[slice(*broken[nth])] if 0 <= nth < len(broken) else ""
        line = Segment(f"  {text}", self._paint.style("note"))
        return Strip([line]).adjust_cell_length(timeline.size.width)

    def _highlight(self, row: Row) -> Highlight:
        """What colours code: nothing in the first frame, for that takes longer to load than a
        screen may take to come."""
        if self._coloured or "```" not in row.text:
            return highlight
        if any(needs_lexer(code) for code in read(row.text).codes):
            self._timeline.call_after_refresh(self._colour)
        return no_highlight

    def _colour(self) -> None:
        if not self._coloured:
            self._coloured = True
            self._timeline.refresh()

    def _strip(self, line: Line, width: int) -> Strip:
        segments = [Segment(span.text, self._paint.of(span)) for span in line if span.text]
        edge = Segment(" " * EDGE_CELLS, self._paint.style("text"))
        return Strip([*segments, edge], width + EDGE_CELLS)
