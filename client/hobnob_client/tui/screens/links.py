"""The addresses in a message, or on the screen, by number: where each leads is told whole."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from hobnob_client.catalogue import t
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings, hint
from hobnob_client.tui.prose.address import host
from hobnob_client.tui.prose.blocks import Link
from hobnob_client.tui.punctual_screen import PunctualModal
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.timeline.wrap import fit
from hobnob_protocol.value import value

FRAME_LINES: Final = 8
"""What stands around the list: the frame, where one leads, the edges of the screen."""
WIDTH_CELLS: Final = 76


@value
class Chosen:
    """A link, to be opened or only copied."""

    link: Link
    opens: bool


class LinksScreen(PunctualModal[Chosen | None]):
    """Ends with a link of one or more, or None where one steps back."""

    CSS = """
    LinksScreen { align: center middle; }
    #links { width: 76; max-width: 96%; height: auto; max-height: 96%; border: round $accent;
        padding: 0 2; background: $surface; }
    #target { margin-top: 1; max-height: 4; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.LINKS)]

    def __init__(self, links: Sequence[Link]) -> None:
        super().__init__()
        self._links = links
        self._place = 0
        self._typed, self._digit = "", ""
        self._list, self._target = Static(), Static(id="target")
        self._does: dict[str, Callable[[], object]] = {
            "up": lambda: self._move(-1),
            "down": lambda: self._move(1),
            "open": lambda: self._end(opens=True),
            "copy": lambda: self._end(opens=False),
            "close": lambda: self.dismiss(None),
            "number": self._type,
        }

    def compose(self) -> ComposeResult:
        """The numbered list above the whole of one address."""
        with Vertical(id="links") as frame:
            frame.border_title = Content(t("Links"))
            frame.border_subtitle = Content(hint(Pane.LINKS))
            yield self._list
            yield self._target

    def on_mount(self) -> None:
        """It is as high as it will be when it is laid out first."""
        self._show()

    def on_resize(self) -> None:
        """As many as there is room for, the selected one among them."""
        # The layout that this belongs to would not see how high the list becomes.
        self.call_after_refresh(self._show)

    def action_act(self, action: str) -> None:
        """See the table of actions."""
        self._does[action]()

    def _end(self, *, opens: bool) -> None:
        self.dismiss(Chosen(self._links[self._place], opens))

    def _move(self, lines: int) -> None:
        self._typed = ""
        self._place = max(0, min(len(self._links) - 1, self._place + lines))
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Which of the ten keys it is; the action itself comes after it."""
        self._digit = event.key

    def _type(self) -> None:
        """Select by number: a second digit goes on with the first where there is such a one."""
        for typed in (f"{self._typed}{self._digit}", self._digit):
            if 0 < int(typed) <= len(self._links):
                self._typed, self._place = typed, int(typed) - 1
                break
        self._show()

    def _show(self) -> None:
        columns, lines = app_of(self).size
        room = max(3, lines - FRAME_LINES)
        width = max(16, min(WIDTH_CELLS, columns * 96 // 100) - 6)
        first = max(0, min(self._place - room // 2, len(self._links) - room))
        parts: list[str | tuple[str, str]] = []
        for nth in range(first, min(len(self._links), first + room)):
            link = self._links[nth]
            mark = "▌" if nth == self._place else " "
            head = f"{mark} {nth + 1:>2}  "
            there = fit(host(link.target), width - len(head))
            label = "" if link.told else f"  {link.label}"
            if link.told:
                label = f"  {link.target.partition(host(link.target))[2]}"
            rest = fit(label, max(1, width - len(head) - len(there)))
            parts += ("\n" if parts else "", head, (there, "bold"), rest)
        self._list.update(Content.assemble(*parts))
        self._target.update(Content(self._links[self._place].target))
