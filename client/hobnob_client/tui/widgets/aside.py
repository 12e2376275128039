"""The column at the right of a wide terminal, while no thread stands there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Protocol

from rich.segment import Segment
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from hobnob_client.tui.aside import Said

WIDTH_MIN: Final = 8
"""In cells; in less nothing can be read."""


class Laid(Protocol):
    """What it can tell."""

    def laid(self, width: int, height: int) -> Sequence[Said]:
        """As lines of at most `width` cells, of which `height` are seen."""
        ...


class AsidePane(Widget):
    """Tells of the place that is open, or of where an entry of a room leads; all that can be done
    about it has its key elsewhere."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"aside--head", "aside--text", "aside--quiet"}
    DEFAULT_CSS = """
    AsidePane {
        & > .aside--head { text-style: bold; }
        & > .aside--quiet { color: $text-muted; }
    }
    """

    def __init__(self, id: str | None = None) -> None:  # Textual's name for it.
        super().__init__(id=id)
        self._lines: dict[tuple[int, int], Sequence[Said]] = {}

    aside: reactive[Laid | None] = reactive(None)

    @dataclass
    class Shown(Message):
        """There is room for it now, where there was none."""

    def watch_aside(self) -> None:
        """Its lines are others."""
        self._lines.clear()

    def on_show(self) -> None:
        """What it tells may be of another place by now."""
        self.post_message(self.Shown())

    def render_line(self, y: int) -> Strip:
        """One line."""
        width = self.size.width
        said = self._said(width)
        text, style = said[y] if y < len(said) else ("", "text")
        segment = Segment(text, self.get_component_rich_style(f"aside--{style}"))
        return Strip([segment]).adjust_cell_length(width)

    def _said(self, width: int) -> Sequence[Said]:
        """All lines at a size: laid out once, however many of them are drawn."""
        if self.aside is None or width < WIDTH_MIN:
            return ()
        size = width, self.size.height
        if size not in self._lines:
            self._lines = {size: self.aside.laid(*size)}
        return self._lines[size]
