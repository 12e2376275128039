"""What would have pinged, and why; and what was set so that it does."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import ClassVar, Final, Protocol

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hobnob_client.attention.dry_run import LOOKED_MAX, Weighed, dry_run
from hobnob_client.attention.rule import How
from hobnob_client.catalogue import later, n, t
from hobnob_client.reading import Reader
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.attention_cards import Setting, looked_back, settings
from hobnob_client.tui.key_names import key_name
from hobnob_client.tui.rebinding import IN_FORCE
from hobnob_client.tui.screens.dialog import Dialog
from hobnob_client.tui.widgets.card_list import Card, CardList

DAYS: Final = 7
SHOWN_MAX: Final = 500
"""Messages that are listed: the newest."""
FEW_LINES: Final = 8
"""More of them are worth all the room there is."""
_CALLS: Final = later(
    "What mentions or answers you pings, and what is said to you alone. {key} in a channel lets "
    "more of it ping, or less."
)
_DAY_MS: Final = 86_400_000


class Sets(Protocol):
    """Who does what is asked for here."""

    def open(self, weighed: Weighed) -> object:
        """Go to a message."""
        ...

    def change(self, setting: Setting) -> object:
        """Set it otherwise."""
        ...

    def remove(self, setting: Setting) -> object:
        """Set it no more."""
        ...

    def add_keyword(self) -> object:
        """Ask for one."""
        ...


class AttentionScreen(Dialog[None]):
    """Two lists: last week, and what is set."""

    PANE = Pane.ATTENTION
    CSS = """
    AttentionScreen > #frame { width: 100; height: 96%; }
    AttentionScreen.-few > #frame { height: auto; }
    AttentionScreen #about { color: $text-muted; margin-bottom: 1; height: auto; }
    AttentionScreen CardList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.ATTENTION)]

    def __init__(self, reader: Reader, sets: Sets, now_ms: int, zone: tzinfo) -> None:
        super().__init__(t("What calls for you"))
        self._reader = reader
        self._sets = sets
        self._now_ms, self._zone = now_ms, zone
        self._found: list[Weighed] = []
        self._settings: tuple[Setting, ...] = ()
        self._looked = 0
        self._whole = False
        self._weighed = False
        self.sets_up = False
        """Is what is set shown, not last week?"""
        self._about = Static(id="about")
        self._list = CardList()

    def inside(self) -> ComposeResult:
        """What it is, then the list."""
        yield self._about
        yield self._list

    def on_mount(self) -> None:
        """Look back while the list is looked at."""
        self.show()
        self.weigh_again()

    def weigh_again(self) -> None:
        """Another wish: last week is weighed by it."""
        self.run_worker(self._weigh(), exclusive=True)

    async def _weigh(self) -> None:
        found: list[Weighed] = []
        self._looked, self._whole = 0, False
        for page in dry_run(self._reader, self._now_ms - DAYS * _DAY_MS, self._zone):
            found += (each for each in page if each.verdict.counts)
            self._looked += len(page)
            await asyncio.sleep(0)
            if self._looked >= LOOKED_MAX:
                break
        else:
            self._whole = True
        found.sort(key=lambda each: (each.message.at_ms, each.message.order), reverse=True)
        self._found, self._weighed = found[:SHOWN_MAX], True
        self.show()

    def show(self) -> None:
        """As it is now."""
        self._settings = settings(self._reader, self._now_ms, self._zone)
        if self.sets_up:
            self._put([setting.card for setting in self._settings])
            self._about.update(Content(t("What you have set; only your own devices can read it.")))
            week = {"other": t("Last week")}
            self.offer({"open", "remove", "keyword", "other", "close"}, week)
            return
        self._put(looked_back(self._reader, self._found, self._zone))
        self._about.update(Content(self._told()))
        offered = {"keyword", "other", "close", *(["open"] if self._found else ())}
        self.offer(offered, {"other": t("What you have set")})

    def _put(self, cards: Sequence[Card]) -> None:
        """Show these, in a frame no taller than it takes to see them."""
        lines = sum(len(card.lines) for card in cards)
        few = lines <= FEW_LINES
        self._list.styles.height = lines if few else "1fr"
        self._list.display = bool(lines)
        self.set_class(few, "-few")
        self._list.put(cards)

    def _told(self) -> str:
        pinged = sum(each.verdict.how is How.PING for each in self._found)
        held = len(self._found) - pinged
        if not self._weighed:
            return t("Looking back over the last {days} days …", days=DAYS)
        if not self._looked:
            return t("Nobody else has said anything in the last {days} days.", days=DAYS)
        told = n(
            "Of {count} message of the last {days} days",
            "Of {count} messages of the last {days} days",
            self._looked,
            days=DAYS,
        )
        told += ", " + n("{count} would have pinged.", "{count} would have pinged.", pinged)
        if held:
            told += " " + n(
                "{count} after your quiet hours.", "{count} after your quiet hours.", held
            )
        if not self._found:
            told += "\n\n" + t(_CALLS, key=key_name(IN_FORCE.named(Pane.TIMELINE, "level")[0]))
        if not self._whole and self._looked >= LOOKED_MAX:
            told += " " + t("There are more than were looked at.")
        return told

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions."""
        return {
            "up": lambda: self._move(-1),
            "down": lambda: self._move(1),
            "open": self._open,
            "remove": self._remove,
            "keyword": self._sets.add_keyword,
            "other": self._other,
            "close": lambda: self.dismiss(None),
        }

    def _move(self, entries: int) -> None:
        self._list.move(entries)

    def _other(self) -> None:
        self.sets_up = not self.sets_up
        self._list.cursor = 0
        self.show()

    @property
    def _setting(self) -> Setting | None:
        nth = self._list.cursor
        return self._settings[nth] if self.sets_up and nth < len(self._settings) else None

    def _open(self) -> None:
        setting, nth = self._setting, self._list.cursor
        if setting is not None:
            self._sets.change(setting)
        elif not self.sets_up and nth < len(self._found):
            weighed = self._found[nth]
            self.dismiss(None)
            self._sets.open(weighed)

    def _remove(self) -> None:
        setting = self._setting
        if setting is None:
            self.notify(t("Tab leads to what you have set; x takes one of it away."), markup=False)
        elif not setting.is_set:
            self.notify(t("Nothing is set there."), markup=False)
        else:
            self._sets.remove(setting)
