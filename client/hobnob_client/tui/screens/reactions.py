"""Chooses a reaction by some letters of its name; shows who gave those that are there."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hobnob_client.catalogue import later, t
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.composing.picking import Choice, Given, choices
from hobnob_client.tui.screens.dialog import ENTER, Dialog, Writing
from hobnob_client.tui.widgets.card_list import Card, CardList
from hobnob_client.tui.widgets.field import Field

THANKS_MAX: Final = 4
"""Thanks that are shown; the rest is counted."""
_NONE = later("No emoji has that name.")


class ReactionScreen(Writing, Dialog[str]):
    """Ends with an emoji, or None where one steps back. `title` and `thanks`, a line each, are safe
    to draw."""

    PANE = Pane.REACTING
    CSS = """
    ReactionScreen Input { border: none; height: 1; padding: 0; margin-bottom: 1; }
    ReactionScreen CardList { height: 10; }
    ReactionScreen #thanks { height: auto; margin-bottom: 1;
        text-wrap: nowrap; text-overflow: ellipsis; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.REACTING), ENTER]

    def __init__(
        self, title: str, given: Sequence[Given], recent: Sequence[str], thanks: Sequence[str] = ()
    ) -> None:
        super().__init__(title)
        self._thanks = tuple(thanks)
        self._given = tuple(given)
        self._recent = tuple(recent)
        self._choices: tuple[Choice, ...] = ()
        self._letters: str | None = None
        self.field = Field(t("letters of its name, such as tada or heart"))
        self._list = CardList()
        self._none = Static(Content(t(_NONE)))

    def inside(self) -> ComposeResult:
        """Who has thanked, and the field above the list."""
        if self._thanks:
            shown = self._thanks[:THANKS_MAX]
            more = len(self._thanks) - len(shown)
            lines = [*shown, *([t("… and {amount} more", amount=more)] if more else [])]
            yield Static(Content("\n".join(lines)), id="thanks")
        yield self.field
        yield self._none
        yield self._list

    def on_mount(self) -> None:
        """What is there and what is common, until letters are typed."""
        self._narrow()

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions; what is typed into the field reports itself."""
        return {
            "up": lambda: self.field.call_later(self._move, -1),
            "down": lambda: self.field.call_later(self._move, 1),
            "close": lambda: self.dismiss(None),
        }

    def on_input_changed(self) -> None:
        """Each letter narrows the list."""
        self._narrow()

    def entered(self) -> None:
        """Give it, or take it back."""
        self._narrow()
        if self._choices and self.is_active:
            self.dismiss(self._choices[self._list.cursor].emoji)

    def _move(self, lines: int) -> None:
        self._narrow()
        self._list.move(lines)

    def _narrow(self) -> None:
        letters = self.field.value
        if letters == self._letters:
            return
        self._letters = letters
        self._choices = choices(self._given, self._recent, letters)
        self._none.display = not self._choices
        self._list.cards = tuple(Card(each.emoji.encode(), each.line) for each in self._choices)
        self._list.cursor = 0
