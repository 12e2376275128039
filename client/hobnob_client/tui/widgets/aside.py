"""The column at the right of a wide terminal, while no thread stands there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Protocol

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from hobnob_client.tui.aside import Said
from hobnob_client.tui.kept_lines import KeptLines

WIDTH_MIN: Final = 8
"""In cells; in less nothing can be read."""
LEFT_CELLS: Final = 2
RIGHT_CELLS: Final = 1
"""Empty ones beside each line: drawn with it, for of a padding Textual styles all lines anew."""


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
        self._styles_cache: KeptLines = KeptLines()
        self._drawn: dict[tuple[int, int], Sequence[Strip]] = {}
        self._drawn_size = Size()
        """How large it is while it is drawn."""

    aside: reactive[Laid | None] = reactive(None)

    @dataclass
    class Shown(Message):
        """There is room for it now, where there was none."""

    def watch_aside(self) -> None:
        """Its lines are others."""
        self._drawn.clear()

    def notify_style_update(self) -> None:
        """What was drawn has the old colours."""
        self._drawn.clear()
        self._styles_cache.forget()
        super().notify_style_update()

    def on_show(self) -> None:
        """What it tells may be of another place by now."""
        self.post_message(self.Shown())

    def render_lines(self, crop: Region) -> list[Strip]:
        """Look once how large it is: each look goes through all that is laid out."""
        self._drawn_size = self.size
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line."""
        drawn = self._lines(*self._drawn_size)
        return drawn[min(y, len(drawn) - 1)]

    def _lines(self, width: int, height: int) -> Sequence[Strip]:
        """All lines at a size, and an empty one: laid out and drawn once, however often each is
        asked for."""
        size = width, height
        if size not in self._drawn:
            room = width - LEFT_CELLS - RIGHT_CELLS
            aside = self.aside if room >= WIDTH_MIN else None
            said = () if aside is None else aside.laid(room, height)
            drawn = [self._strip(each, width) for each in said]
            self._drawn = {size: [*drawn, Strip.blank(width, self.rich_style)]}
        return self._drawn[size]

    def _strip(self, said: Said, width: int) -> Strip:
        text, style = said
        segment = Segment(text, self.get_component_rich_style(f"aside--{style}"))
        ground = self.rich_style
        strip = Strip([Segment(" " * LEFT_CELLS, ground), segment])
        return strip.adjust_cell_length(width, ground)
