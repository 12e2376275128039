"""What one does about who reads with one: private groups, and the members of a place."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from hobnob_client import grouping
from hobnob_client.catalogue import later, t
from hobnob_client.conversing import first_event
from hobnob_client.membership import MemberLine
from hobnob_client.reading import ConversationLine
from hobnob_client.tui import roll
from hobnob_client.tui.action import Needs
from hobnob_client.tui.listing import place_name
from hobnob_client.tui.roll import Roll
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.attempt import attempt
from hobnob_client.tui.screens.dialog import ask
from hobnob_client.tui.screens.doing import Does, simply
from hobnob_client.tui.screens.lacking import words as lacks
from hobnob_client.tui.widgets.channel_list import ChannelList
from hobnob_client.typed import cleaned
from hobnob_protocol.ids import AccountId, StreamId
from hobnob_protocol.kind import Body
from hobnob_protocol.limits import CONVERSATION_MEMBERS_MAX, TITLE_TEXT_MAX
from hobnob_protocol.sealing.group import ADD, PROMOTE, REMOVE
from hobnob_sync.opened import is_conversation

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

_TITLE: Final = later("Its members alone see it.")


class Talks:
    """The talks of one screen."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._reader = screen.reader
        self.does: Does = {
            "group": simply(self.begin_group),
            "who": lambda asked: self.who(asked.pane),
        }

    def others(self, stream: StreamId) -> tuple[AccountId, ...]:
        """Who beside oneself reads a conversation."""
        line = self._screen.listing.conversation(stream)
        return () if line is None else line.others

    def is_stopped(self, stream: StreamId) -> bool:
        """Stop where somebody reads a conversation who is not who they seem; is it so?"""
        return is_conversation(stream) and self._screen.comparing.stopped(self.others(stream))

    def beginning(self, stream: StreamId) -> Body | None:
        """What must be said first in a place; None where nothing must."""
        line = self._screen.listing.conversation(stream) if is_conversation(stream) else None
        return None if line is None else first_event(self._reader, line)

    # Groups.

    def begin_group(self) -> None:
        """Ask with whom, then how it is called."""
        said = t(
            "Its members alone read what is said in it, the hub cannot. Whom does it begin with?"
        )
        self._pick(t("Begin a private group"), said, (self._reader.me,), self._entitle)

    def _entitle(self, accounts: tuple[AccountId, ...]) -> None:
        # Nobody waits at the start for what few open.
        from hobnob_client.tui.screens.line import LineScreen

        def done(title: str | None) -> None:
            if title is not None:
                attempt(self._screen, self._begin(accounts, title))

        said = t(_TITLE) + " " + t("Without one it is called by its members.")
        dialog = LineScreen(
            t("A title for the group"),
            said,
            t("Title, or nothing"),
            text_max=TITLE_TEXT_MAX,
            needed=False,
        )
        ask(app_of(self._screen), dialog, done)

    async def _begin(self, accounts: tuple[AccountId, ...], title: str) -> None:
        author = self._screen.engine.device.author
        stream, change = grouping.begun(self._reader, accounts, author)
        await self._screen.engine.compose(stream, change)
        if title := _line(title):
            await self._screen.engine.compose(stream, grouping.titled(stream, title))
        self._screen.listing.changed((stream,))
        self._screen.entering.open_channel(stream)
        self._screen.show_list()
        self._screen.framing.write_in_channel()

    # Who is there.

    def who(self, pane: object) -> None:
        """Who is in the place that is selected in the list, or else that is open and seen."""
        item = pane.item if isinstance(pane, ChannelList) else None
        place = self._screen.channel.place
        stream = item.stream if item is not None and item.opens else None
        if stream is None and self._screen.rooms.room is not None:
            # What is open lies behind it.
            self._screen.tell(lacks(Needs.TALK, None))
            return
        stream = stream or (None if place is None else place.stream)
        if stream is None:
            self._screen.tell(t("Nothing is open yet."))
            return
        read, act = partial(self._roll, stream), partial(self._act, stream)
        look = partial(self._screen.nearby.look, stream)
        from hobnob_client.tui.screens.members import MembersScreen

        app_of(self._screen).push_screen(MembersScreen(read, act, look))

    def _roll(self, stream: StreamId) -> Roll:
        present = self._screen.engine.presence.present(stream)
        if not is_conversation(stream):
            return roll.with_presence(roll.of_channel(self._reader, stream), present)
        found = roll.of_conversation(self._reader, self._line(stream))
        return roll.with_presence(found, present)

    def _line(self, stream: StreamId) -> ConversationLine:
        return self._screen.listing.conversation(stream) or self._reader.conversation(stream)

    def _act(self, stream: StreamId, action: str, member: MemberLine | None) -> None:
        """What is done in the list of members."""
        if action == "title":
            self._retitle(stream)
        elif action == "quit_group":
            self._leave(stream)
        elif action == "add":
            self._add(stream)
        elif member is None:
            return
        elif action == "compare":
            self._screen.comparing.compare(member.account)
        elif action == "confide":
            app_of(self._screen).pop_screen()
            self._screen.write_to(member.account)
        elif action == "remove":
            self._remove(stream, member)
        elif action == "promote":
            self._promote(stream, member)

    def _add(self, stream: StreamId) -> None:
        there = self._line(stream)
        said = t("They read what is said from now on, and nothing from before. Who comes?")
        known = (self._reader.me, *there.others)

        def picked(accounts: tuple[AccountId, ...]) -> None:
            attempt(self._screen, self._change(stream, ADD, accounts))

        self._pick(
            t("Add to {place}", place=place_name(self._reader, stream)),
            said,
            known,
            picked,
        )

    def _remove(self, stream: StreamId, member: MemberLine) -> None:
        self._sure(
            t("Put out {handle}?", handle=_called(member)),
            t(
                "They read nothing that is said from now on. What they have read stays with them, "
                "and the others see that you did it."
            ),
            lambda: self._change(stream, REMOVE, (member.account,)),
        )

    def _promote(self, stream: StreamId, member: MemberLine) -> None:
        self._sure(
            t("Make {handle} an admin?", handle=_called(member)),
            t("They may then add and put out members, you too. It cannot be taken back."),
            lambda: self._change(stream, PROMOTE, (member.account,)),
        )

    def _leave(self, stream: StreamId) -> None:
        self._sure(
            t("Leave {place}?", place=place_name(self._reader, stream)),
            t(
                "You read nothing of it any more, and what was kept of it on your devices goes. "
                "An admin can let you in again."
            ),
            lambda: self._gone(stream),
        )

    async def _gone(self, stream: StreamId) -> None:
        author = self._screen.engine.device.author
        await self._say(stream, grouping.left(self._reader, self._line(stream), author))
        from hobnob_client.tui.screens.members import MembersScreen

        if isinstance(app_of(self._screen).screen, MembersScreen):
            app_of(self._screen).pop_screen()
        self._screen.tell(t("You leave it as soon as the hub has heard of it."))

    async def _change(self, stream: StreamId, act: int, accounts: tuple[AccountId, ...]) -> None:
        author = self._screen.engine.device.author
        change = grouping.changed(self._reader, self._line(stream), act, accounts, author)
        await self._say(stream, change)

    def _retitle(self, stream: StreamId) -> None:
        # Nobody waits at the start for what few open.
        from hobnob_client.tui.screens.line import LineScreen

        there = self._line(stream)

        def done(title: str | None) -> None:
            if title is not None and _line(title):
                attempt(self._screen, self._say(stream, grouping.titled(stream, _line(title))))

        dialog = LineScreen(
            t("A title for {place}", place=place_name(self._reader, stream)),
            t(_TITLE),
            t("Title"),
            text_max=TITLE_TEXT_MAX,
            value=there.title,
        )
        ask(app_of(self._screen), dialog, done)

    # Helping out.

    def _pick(
        self,
        title: str,
        said: str,
        there: tuple[AccountId, ...],
        then: Callable[[tuple[AccountId, ...]], None],
    ) -> None:
        from hobnob_client.tui.screens.switcher import members

        people = [item for item in members(self._reader) if item.account not in there]

        def done(accounts: tuple[AccountId, ...] | None) -> None:
            if accounts and not self._screen.comparing.stopped(accounts):
                then(accounts)

        most = CONVERSATION_MEMBERS_MAX - len(there)
        from hobnob_client.tui.screens.picker import PickerScreen

        ask(app_of(self._screen), PickerScreen(title, said, people, most), done)

    def _sure(self, title: str, said: str, then: Callable[[], Awaitable[None]]) -> None:
        def done(yes: bool | None) -> None:
            if yes:
                attempt(self._screen, then())

        from hobnob_client.tui.screens.confirm import ConfirmScreen

        ask(app_of(self._screen), ConfirmScreen(title, said), done)

    async def _say(self, stream: StreamId, body: Body) -> None:
        await self._screen.engine.compose(stream, body)


def _line(text: str) -> str:
    return " ".join(cleaned(text).split())


def _called(member: MemberLine) -> str:
    """Somebody by their handle, safe to draw."""
    from hobnob_client.tui.screens.compare import called

    return called(member.handle)
