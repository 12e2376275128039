"""Where in a list one is, as a mark at its edge: pure, and reckoned out of what is held.

A list that is held whole is measured by its rows; of a longer one the orders of its ends tell how
far from them one is. Nothing is read or counted, so it costs the same at any length.
"""

from collections.abc import Callable, Sequence

from hobnob_client.tui.timeline.viewport import Seen
from hobnob_client.tui.timeline.window import Window
from hobnob_protocol.ids import TargetId


def thumb(
    window: Window, seen: Sequence[Seen[TargetId]], lines_of: Callable[[TargetId], int], height: int
) -> range:
    """The lines of `height` (from 1) beside which the mark stands; none where all is seen. It is
    at the very top, or bottom, only where nothing is above, or below."""
    if not seen:
        return range(0)
    first, last = seen[0], seen[-1]
    below_cut = lines_of(last.key) - last.first - last.count
    at_top = not first.first and window.begins and not window.place(first.key)
    at_end = not below_cut and window.ends and window.place(last.key) == len(window.rows) - 1
    if at_top and at_end:
        return range(0)
    if window.begins and window.ends:
        rows = len(window.rows)
        above = (window.place(first.key) + first.first / lines_of(first.key)) / rows
        below = (rows - 1 - window.place(last.key) + below_cut / lines_of(last.key)) / rows
    else:
        found = _by_order(window, first.key, last.key)
        if found is None:
            return range(0)
        above, below = found
    return _lines(above, below, height, at_top=at_top, at_end=at_end)


def _by_order(window: Window, first: TargetId, last: TargetId) -> tuple[float, float] | None:
    extent = window.extent()
    if extent is None:
        return None
    lowest, highest = extent
    span = max(1, highest - lowest)
    top, bottom = (row.order if (row := window.row(key)) else 0 for key in (first, last))
    # What waits to be sent is behind all that is in the log.
    above = max(0, min(top, highest) - lowest)
    return min(above, span) / span, max(0, highest - bottom) / span


def _lines(above: float, below: float, height: int, *, at_top: bool, at_end: bool) -> range:
    count = min(max(1, round(height * (1 - above - below))), max(1, height - 2))
    first = 0 if at_top else 1
    last = height - count - (0 if at_end else 1)
    if at_top or at_end:
        begin = first if at_top else last
    else:
        rest = above / (above + below) if above + below else 1.0
        begin = max(first, min(round(first + rest * (last - first)), last))
    begin = max(0, begin)
    return range(begin, min(begin + count, height))
