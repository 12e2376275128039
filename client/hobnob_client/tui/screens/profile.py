"""A profile: who somebody is, and what they said last."""

from collections.abc import Callable, Sequence
from datetime import date, tzinfo
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from hobnob_client.catalogue import t
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.rooms.cards import cards, when
from hobnob_client.tui.rooms.line import Line
from hobnob_client.tui.rooms.person import Person
from hobnob_client.tui.screens.dialog import Dialog
from hobnob_client.tui.titles import ONLINE
from hobnob_client.tui.widgets.card_list import CardList
from hobnob_protocol.value import value

AGAIN_SECONDS: Final = 1.0
"""What comes while it is open is looked at once more at most so often."""


@value
class Left:
    """How one has left a profile: to do `action`, upon a message or upon the person."""

    action: str
    line: Line | None = None


class ProfileScreen(Dialog[Left]):
    """Ends with what to do, or None."""

    PANE = Pane.PROFILE
    CSS = """
    ProfileScreen { align: right middle; }
    ProfileScreen > #frame { width: 70; height: 100%; max-height: 100%; padding: 0 1; }
    ProfileScreen #known { height: auto; max-height: 60%; scrollbar-size: 1 1; }
    ProfileScreen.-silent #known { max-height: 70%; }
    ProfileScreen.-silent CardList { display: none; }
    ProfileScreen #facts.-alarm { color: $text-error; text-style: bold; }
    ProfileScreen #last { color: $text-muted; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.PROFILE)]

    def __init__(
        self,
        look: Callable[[], Person],
        zone: tzinfo,
        today: date,
        is_online: Callable[[], bool],
    ) -> None:
        """`look` tells who they are, as far as that is known by then."""
        self._look = look
        self._person = look()
        self._waits = False
        super().__init__(self._person.name)
        self._where = (zone, today)
        self._is_online = is_online
        self._badges: tuple[str, ...] = ()
        self._facts = Static(id="facts")
        self._known = VerticalScroll(self._facts, id="known", can_focus=False)
        self._last = Static(id="last")
        self._list = CardList()

    def inside(self) -> ComposeResult:
        """What is known, as much of it as leaves room for what they said; then that."""
        yield self._known
        yield self._last
        yield self._list

    def badges(self, lines: Sequence[str]) -> None:
        """What the hub has told of them since, safe to draw."""
        self._badges = tuple(lines)
        if self.is_mounted:
            self._draw()

    def on_mount(self) -> None:
        """All of it."""
        self._draw()

    def show(self) -> None:
        """Something has come, or what had come can be found: more may be known."""
        self._draw()
        if not self._waits:
            self._waits = True
            self.set_timer(AGAIN_SECONDS, self._look_again)

    def _look_again(self) -> None:
        self._waits = False
        before, self._person = self._person, self._look()
        if self._person != before:
            self._draw()
            self.call_after_refresh(self._lay)

    def _draw(self) -> None:
        person, facts = self._person, [*self._person.facts, *self._badges]
        if self._is_online():
            facts.insert(0, t(ONLINE))
        if person.joined_ms:
            facts.append(t("here since {day}", day=when(person.joined_ms, *self._where)))
        said = t("What they said last:") if person.said else t("They have said nothing yet.")
        self._last.update(Content(said))
        self.set_class(not person.said, "-silent")
        self._facts.update(Content("\n".join(facts)))
        self._facts.set_class(person.alarm, "-alarm")
        self.call_after_refresh(self._offer)

    def _offer(self) -> None:
        """The keys that do something here."""
        upon = ("fill_in",) if self._person.is_me else ("confide", "compare")
        if self._person.is_me and self._badges:
            upon = ("fill_in", "hide_badge")
        more = ("page_down",) if self._known.max_scroll_y else ()
        go = ("go",) if self._person.said else ()
        self.offer((*go, *upon, *more, "close"))

    def _lay(self) -> None:
        self._list.put(cards(self._person.said, self._list.size.width, *self._where))
        self._offer()

    def on_resize(self) -> None:
        """Laid out anew."""
        super().on_resize()
        self.call_after_refresh(self._lay)

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions."""
        return {
            "up": lambda: self._move(-1),
            "down": lambda: self._move(1),
            "page_up": lambda: self._known.scroll_page_up(animate=False),
            "page_down": lambda: self._known.scroll_page_down(animate=False),
            "go": self._go,
            "confide": lambda: self.dismiss(Left("confide")),
            "compare": lambda: self.dismiss(Left("compare")),
            "fill_in": self._fill_in,
            "hide_badge": self._hide_badge,
            "close": lambda: self.dismiss(None),
        }

    def _move(self, by: int) -> None:
        """In what they said; where they said nothing, in what is known."""
        if self._person.said:
            self._list.move(by)
        else:
            self._known.scroll_relative(y=by, animate=False)

    def _fill_in(self) -> None:
        if self._person.is_me:
            self.dismiss(Left("fill_in"))

    def _hide_badge(self) -> None:
        if self._person.is_me and self._badges:
            self.dismiss(Left("hide_badge"))

    def _go(self) -> None:
        nth = self._list.cursor
        if nth < len(self._person.said):
            self.dismiss(Left("go", self._person.said[nth]))
