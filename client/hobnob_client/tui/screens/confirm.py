"""Asks before what cannot be taken back, where Enter does nothing; and says what came of it."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.screens.dialog import Dialog


class TellScreen(Dialog[None]):
    """Says what one may have to write down, until it is closed; both texts are safe to draw."""

    PANE = Pane.CONFIRMING
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.CONFIRMING)]

    def __init__(self, title: str, said: str) -> None:
        super().__init__(title)
        self._said = said

    def inside(self) -> ComposeResult:
        """The text."""
        yield Static(Content(self._said))

    def on_mount(self) -> None:
        """Nothing is asked."""
        self.offer({"close"})

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions."""
        return {"close": lambda: self.dismiss(None)}


class ConfirmScreen(Dialog[bool]):
    """Ends with what was answered. `title` and `explanation` are safe to draw."""

    PANE = Pane.CONFIRMING
    CSS = "ConfirmScreen > #frame { border: round $warning; }"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.CONFIRMING)]

    def __init__(self, title: str, explanation: str) -> None:
        super().__init__(title)
        self._explanation = explanation

    def inside(self) -> ComposeResult:
        """What would happen."""
        yield Static(Content(self._explanation))

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions."""
        return {"yes": lambda: self.dismiss(True), "close": lambda: self.dismiss(False)}
