"""Go to a channel by some letters of its name: what is unread comes first."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.fuzzy import Matcher
from textual.screen import ModalScreen
from textual.widgets import Input

from hobnob_client.tui.widgets.channel_list import ChannelList, Item


def matching(items: Sequence[Item], letters: str) -> tuple[Item, ...]:
    """The items whose label has the letters, best first; without letters mentions and unread
    first."""
    if not letters.strip():
        return tuple(sorted(items, key=lambda item: (-item.mentions, item.muted, -item.unread)))
    matcher = Matcher(letters.strip().lstrip("#"))
    scored = [(matcher.match(item.label), nth, item) for nth, item in enumerate(items)]
    best = sorted((-score, nth) for score, nth, _ in scored if score > 0)
    return tuple(items[nth] for _, nth in best)


class SwitcherScreen(ModalScreen[Item | None]):
    """Ends with the chosen item, or None."""

    CSS = """
    SwitcherScreen { align: center top; }
    #switcher { width: 50; max-width: 96%; height: 18; max-height: 90%; margin-top: 2;
        border: round $accent; background: $surface; }
    #switcher Input { border: none; height: 1; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "step_back", "Back"),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
    ]

    def __init__(self, items: Sequence[Item]) -> None:
        super().__init__()
        self._items = tuple(items)

    def compose(self) -> ComposeResult:
        """The field above the list."""
        with Vertical(id="switcher") as box:
            box.border_title = "Go to"
            box.border_subtitle = "Enter: go · Esc: back"
            yield Input(placeholder="some letters of its name")
            yield ChannelList()

    def on_mount(self) -> None:
        """All channels, until letters are typed."""
        found = self.query_one(ChannelList)
        found.can_focus = False
        self._show("")

    def on_input_changed(self, changed: Input.Changed) -> None:
        """Each letter narrows the list."""
        self._show(changed.value)

    def _show(self, letters: str) -> None:
        found = self.query_one(ChannelList)
        found.items = matching(self._items, letters)
        found.cursor = 0
        found.opened = found.items[0].name if found.items else ""

    def action_move(self, lines: int) -> None:
        """Another line."""
        found = self.query_one(ChannelList)
        found.cursor = max(0, min(len(found.items) - 1, found.cursor + lines))
        found.opened = found.item.name if found.item else ""

    def on_input_submitted(self) -> None:
        """Go there."""
        self.dismiss(self.query_one(ChannelList).item)

    def on_channel_list_chosen(self, chosen: ChannelList.Chosen) -> None:
        """A click goes there too."""
        self.dismiss(chosen.item)

    def action_step_back(self) -> None:
        """Stay where we are."""
        self.dismiss(None)
