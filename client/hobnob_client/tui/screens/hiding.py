"""One's own badges, each to be shown to others or to nobody; what is changed holds at once."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hobnob_client import term_safe
from hobnob_client.catalogue import t
from hobnob_client.recognition import words
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.screens.dialog import Dialog
from hobnob_client.tui.widgets.card_list import Card, CardList
from hobnob_protocol.questions import Badge

SHOWN: Final = "◆"
HIDDEN: Final = "◇"


class HidingScreen(Dialog[None]):
    """`hidden` says which are by their rules, `turn` hides one or shows it again."""

    PANE = Pane.BADGES
    CSS = """
    HidingScreen > #frame { width: 74; height: 90%; max-height: 24; }
    HidingScreen #about { color: $text-muted; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.BADGES)]

    def __init__(
        self,
        badges: Sequence[Badge],
        hidden: Callable[[], frozenset[str]],
        turn: Callable[[str], object],
    ) -> None:
        super().__init__(t("Your badges"))
        self._badges = tuple(badges)
        self._hidden = hidden
        self._turn = turn
        self._list = CardList()

    def inside(self) -> ComposeResult:
        """What can be done, and the badges."""
        yield Static(Content(t("Of a hidden one only you know that you have it.")), id="about")
        yield self._list

    def on_mount(self) -> None:
        """As they are."""
        self.show()

    def show(self) -> None:
        """As they are now."""
        hidden = self._hidden()
        self._list.put([_card(each, each.rule in hidden) for each in self._badges])

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions."""
        return {
            "up": lambda: self._list.move(-1),
            "down": lambda: self._list.move(1),
            "toggle": self._toggle,
            "close": lambda: self.dismiss(None),
        }

    def _toggle(self) -> None:
        card = self._list.card
        if card is not None:
            self._turn(card.key.decode())


def _card(badge: Badge, hidden: bool) -> Card:
    name = term_safe.line(words.badge_name(badge))
    return Card(
        badge.rule.encode(),
        f"{HIDDEN if hidden else SHOWN} {name}",
        (term_safe.line(words.badge_counts(badge)),),
        side=t("hidden") if hidden else t("shown to all"),
    )
