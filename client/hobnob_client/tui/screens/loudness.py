"""How loud a place is: one line for each that can be chosen, timed ones among them."""

from collections.abc import Callable
from datetime import tzinfo
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hobnob_client.attention import until
from hobnob_client.attention.wishes import Level, Wish
from hobnob_client.catalogue import later, t
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.screens.dialog import Dialog
from hobnob_client.tui.widgets.card_list import Card, CardList
from hobnob_protocol.value import value


@value
class Loudness:
    """One that can be chosen: a level, None for what holds without; muted for a `while_`, as
    `until` reads it, where that is not empty."""

    level: Level | None
    while_: str
    head: str
    about: str


CHOICES: Final = (
    Loudness(Level.ALL, "", later("All"), later("whatever is said there pings")),
    Loudness(
        Level.MENTIONS, "", later("Mentions"), later("mentions, answers and your keywords ping")
    ),
    Loudness(Level.NOTHING, "", later("Nothing"), later("muted until you undo it")),
    Loudness(None, "1h", later("Nothing for 1 hour"), ""),
    Loudness(None, "8h", later("Nothing for 8 hours"), ""),
    Loudness(None, "tomorrow", later("Nothing until tomorrow"), ""),
    Loudness(None, "monday", later("Nothing until Monday"), ""),
    Loudness(None, "", later("As anywhere else"), later("what holds where nothing is set")),
)


def chosen(wish: Wish, now_ms: int) -> Loudness | None:
    """Which of them holds; None where it is muted for a while."""
    if wish.muted:
        return CHOICES[2]
    if wish.until_ms > now_ms:
        return None
    return next(each for each in CHOICES if each.level is wish.level and not each.while_)


class LoudnessScreen(Dialog[Loudness]):
    """Ends with what was chosen, or None. `name` is how the place is called, safe to draw."""

    PANE = Pane.LOUDNESS
    CSS = """
    LoudnessScreen #now { color: $text-muted; margin-bottom: 1; }
    LoudnessScreen CardList { height: 8; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.LOUDNESS)]

    def __init__(
        self, name: str, wish: Wish, now_ms: int, zone: tzinfo, more: Callable[[], object]
    ) -> None:
        super().__init__(t("What pings in {place}", place=name))
        self._wish = wish
        self._now_ms, self._zone = now_ms, zone
        self._more = more
        self._list = CardList()

    def inside(self) -> ComposeResult:
        """How it is, then what it can be."""
        yield Static(Content(self._now()), id="now")
        yield self._list

    def _now(self) -> str:
        if self._wish.until_ms > self._now_ms and not self._wish.muted:
            ends = until.words(self._wish.until_ms, self._now_ms, self._zone)
            return t("Muted until {time}.", time=ends)
        return t("Only your own devices know what you set here.")

    def on_mount(self) -> None:
        """What holds is marked, and under the cursor."""
        holds = chosen(self._wish, self._now_ms)
        self._list.put([_card(nth, each, each is holds) for nth, each in enumerate(CHOICES)])
        self._list.cursor = CHOICES.index(holds) if holds is not None else len(CHOICES) - 1

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions."""
        return {
            "up": lambda: self._list.move(-1),
            "down": lambda: self._list.move(1),
            "choose": lambda: self.dismiss(CHOICES[self._list.cursor]),
            "more": self._leave,
            "close": lambda: self.dismiss(None),
        }

    def _leave(self) -> None:
        self.dismiss(None)
        self._more()


def _card(nth: int, each: Loudness, holds: bool) -> Card:
    about = f" · {t(each.about)}" if each.about else ""
    return Card(bytes((nth,)), f"{'●' if holds else '○'} {t(each.head)}{about}")
