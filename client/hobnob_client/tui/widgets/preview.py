"""What one writes as it will stand: the one message, drawn as all others are."""

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import Final

from hobnob_client import time_of_day
from hobnob_client.catalogue import later, t
from hobnob_client.tui.prose.written import written
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.timeline.widget import Timeline
from hobnob_protocol.ids import TargetId

_TARGET: Final = TargetId(bytes(16))
_EMPTY: Final = later("(nothing is written yet)")


class Preview(Timeline):
    """A list of one row, which takes no keys."""

    DEFAULT_CSS = "Preview { display: none; }"

    def __init__(self, *, zone: tzinfo, today: date) -> None:
        self._row: Row | None = None
        super().__init__(self, zone=zone, today=today)
        self.can_focus = False

    def put(self, author: str, text: str) -> None:
        """Show a text, as its author has written it; `author` is safe to draw."""
        shown = written(text)
        now_ms = time_of_day.now_ms()
        note = "" if shown.strip() else t(_EMPTY)
        self._row = Row(_TARGET, 1, author, now_ms, shown, mine=True, note=note)
        self.show(self)

    def older(self, order: int | None, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        return [row for row in self._rows if order is None or row.order < order]

    def newer(self, order: int, limit: int) -> Sequence[Row]:
        """As a `RowSource`."""
        return [row for row in self._rows if row.order > order]

    def extent(self) -> None:
        """As a `RowSource`: all of it is held."""

    @property
    def _rows(self) -> tuple[Row, ...]:
        return () if self._row is None else (self._row,)
