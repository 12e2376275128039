"""A room on the screen: what it is, how it stands, and its entries."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from hobnob_client.tui.action import Needs, Pane
from hobnob_client.tui.actions import Does, act, bindings, of
from hobnob_client.tui.titles import Title
from hobnob_client.tui.widgets.card_list import Card, CardList
from hobnob_client.tui.widgets.head import Head
from hobnob_client.tui.widgets.key_footer import QUIT
from hobnob_client.tui.widgets.leaving import tells_how

ROOM_GUTTER_CELLS: Final = 1
"""Before an entry, where its mark stands."""
_NEEDS: Final = {action.id: action.needs for action in of(Pane.ROOM)}


Offers = Callable[[bytes], frozenset[Needs]]
"""What an entry is, by its key, and its room; of the room alone where the key is empty: which
actions act there."""


def nothing(_: bytes) -> frozenset[Needs]:
    """It is but an entry."""
    return frozenset()


class RoomList(CardList, can_focus=True):
    """The entries; Enter leads to where one belongs."""

    PANE: ClassVar[Pane] = Pane.ROOM
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.ROOM)]
    DOES: ClassVar[Does] = {
        "up": lambda entries: entries.move(-1),
        "down": lambda entries: entries.move(1),
        "page_up": lambda entries: entries.move(-max(1, entries.size.height // 2)),
        "page_down": lambda entries: entries.move(max(1, entries.size.height // 2)),
        "first": lambda entries: entries.move(-len(entries.cards)),
        "last": lambda entries: entries.move(len(entries.cards)),
    }

    def __init__(self) -> None:
        super().__init__()
        self.rests = False
        """Has nobody pressed a key here since it was given the keys by itself?"""
        self._offers: Offers = nothing
        self._offered: frozenset[Needs] = frozenset()

    def offer(self, offers: Offers) -> None:
        """What the entry under the cursor is, beside an entry, is told by this."""
        self._offers = offers
        self._offer()

    def watch_cursor(self) -> None:
        """Upon another entry other keys may act."""
        self._offer()

    def _offer(self) -> None:
        card = self.card
        offered = self._offers(card.key if card is not None else b"")
        if offered != self._offered:
            self._offered = offered
            self.refresh_bindings()

    def fits(self, needs: Needs) -> bool:
        """Is that there upon which an action acts?"""
        if needs in (Needs.NOTHING, Needs.MESSAGE):
            return needs is Needs.NOTHING or self.card is not None
        return needs in self._offered

    @property
    def way_out(self) -> str:
        """One step back from here leads out of hobnob."""
        return QUIT

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what acts upon an entry only where there is one."""
        found = _NEEDS.get(str(parameters[0])) if action == "act" and parameters else None
        return found is None or self.fits(found)

    def on_key(self, event: events.Key) -> None:
        """A key that can do nothing now says why."""
        self.rests = False
        meant = [each for each in of(Pane.ROOM) if event.key in each.keys]
        for each in meant:
            if not self.fits(each.needs):
                event.stop()
                self.action_act(each.id)
        if not meant:
            tells_how(self, event)

    def put(self, cards: Sequence[Card]) -> None:
        """Show these; with the first and without the last other keys act. Who looks on from
        elsewhere, or has pressed no key here yet, and has not walked down sees what comes above the
        first."""
        had = self.card is not None
        looks_on = self.rests or not self.has_focus
        on_top = looks_on and all(each.is_heading for each in self.cards[: self.cursor])
        super().put(cards)
        if on_top:
            self.cursor = next((n for n, each in enumerate(self.cards) if not each.is_heading), 0)
        self._offer()
        if had != (self.card is not None):
            self.refresh_bindings()

    def action_act(self, action: str) -> None:
        """An action of the table."""
        act(self, self.DOES, action)

    def jumps(self) -> list[tuple[int, Callable[[], None]]]:
        """Where letters may lead: the line of each entry that is seen, and what goes there."""

        def go(nth: int) -> None:
            self.cursor = nth
            self.focus()

        return [
            (y, partial(go, nth))
            for y, (nth, row) in enumerate(self.seen())
            if not (row or self.cards[nth].is_heading)
        ]

    def on_click(self, event: events.Click) -> None:
        """A click selects, another one goes there; each entry can be reached by keys too."""
        seen = self.seen()
        if event.y < len(seen) and not self.cards[seen[event.y][0]].is_heading:
            self.cursor = seen[event.y][0]
            if event.chain > 1:
                self.action_act("go_there")


Laid = Callable[[Size], Sequence[Card]]
"""The entries, laid out for so much room."""


class RoomPane(Vertical):
    """A head line, what is to be known of the room, and its entries."""

    DEFAULT_CSS = """
    RoomPane {
        width: 1fr;
        /* A line is read from its name to its count: no further than an eye goes. */
        & > RoomList { max-width: 110; }
        & > .about {
            max-width: 110; height: auto; margin-bottom: 1; padding: 0 1; color: $text-muted;
        }
    }
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._head = Head(ROOM_GUTTER_CELLS)
        self._about = Static(classes="about")
        self._laid: Laid = lambda _room: ()
        self.entries = RoomList()

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self._head
        yield self._about
        yield self.entries

    def show(self, name: str, about: str, laid: Laid, offers: Offers = nothing) -> None:
        """Show a room, or the same one as it is now; `name` and `about` are safe to draw."""
        self._head.title = Title(name)
        self._about.update(Content(about))
        self._laid = laid
        self.entries.put(laid(self.entries.size))
        self.entries.offer(offers)

    def on_descendant_focus(self) -> None:
        """The keys go to the entries, also where there is none to show it."""
        self._head.has_keys = self._head.within = True

    def on_descendant_blur(self) -> None:
        """They go elsewhere."""
        self._head.has_keys = self._head.within = self.entries.has_focus

    def on_resize(self) -> None:
        """What stands there has another width."""
        self.call_after_refresh(lambda: self.entries.put(self._laid(self.entries.size)))
