"""The outline of a thread: from there one jumps to any of its messages."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.screens.dialog import AROUND_LINES, Dialog
from hobnob_client.tui.widgets.card_list import Card, CardList


class OutlineScreen(Dialog[bytes]):
    """Ends with the name of the message to go to."""

    PANE = Pane.OUTLINE
    CSS = """
    OutlineScreen > #frame { width: 90; max-height: 90%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.OUTLINE)]

    def __init__(self, title: str, entries: Sequence[Card], at: bytes) -> None:
        """`title` is safe to draw; `at` is the entry one comes from."""
        super().__init__(title)
        self._entries = tuple(entries)
        self._at = at
        self._list = CardList()

    def inside(self) -> ComposeResult:
        """The entries."""
        yield self._list

    def on_mount(self) -> None:
        """Where one comes from."""
        self._list.put(self._entries)
        self._list.point_at(self._at)

    def on_resize(self) -> None:
        """As tall as it takes to see them, if there is room."""
        super().on_resize()
        self._list.fit(self.size.height * 9 // 10 - AROUND_LINES)

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions."""
        most = len(self._entries)
        return {
            "up": lambda: self._list.move(-1),
            "down": lambda: self._list.move(1),
            "first": lambda: self._list.move(-most),
            "last": lambda: self._list.move(most),
            "go": self._go,
            "close": lambda: self.dismiss(None),
        }

    def _go(self) -> None:
        if self._list.card is not None:
            self.dismiss(self._list.card.key)
