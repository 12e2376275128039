"""Everything that can be done where one is, found by some letters, with its key and what it does;
Enter does it."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from hobnob_client.catalogue import t
from hobnob_client.tui.action import Action, Pane
from hobnob_client.tui.actions import bindings, hint
from hobnob_client.tui.palette import Entry, matching
from hobnob_client.tui.punctual_screen import PunctualModal
from hobnob_client.tui.widgets.field import Field
from hobnob_client.tui.widgets.palette_list import PaletteList


def _keys() -> list[BindingType]:
    """They go before those of the field."""
    return [
        Binding(each.key, each.action, each.description, show=False, priority=True, id=each.id)
        for each in bindings(Pane.PALETTE)
    ]


class PaletteScreen(PunctualModal[None]):
    """Does `then` with the chosen action, unless one steps back."""

    CSS = """
    PaletteScreen { align: center top; }
    #palette { width: 84; max-width: 96%; height: 22; max-height: 90%; margin-top: 1;
        border: round $accent; background: $surface; }
    #palette Input { border: none; height: 1; padding: 0 1; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = _keys()

    def __init__(
        self, offered: Sequence[Entry], then: Callable[[Action], None], letters: str = ""
    ) -> None:
        """`letters` are as if typed already."""
        super().__init__()
        self._offered = tuple(offered)
        self._then = then
        self._shown = ""
        self._field = Field(t("what do you want to do?"), value=letters)
        self._list = PaletteList()

    def compose(self) -> ComposeResult:
        """The field above the list."""
        with Vertical(id="palette") as box:
            box.border_title = Content(t("What can be done here"))
            box.border_subtitle = Content(hint(Pane.PALETTE))
            yield self._field
            yield self._list

    def on_mount(self) -> None:
        """All of it, until letters are typed."""
        self._list.entries = self._offered
        self._narrow()

    def on_input_changed(self, changed: Input.Changed) -> None:
        """Each letter narrows the list."""
        self._narrow()

    def _narrow(self) -> None:
        if self._field.value != self._shown:
            self._shown = self._field.value
            self._list.entries = matching(self._offered, self._shown)
            self._list.cursor = 0

    def action_act(self, action: str) -> None:
        """See the table of actions: in the order of the keys, however fast they come."""
        self._field.call_later(self._act, action)

    def _act(self, action: str) -> None:
        self._narrow()
        if action == "close":
            self.dismiss(None)
        elif action == "take":
            self._take(self._list.entry)
        else:
            page = max(1, self._list.size.height - 1)
            self._list.move({"up": -1, "down": 1, "page_up": -page, "page_down": page}[action])

    def on_palette_list_chosen(self, chosen: PaletteList.Chosen) -> None:
        """A click does it too."""
        self._take(chosen.entry)

    def _take(self, entry: Entry | None) -> None:
        if entry is not None and not entry.lacks and self.is_active:
            self.dismiss(None)
            # At once: the next key belongs there already.
            self._then(entry.action)
