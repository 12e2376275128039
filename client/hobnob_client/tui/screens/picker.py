"""Chooses members by some letters of their handles, one after the other."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hobnob_client.catalogue import t
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.screens.dialog import ENTER, Dialog, Writing
from hobnob_client.tui.screens.switcher import matching
from hobnob_client.tui.widgets.channel_list import ChannelList, Item
from hobnob_client.tui.widgets.field import Field, FirstErased
from hobnob_protocol.ids import AccountId


def narrowed(people: Sequence[Item], letters: str, chosen: Sequence[Item]) -> tuple[Item, ...]:
    """Whom the letters, with or without an @, may mean: nobody who is chosen already."""
    left = [item for item in people if item not in chosen]
    return matching((), "@" + letters.strip().removeprefix("@"), left)


class PickerScreen(Writing, Dialog[tuple[AccountId, ...]]):
    """Ends with whom one has chosen, one at least and at most `most`, or None where one steps back.
    `title`, `explanation` and the labels of `people` are safe to draw."""

    PANE = Pane.PICKING
    CSS = """
    PickerScreen #chosen { margin: 1 0; }
    PickerScreen Input { border: none; height: 1; padding: 0; }
    PickerScreen ChannelList { height: 6; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.PICKING), ENTER]

    def __init__(self, title: str, explanation: str, people: Sequence[Item], most: int) -> None:
        super().__init__(title)
        self._explanation = explanation
        self._people = tuple(people)
        self._most = most
        self._chosen: list[Item] = []
        self._said = Static(id="chosen")
        self.field = Field(t("letters of a handle"))
        self._list = ChannelList()
        self._list.can_focus = False

    def inside(self) -> ComposeResult:
        """Whom one has chosen, a field, and whom its letters mean."""
        yield Static(Content(self._explanation))
        yield self._said
        yield self.field
        yield self._list

    def on_mount(self) -> None:
        """Nobody yet."""
        self._show()

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions; what is typed into the field reports itself."""
        return {
            "up": lambda: self._move(-1),
            "down": lambda: self._move(1),
            "close": lambda: self.dismiss(None),
        }

    def on_input_changed(self) -> None:
        """Each letter narrows the list."""
        self._narrow()

    def entered(self) -> None:
        """Take who is meant; an empty line ends the list."""
        if not self.field.value.strip():
            self._end()
            return
        self._narrow()
        self._take(self._list.item)

    def on_first_erased(self, erased: FirstErased) -> None:
        """There is no letter to take back, so the last member is."""
        if self._chosen:
            self._chosen.pop()
            self._show()

    def on_channel_list_chosen(self, chosen: ChannelList.Chosen) -> None:
        """A click takes, too."""
        self._take(chosen.item)

    def _take(self, item: Item | None) -> None:
        if item is None:
            self._tell(t("Nobody here has that name."))
        elif len(self._chosen) >= self._most:
            self._tell(t("No more than {most}.", most=self._most))
        else:
            self._chosen.append(item)
            self.field.value = ""
            self._show()

    def _end(self) -> None:
        accounts = tuple(item.account for item in self._chosen if item.account is not None)
        if accounts and self.is_active:
            self.dismiss(accounts)
        else:
            self._tell(t("Choose somebody first: some letters, then Enter."))

    def _move(self, lines: int) -> None:
        self._list.cursor = max(0, min(len(self._list.items) - 1, self._list.cursor + lines))
        self._list.opened = self._list.item.name if self._list.item else ""

    def _narrow(self) -> None:
        items = narrowed(self._people, self.field.value, self._chosen)
        if items != self._list.items:
            self._list.items = items
            self._list.cursor = 0
            self._list.opened = items[0].name if items else ""

    def _show(self) -> None:
        names = ", ".join(item.label for item in self._chosen)
        said = (
            t("With {names} · Enter ends the list", names=names) if names else t("With nobody yet")
        )
        self._said.update(Content(said))
        self._narrow()

    def _tell(self, text: str) -> None:
        self.notify(text, markup=False)
