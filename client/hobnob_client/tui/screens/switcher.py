"""Go to a channel by some letters of its name, or after an @ to a member: what is unread comes
first."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.fuzzy import Matcher
from textual.widgets import Input

from hobnob_client.catalogue import later, t
from hobnob_client.reading import Reader
from hobnob_client.term_safe import name as safe_name
from hobnob_client.tui import blank
from hobnob_client.tui.blank import Listed, Why
from hobnob_client.tui.punctual_screen import PunctualModal
from hobnob_client.tui.widgets.channel_list import ChannelList, Item
from hobnob_client.tui.widgets.field import Field
from hobnob_sync.opened import is_conversation

_KEYS: Final = later("Enter Go · Esc Back")


SHOWN_MAX: Final = 50
"""Members offered at a time; a letter more narrows them."""


def members(reader: Reader) -> tuple[Item, ...]:
    """Everybody one may write to: not oneself, and whom one has blocked."""
    kept = reader.kept().blocked
    found = [
        Item(account.hex(), f"@{safe_name(reader.handle(account), '')}", account=account)
        for account, _ in reader.everybody()
        if account != reader.me and account not in kept
    ]
    return tuple(sorted(found, key=lambda item: item.label))


def matching(items: Sequence[Item], letters: str, people: Sequence[Item] = ()) -> tuple[Item, ...]:
    """The items whose label has the letters: those that begin so before the rest, in both the
    unread first, then the best; without letters mentions and unread first.

    After an @ the `people` whose handle has them: whose begins so come first, and with whom one
    talks already before the others."""
    items = [item for item in items if not item.is_heading]
    if letters.strip().startswith("@"):
        return _addressed(items, letters.strip().lower(), people)
    if not letters.strip():
        return tuple(sorted(items, key=_need))
    wanted = letters.strip().lstrip("#").lower()
    matcher = Matcher(wanted)
    scored = [(matcher.match(item.label), nth, item) for nth, item in enumerate(items)]
    best = sorted((_rank(item, wanted), -score, nth) for score, nth, item in scored if score > 0)
    return tuple(items[nth] for *_, nth in best)


def _need(item: Item) -> tuple[bool, int, bool, int]:
    """Rooms hold what is told of elsewhere already, so they stand last."""
    return bool(item.room), -item.mentions, item.muted, -item.unread


def _rank(item: Item, wanted: str) -> tuple[bool, bool]:
    """What is called so stands before what only has the letters, in both the unread first."""
    begins = item.label.lstrip("#⌂&@/").lower().startswith(wanted)
    return not begins, item.muted or not item.unread


def _addressed(items: list[Item], handle: str, people: Sequence[Item]) -> tuple[Item, ...]:
    talks = [item for item in items if item.stream is not None and is_conversation(item.stream)]
    known = {item.label for item in talks}
    found = [*talks, *(item for item in people if item.label not in known)]
    within = [item for item in found if handle[1:] in item.label.lower()]
    first = sorted(within, key=lambda item: not item.label.lower().startswith(handle))
    return tuple(first[:SHOWN_MAX])


class SwitcherScreen(PunctualModal[None]):
    """Does `then` with the chosen item, unless one steps back."""

    CSS = """
    SwitcherScreen { align: center top; }
    #switcher { width: 50; max-width: 96%; height: 18; max-height: 90%; margin-top: 2;
        border: round $accent; background: $surface; }
    #switcher Input { border: none; height: 1; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "step_back", later("Back")),
        Binding("enter", "go", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("ctrl+p", "look_for", show=False, priority=True),
    ]

    def __init__(
        self,
        items: Sequence[Item],
        people: Sequence[Item],
        then: Callable[[Item], None],
        letters: str = "",
        title: str = "",
        palette: Callable[[str], object] | None = None,
    ) -> None:
        """`letters` are as if typed already; `people` are offered after an @; `title` says what one
        chooses for, where it is not to go there; `palette` looks for the letters among all that can
        be done."""
        super().__init__()
        self._items = tuple(items)
        self._people = tuple(people)
        self._letters = letters
        self._shown = letters
        self._then = then
        self._title = title
        self._palette = palette

    def compose(self) -> ComposeResult:
        """The field above the list."""
        with Vertical(id="switcher") as box:
            title = t("Write to") if self._letters else t("Go to")
            box.border_title = Content(self._title or title)
            box.border_subtitle = Content(t(_KEYS))
            places = t("letters of its name")
            either = t("letters of its name, or @ and a handle")
            hint = either if self._people or not self._title else places
            yield Field(hint, value=self._letters)
            yield ChannelList()

    def on_mount(self) -> None:
        """All channels, until letters are typed."""
        found = self.query_one(ChannelList)
        found.can_focus = False
        self._show(self._letters)

    def on_input_changed(self) -> None:
        """Each letter narrows the list."""
        self._narrow()

    def _narrow(self) -> None:
        """Have the list as the letters say that stand in the field, told of it or not yet."""
        letters = self.query_one(Input).value
        if letters != self._shown:
            self._show(letters)

    def _show(self, letters: str) -> None:
        self._shown = letters
        found = self.query_one(ChannelList)
        found.items = matching(self._items, letters, self._people)
        places = Listed.CHOICES if self._title else Listed.PLACES
        listed = Listed.PEOPLE if letters.strip().startswith("@") else places
        narrowed = Why.FILTERED if letters.strip(" @") else Why.EMPTY
        found.blank = "" if found.items else blank.said(listed, narrowed)
        found.cursor = 0
        found.opened = found.items[0].name if found.items else ""

    def action_move(self, lines: int) -> None:
        """Another line, once the field has what was typed before."""
        self.query_one(Field).call_later(self._move, lines)

    def _move(self, lines: int) -> None:
        self._narrow()
        found = self.query_one(ChannelList)
        found.cursor = max(0, min(len(found.items) - 1, found.cursor + lines))
        found.opened = found.item.name if found.item else ""

    def on_input_submitted(self) -> None:
        """For whoever submits the field itself."""
        self.action_go()

    def action_go(self) -> None:
        """Go there, once the field has what was typed before; where nothing is called so one goes
        on typing."""
        self.query_one(Field).call_later(self._go)

    def _go(self) -> None:
        self._narrow()
        self._chosen(self.query_one(ChannelList).item)

    def _chosen(self, item: Item | None) -> None:
        if item is not None and self.is_active:
            self.dismiss(None)
            # At once: the next key belongs there already.
            self._then(item)

    def on_channel_list_chosen(self, chosen: ChannelList.Chosen) -> None:
        """A click goes there too."""
        self._chosen(chosen.item)

    def action_look_for(self) -> None:
        """What no place is called may be something to do, as is said where nothing is found."""
        letters = self.query_one(Field).value.strip()
        if self._palette is not None and self.is_active:
            self.dismiss(None)
            self._palette(letters)

    def action_step_back(self) -> None:
        """Stay where we are."""
        self.dismiss(None)
