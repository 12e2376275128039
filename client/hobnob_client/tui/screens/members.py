"""Who is in a place, beside what is said there: in private with the devices that can read it."""

from collections.abc import Callable
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from hobnob_client.membership import MemberLine
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import bindings
from hobnob_client.tui.member_cards import of_members
from hobnob_client.tui.roll import Roll, lacking, offered
from hobnob_client.tui.screens.dialog import Dialog
from hobnob_client.tui.widgets.card_list import CardList
from hobnob_protocol.limits import WHO_PACE_MS

LOOK_SECONDS: Final = WHO_PACE_MS / 1_000
Act = Callable[[str, MemberLine | None], object]
"""Does what was asked for, by the action's id, upon the selected member."""


class MembersScreen(Dialog[None]):
    """Shows what `read` says, anew whenever something has changed, and lets `act` do the rest;
    `look` is told as long as somebody looks."""

    PANE = Pane.MEMBERS
    CSS = """
    MembersScreen { align: right middle; }
    MembersScreen > #frame { width: 56; height: 100%; max-height: 100%; padding: 0 1; }
    MembersScreen #about { color: $text-muted; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Pane.MEMBERS)]

    def __init__(self, read: Callable[[], Roll], act: Act, look: Callable[[], object]) -> None:
        self._read = read
        self._roll = read()
        super().__init__(self._roll.title)
        self._act = act
        self._look = look
        self._about = Static(id="about")
        self._list = CardList()

    def inside(self) -> ComposeResult:
        """What one should know, then everybody."""
        yield self._about
        yield self._list

    def on_mount(self) -> None:
        """All of them."""
        self.show()
        self._look()
        self.set_interval(LOOK_SECONDS, self._look)

    def show(self) -> None:
        """As it is now."""
        self._roll = self._read()
        self._about.update(Content(self._roll.about))
        self._list.put(of_members(self._roll.members, private=self._roll.private))
        self._offer()

    @property
    def member(self) -> MemberLine | None:
        """Who is selected."""
        members = self._roll.members
        return members[self._list.cursor] if self._list.cursor < len(members) else None

    def does(self) -> dict[str, Callable[[], object]]:
        """See the table of actions."""
        most = len(self._roll.members)
        return {
            "up": lambda: self._move(-1),
            "down": lambda: self._move(1),
            "first": lambda: self._move(-most),
            "last": lambda: self._move(most),
            "close": lambda: self.dismiss(None),
        }

    def action_act(self, action: str) -> None:
        """What it does not do itself is for whoever opened it."""
        own = self.does().get(action)
        if own is not None:
            own()
        elif action in offered(self._roll, self.member):
            self._act(action, self.member)
        else:
            self.notify(lacking(action, self._roll, self.member), markup=False)

    def _move(self, entries: int) -> None:
        self._list.move(entries)
        self._offer()

    def _offer(self) -> None:
        self.offer(offered(self._roll, self.member))
