"""The third column of a wide terminal, while no thread stands there."""

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from hobnob_client.tui.aside import Aside, lines


class AsidePane(Widget):
    """Tells of the place that is open; all that can be done about it has its key elsewhere."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"aside--head", "aside--text", "aside--quiet"}
    DEFAULT_CSS = """
    AsidePane {
        & > .aside--head { text-style: bold; }
        & > .aside--quiet { color: $text-muted; }
    }
    """

    aside: reactive[Aside | None] = reactive(None)

    @dataclass
    class Shown(Message):
        """There is room for it now, where there was none."""

    def on_show(self) -> None:
        """What it tells may be of another place by now."""
        self.post_message(self.Shown())

    def render_line(self, y: int) -> Strip:
        """One line."""
        width = self.size.width
        said = [] if self.aside is None or width < 8 else lines(self.aside, width)
        text, style = said[y] if y < len(said) else ("", "text")
        segment = Segment(text, self.get_component_rich_style(f"aside--{style}"))
        return Strip([segment]).adjust_cell_length(width)
