"""What stands before and behind a hit, where there is room for it."""

from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from hobnob_client.catalogue import t
from hobnob_client.tui.hit_rows import HitRows
from hobnob_client.tui.timeline.row import Row
from hobnob_client.tui.timeline.wrap import fit

AROUND_ROWS: Final = 20
"""From so many lines of the screen on there is room for it."""
NAME_CELLS: Final = 14


class Around(Static):
    """Lines of a talk, the hit between them."""

    DEFAULT_CSS = """
    Around {
        height: auto; border-top: solid $panel; display: none; padding: 0 1;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    """

    def put(self, rows: HitRows, row: Row | None, room: int) -> None:
        """Show what stands around the hit of a row, in `room` cells; nothing where it is none."""
        hit = rows.hit(row) if row is not None else None
        self.display = hit is not None and self.screen.size.height >= AROUND_ROWS
        if hit is None or row is None or not self.display:
            return
        before, after = rows.around(hit, 1 + self.screen.size.height // 50)
        lines = [
            *(_line(t("  before"), each, room) for each in before),
            _line(t("▸ hit   "), row, room),
            *(_line(t("  after "), each, room) for each in after),
        ]
        between = [part for line in lines for part in ("\n", line)]
        self.update(Content.assemble(*between[1:]))


def _line(what: str, row: Row, room: int) -> Content:
    left = max(10, room - 2 - len(what) - NAME_CELLS)
    name = fit(row.author, NAME_CELLS)
    text = fit((row.note or row.text).replace("\n", " "), left)
    gap = " " * (NAME_CELLS - cell_len(name))
    return Content.assemble((what, "dim"), " ", (name, "bold"), gap, " ", text)
