"""Why a thread stands where it does in the feed, or a person among those who can help: every term
with its weight."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.screens.dialog import AROUND_LINES, Dialog
from hobnob_client.tui.widgets.card_list import Card, CardList


class TermsScreen(Dialog[None]):
    """Is looked at, and closed."""

    PANE = Pane.TERMS
    CSS = """
    TermsScreen > #frame { width: 74; max-height: 90%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.TERMS)]

    def __init__(self, title: str, terms: Sequence[Card]) -> None:
        """`title` is safe to draw."""
        super().__init__(title)
        self._terms = tuple(terms)
        self._list = CardList()

    def inside(self) -> ComposeResult:
        """The terms."""
        yield self._list

    def on_mount(self) -> None:
        """From the sum on."""
        self._list.put(self._terms)

    def on_resize(self) -> None:
        """As tall as it takes to see them, if there is room."""
        super().on_resize()
        self._list.fit(self.size.height * 9 // 10 - AROUND_LINES)

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions."""
        most = len(self._terms)
        return {
            "up": lambda: self._list.move(-1),
            "down": lambda: self._list.move(1),
            "first": lambda: self._list.move(-most),
            "last": lambda: self._list.move(most),
            "close": lambda: self.dismiss(None),
        }
