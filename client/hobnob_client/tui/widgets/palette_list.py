"""The lines of the palette: what is done at the left, its key at the right."""

from dataclasses import dataclass
from typing import ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from hobnob_client.tui import blank
from hobnob_client.tui.blank import Listed, Why
from hobnob_client.tui.palette import Entry
from hobnob_client.tui.timeline.wrap import fit

_NOT_NOW: Final = "✗ "
"""Before what cannot be done now: no colour is needed to see it."""


def line_of(entry: Entry, room: int) -> tuple[str, str]:
    """The sentence and the key: together `room` cells."""
    said = entry.words.removesuffix(".")
    if entry.lacks:
        said = f"{_NOT_NOW}{said}: {entry.lacks.removesuffix('.')}"
    key = fit(entry.key, max(1, room // 2))
    said = fit(said, max(1, room - cell_len(key) - 2))
    return said + " " * (room - cell_len(said) - cell_len(key)), key


class PaletteList(Widget):
    """A list that its screen walks; a click chooses."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "palette--entry", "palette--key", "palette--not-now", "palette--cursor",
    }  # fmt: skip
    DEFAULT_CSS = """
    PaletteList {
        height: 1fr;
        & > .palette--key { color: $text-muted; }
        & > .palette--not-now { color: $text-muted; }
        & > .palette--cursor { color: $accent; text-style: bold; }
    }
    """

    entries: reactive[tuple[Entry, ...]] = reactive(())
    cursor: reactive[int] = reactive(0)

    @dataclass
    class Chosen(Message):
        """A line was chosen."""

        entry: Entry

    @property
    def entry(self) -> Entry | None:
        """The line under the cursor."""
        return self.entries[self.cursor] if self.cursor < len(self.entries) else None

    def move(self, lines: int) -> None:
        """So many lines down, up if negative; not beyond the ends."""
        self.cursor = max(0, min(len(self.entries) - 1, self.cursor + lines))

    @property
    def _first(self) -> int:
        height = self.size.height
        return max(0, min(self.cursor - height // 2, len(self.entries) - height))

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        width, nth = self.size.width, self._first + y
        if width < 6:
            return Strip.blank(width, self.rich_style)
        if nth >= len(self.entries):
            none = (
                f" {blank.said(Listed.ACTIONS, Why.FILTERED)}" if not self.entries and not y else ""
            )
            quiet = self.get_component_rich_style("palette--not-now")
            return Strip([Segment(fit(none, width), quiet)]).adjust_cell_length(width)
        entry = self.entries[nth]
        under = nth == self.cursor
        said, key = line_of(entry, width - 2)
        style = "palette--not-now" if entry.lacks else "palette--entry"
        cursor = self.get_component_rich_style("palette--cursor")
        return Strip(
            [
                Segment("▌" if under else " ", cursor),
                Segment(said, cursor if under else self.get_component_rich_style(style)),
                Segment(key, self.get_component_rich_style("palette--key")),
                Segment(" ", self.rich_style),
            ],
            width,
        )

    def on_click(self, event: events.Click) -> None:
        """A click does it; each line can be reached by keys too."""
        nth = self._first + event.y
        if nth < len(self.entries):
            self.post_message(self.Chosen(self.entries[nth]))
