"""A line with a box that is on or off; who opened it hears of nothing: it asks and turns it."""

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static


class SwitchLine(Static, can_focus=True):
    """`label` is safe to draw."""

    DEFAULT_CSS = """
    SwitchLine { height: 1; width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
    SwitchLine:focus { color: $accent; text-style: bold; }
    """

    on: reactive[bool] = reactive(False)

    def __init__(self, label: str, *, on: bool) -> None:
        super().__init__()
        self._label = label
        self.set_reactive(SwitchLine.on, on)

    def on_mount(self) -> None:
        """As it is."""
        self._draw()

    def watch_on(self) -> None:
        """Turned."""
        self._draw()

    def on_focus(self) -> None:
        """A mark beside it: colour never speaks alone."""
        self._draw()

    def on_blur(self) -> None:
        """The mark goes on."""
        self._draw()

    def _draw(self) -> None:
        mark = "▌" if self.has_focus else " "
        self.update(Content(f"{mark}{'[x]' if self.on else '[ ]'} {self._label}"))
