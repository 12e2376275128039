"""The hard stop: somebody stands where somebody else was verified. Nothing is said past it."""

from collections.abc import Callable
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hobnob_client.catalogue import later, t
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.screens.dialog import Dialog

TAKEN: Final = (
    later(
        "The account is a new one: perhaps they have lost all their devices, perhaps somebody "
        "else has taken their place. What you say here may be read by whoever that is."
    ),
    later(
        "What to do: ask them by another way, by voice or face to face. If it is really them, "
        "compare the new number with them (v). Until then nothing you write goes there."
    ),
)
"""Another account stands under a verified handle: what that means, and what to do."""
DIFFERS: Final = (
    later(
        "Either one of you has read the number of somebody else, or somebody stands between you "
        "and reads all that both of you write there."
    ),
    later(
        "What to do: read the number to each other once more (v). If it differs still, write "
        "nothing there that others must not know, and tell whoever runs this hub."
    ),
)
"""Two people have compared, and have two numbers."""


class StopScreen(Dialog[bool]):
    """Ends with whether a number is to be compared anew. `stop` is safe to draw; `more` says what
    it means and what to do."""

    PANE = Pane.STOPPED
    CSS = """
    StopScreen > #frame { border: heavy $error; }
    StopScreen #stop { color: $text-error; text-style: bold; margin-bottom: 1; }
    StopScreen #meaning { margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.STOPPED)]

    def __init__(self, stop: str, more: tuple[str, str] = TAKEN) -> None:
        super().__init__(t("✗ STOP"))
        self._stop = stop
        self._meaning, self._what_to_do = more

    def inside(self) -> ComposeResult:
        """What is wrong, what it means, what to do."""
        yield Static(Content(self._stop), id="stop")
        yield Static(Content(t(self._meaning)), id="meaning")
        yield Static(Content(t(self._what_to_do)))

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions."""
        return {"compare": lambda: self.dismiss(True), "close": lambda: self.dismiss(False)}
