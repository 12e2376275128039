"""The texts of the messages and nothing else, so that a mouse can copy them: no panel, border, name
or time beside them, and the mouse is the terminal's own meanwhile."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.punctual_screen import PunctualScreen
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.timeline.wrap import wrap

_MOUSE: Final = (1000, 1003, 1015, 1006)
"""What Textual turns on to hear of the mouse, in its order; nothing where it shall not hear."""
_OURS: Final = "".join(f"\x1b[?{mode}h" for mode in _MOUSE)
_TERMINALS: Final = "".join(f"\x1b[?{mode}l" for mode in _MOUSE)


def laid_out(texts: Sequence[str], width: int) -> tuple[list[str], list[int]]:
    """The lines of all texts, as they were written and broken at spaces, an empty one between two;
    and where each text begins. `width` in cells, from 2."""
    lines: list[str] = []
    begins: list[int] = []
    for text in texts:
        if lines:
            lines.append("")
        begins.append(len(lines))
        for line in text.split("\n"):
            lines.extend(line[start:end] for start, end in wrap(line, width))
    return lines, begins


class _Sheet(Widget):
    """The lines."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "_Sheet { width: 1fr; height: 1fr; }"

    first: reactive[int] = reactive(0)

    def __init__(self, texts: Sequence[str], begin: int) -> None:
        super().__init__()
        self._texts = tuple(texts)
        self._begin = begin
        self._lines: list[str] = []

    def on_resize(self) -> None:
        """Lines are laid out anew; it begins where it began."""
        self._lines, begins = laid_out(self._texts, max(2, self.size.width))
        self.first = self._bounded(begins[self._begin] if begins else 0)
        self.refresh()

    def _bounded(self, first: int) -> int:
        return max(0, min(first, len(self._lines) - self.size.height))

    def scroll_lines(self, count: int) -> None:
        """So many lines down, up if negative."""
        self.first = self._bounded(self.first + count)

    def render_line(self, y: int) -> Strip:
        """One line, blank behind its text."""
        nth = self.first + y
        text = self._lines[nth] if nth < len(self._lines) else ""
        return Strip([Segment(text, self.rich_style)]).adjust_cell_length(self.size.width)


class BareScreen(PunctualScreen[None]):
    """A sheet of texts over the whole terminal."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.BARE)]

    def __init__(self, texts: Sequence[str], begin: int) -> None:
        """`texts` are safe to draw, oldest first; the one at `begin` is seen first."""
        super().__init__()
        self._sheet = _Sheet(texts, begin)

    def compose(self) -> ComposeResult:
        """Nothing but the sheet."""
        yield self._sheet

    def on_mount(self) -> None:
        """The mouse selects now, as the terminal does it."""
        self._write(_TERMINALS)

    def on_unmount(self) -> None:
        """The mouse is ours again, if it was."""
        self._write(_OURS)

    def _write(self, modes: str) -> None:
        driver = app_of(self)._driver  # pyright: ignore[reportPrivateUsage]  # Textual has no other way to let go of the mouse.
        if driver is not None and driver._mouse:  # pyright: ignore[reportPrivateUsage]  # As it was begun, whatever the settings say by now.
            driver.write(modes)
            driver.flush()

    def action_act(self, action: str) -> None:
        """See the table of actions."""
        page = max(1, self._sheet.size.height - 2)
        all_of = 1_000_000
        steps: dict[str, Callable[[], object]] = {
            "up": lambda: self._sheet.scroll_lines(-1),
            "down": lambda: self._sheet.scroll_lines(1),
            "page_up": lambda: self._sheet.scroll_lines(-page),
            "page_down": lambda: self._sheet.scroll_lines(page),
            "first": lambda: self._sheet.scroll_lines(-all_of),
            "last": lambda: self._sheet.scroll_lines(all_of),
            "close": lambda: self.dismiss(None),
        }
        steps[action]()
