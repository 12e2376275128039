"""Requests for help on the first screen: asked of the hub when something may have changed, the last
ones shown with their time while it is away, and what one does with them.

The hub takes nothing back and tells of nothing by itself: so it hears some seconds later what one
does (`z` undoes it until then), and is asked now and then, more often while one looks on.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from hobnob_client import term_safe, time_of_day
from hobnob_client.catalogue import later, n, t
from hobnob_client.news import News
from hobnob_client.private_keeping import LEAVING_SECONDS
from hobnob_client.requests import asking, deeds, delivering, kept, sending, words
from hobnob_client.requests.deeds import NEXT, Deed
from hobnob_client.requests.delivering import Told
from hobnob_client.requests.noted import note_of, read_of
from hobnob_client.tui.action import Needs
from hobnob_client.tui.rooms import requests
from hobnob_client.tui.rooms.cards import when
from hobnob_client.tui.rooms.contents import Contents, Standing
from hobnob_client.tui.rooms.line import Line
from hobnob_client.tui.rooms.requests import Entry, Known
from hobnob_client.tui.rooms.room import EMPTY, Room
from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.screens.announcing import Announcing
from hobnob_client.tui.screens.attempt import attempt
from hobnob_client.tui.screens.doing import Asked, Does, simply
from hobnob_client.tui.screens.inquiring import (
    IDLE_SECONDS,
    LOOKING_SECONDS,
    WAITING_SECONDS,
    Inquiring,
)
from hobnob_client.tui.voice import REGRET_SECONDS, Regret
from hobnob_protocol.ids import AccountId, StreamId, user_stream
from hobnob_protocol.kinds.trust import Accept
from hobnob_protocol.request_questions import Request, RequestsAnswer

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

_DOING: Final = {
    "accept": later("agreeing to help"),
    "decline": later("declining"),
    "withdraw": later("taking back"),
    "meet": later("having met"),
    "helped": later("having been helped"),
    "not_helped": later("not having been helped"),
    "dismiss": later("marking as done"),
    NEXT: later("asking the next one"),
}
"""What one undoes."""
_DONE: Final = {
    "accept": later("You help {name}, who sees it in a moment; Enter writes to them, z undoes it."),
    "decline": later("You have declined {name}, who is not told; z undoes it."),
    "withdraw": later("What you asked {name} is taken back; z undoes it."),
    "meet": later("You and {name} have met; z undoes it."),
    "helped": later("{name} has helped you; z undoes it."),
    "not_helped": later("It did not help, and {name} is not told; z undoes it."),
    "dismiss": later("You are reminded of {name} no more; z undoes it."),
    NEXT: later("{name} is asked in a moment, with the same note; z undoes it."),
}
_ACTS: Final = {
    "request_accept": ("accept", Needs.ASKED_OF_ME),
    "request_decline": ("decline", Needs.ASKED_OF_ME),
    "request_withdraw": ("withdraw", Needs.UNANSWERED),
    "request_met": ("meet", Needs.ACCEPTED),
    "request_helped": ("helped", Needs.AGREED),
    "request_not_helped": ("not_helped", Needs.AGREED),
    "request_next": (NEXT, Needs.OVERDUE),
    "request_again": ("", Needs.UNASKED),
}
"""By the id of the action: what is done, and with what."""


class Requesting:
    """Requests of one screen; `show` is called when there is something else to show."""

    def __init__(
        self, screen: "MainScreen", contents: Contents, show: Callable[[], object]
    ) -> None:
        self._screen = screen
        self._contents = contents
        self._show = show
        self._answer: RequestsAnswer | None = None
        self._as_of_ms = 0
        self._why = ""
        self._made: tuple[kept.Made, ...] = ()
        self._deeds: tuple[Deed, ...] = ()
        self._inquiring = Inquiring(screen, self._look, lambda: self._often)
        self._regret: Regret | None = None
        self._announcing = Announcing(screen, contents)
        self.entries: tuple[Entry, ...] = ()
        self.does: Does = {
            "requests": simply(self.open),
            **{action: self._upon(*act) for action, act in _ACTS.items()},
        }

    def recall(self, notes: Mapping[str, bytes]) -> None:
        """What this device keeps, and from now on what the hub tells."""
        self._read(notes)
        self._announcing.recall(notes)
        self._lay()
        self._inquiring.begin()

    def _read(self, notes: Mapping[str, bytes]) -> None:
        found = asking.last(notes, over=True)
        self._answer = None if found is None else asking.heard(self._screen.engine, found)
        at = notes.get(kept.LISTED_AT, b"")
        self._as_of_ms = int(at) if at.isdigit() else 0
        self._made = kept.from_bytes(notes.get(kept.MADE, b""))
        self._deeds = deeds.from_bytes(notes.get(deeds.NOTE, b""))

    # Asking the hub.

    def hear(self, news: News) -> None:
        """Something has come: the note of a request, an answer to one, or the hub itself."""
        self._inquiring.hear(news)

    def look(self) -> None:
        """Ask, unless that was done just now."""
        self._inquiring.look()

    @property
    def _often(self) -> float:
        """How many seconds may pass until the hub is asked again."""
        if self._screen.rooms.room is Room.REQUESTS and app_of(self._screen).app_focus:
            return LOOKING_SECONDS
        waits = any(each.mine and each.state == "asked" for each in self._requests)
        return WAITING_SECONDS if waits else IDLE_SECONDS

    async def _look(self) -> None:
        engine = self._screen.engine
        for told in await delivering.deliver(engine, time_of_day.now_ms()):
            await self._delivered(told)
        answer, self._why = await asking.listed(engine, over=True)
        self._read(await engine.notes())
        self._answer = answer
        if not self._why and await self._finished():
            self._read(await engine.notes())
        self._lay()
        await self._announcing.announce(self.entries)

    async def _finished(self) -> bool:
        """Send the notes of what the hub has settled, where this device died before it could."""
        known = {each.request for each in self._requests if each.mine and each.state == "asked"}
        begun = [each for each in self._made if not each.sent and each.request in known]
        for one in begun:
            await sending.send(self._screen.engine, one)
        return bool(begun)

    async def finish(self) -> None:
        """On the way out the hub hears at once what was done; without it, the next time."""
        soon_ms = time_of_day.now_ms() + round(REGRET_SECONDS * 1_000)
        with suppress(TimeoutError):
            async with asyncio.timeout(LEAVING_SECONDS):
                for told in await delivering.deliver(self._screen.engine, soon_ms):
                    await self._delivered(told)

    async def _delivered(self, told: Told) -> None:
        """The hub has heard of something."""
        screen, deed = self._screen, told.deed
        if self._regret is not None and screen.voice.regret is self._regret:
            # What the hub has heard of is not undone.
            screen.voice.regret = None
        found = next((each for each in self._requests if each.request == deed.request), None)
        if told.why:
            screen.tell(t("Nothing was done. {why}", why=words.reason(told.why)))
        elif deed.what == NEXT and told.person is None:
            screen.tell(t("Nobody who was ranked behind them takes it: M finds others."))
        elif deed.what == "accept" and found is not None and not self._knows(found.account):
            # Whom one helps is no stranger: what they write pings from here on.
            await screen.engine.compose(user_stream(screen.reader.me), Accept(found.account))
        elif deed.what == "decline" and found is not None:
            read = read_of(screen.reader, found)
            if read is not None:
                await screen.engine.compose(user_stream(screen.reader.me), read)

    def _knows(self, account: AccountId) -> bool:
        return account in self._screen.reader.known().accepted

    # What the room says.

    @property
    def _requests(self) -> tuple[Request, ...]:
        return self._answer.requests if self._answer is not None else ()

    def _lay(self) -> None:
        screen = self._screen
        zone, today = screen.zone, screen.today
        reader = screen.reader
        known = Known(
            reader.me,
            self._requests,
            {each.request: each for each in self._made},
            {each.request: each for each in self._deeds},
            time_of_day.now_ms(),
            self._contents.who,
            lambda each, made: note_of(reader, each, made),
            reader.stream_with,
            lambda at_ms: when(at_ms, zone, today),
        )
        with reader.moment():
            self.entries = requests.entries(known)
        self._show()

    def onto(self, standing: Standing) -> Standing:
        """Home, with who asks, and what one is to say oneself."""
        return requests.onto(standing, self.entries)

    @property
    def count(self) -> int:
        """How many wait for one."""
        return sum(bool(each.due) or Needs.ASKED_OF_ME in each.needs for each in self.entries)

    @property
    def about(self) -> str:
        """What stands above the entries."""
        lines: list[str] = []
        answer = self._answer
        if answer is not None:
            takes = n(
                "You take {count} request a week", "You take {count} requests a week", answer.takes
            )
            taken = n("{count} was taken.", "{count} were taken.", answer.taken)
            closed = t("You take no requests: F8 says that you may be asked, and how often.")
            lines = [f"{takes}; {taken} {t('F8 changes that.')}" if answer.takes else closed]
        if self._why:
            lines.append(self._away(answer))
        if answer is not None and not self.entries:
            lines.append(t(EMPTY[Room.REQUESTS]))
        if answer is None and not self._why:
            lines.append(t("The hub is asked …"))
        return "\n".join(lines)

    def _away(self, answer: RequestsAnswer | None) -> str:
        why = words.away(self._why)
        if answer is None:
            return t("No requests are kept on this device: {why}. R asks again.", why=why)
        moment = when(self._as_of_ms, self._screen.zone, self._screen.today)
        return t("As of {when}: {why}. R asks again.", when=moment, why=why)

    def offers(self, key: bytes) -> frozenset[Needs]:
        """What can be done with an entry."""
        found = self._entry(key)
        if found is None:
            return frozenset()
        return found.needs | {Needs.PASSABLE} if found.due else found.needs

    def whose(self, line: Line) -> AccountId | None:
        """Who the other one of an entry is, where it is one."""
        found = self._entry(line.key) if self._screen.rooms.room is Room.REQUESTS else None
        return found.person if found is not None else None

    def asks_in(self, stream: StreamId) -> str:
        """What a conversation says of who asks in it; "" for nothing."""
        asked = any(
            each.line.stream == stream and Needs.ASKED_OF_ME in each.needs for each in self.entries
        )
        return t("asks you for help: F10 answers") if asked else ""

    def _entry(self, key: bytes) -> Entry | None:
        return next((each for each in self.entries if each.line.key == key), None)

    # Being there.

    def open(self, key: bytes = b"") -> None:
        """Show the room, upon one of its entries if one is named."""
        rooms = self._screen.rooms
        rooms.go_to(Room.REQUESTS)
        if key:
            rooms.pane.entries.point_at(key)

    # Keys.

    def _upon(self, what: str, needs: Needs) -> Callable[[Asked], None]:
        """Done with the request under the cursor, if that can be."""

        def done(asked: Asked) -> None:
            screen = self._screen
            line = screen.rooms.line
            if screen.rooms.room is not Room.REQUESTS:
                screen.tell(t("That is for the Requests, below Home."))
                return
            if line is None:
                screen.tell(t("There is nothing here to act upon."))
                return
            found = self._entry(line.key)
            if found is None or needs not in found.needs:
                screen.tell(t("That does not fit this request."))
            elif not what:
                attempt(screen, self._ask_again(found))
            else:
                self._do(found, what)

        return done

    def done(self, line: Line) -> bool:
        """Be reminded of an entry no more; False where this is another room."""
        if self._screen.rooms.room is not Room.REQUESTS:
            return False
        found = self._entry(line.key)
        if found is None or not found.due:
            self._screen.tell(t("You are reminded of nothing here."))
        else:
            self._do(found, "dismiss")
        return True

    def _do(self, found: Entry, what: str) -> None:
        screen = self._screen
        at_ms = time_of_day.now_ms() + round(REGRET_SECONDS * 1_000)
        deed = Deed(found.name, what, at_ms)
        person = found.following[0] if what == NEXT else found.person
        name = f"@{self._contents.who(person)}"

        async def undo() -> None:
            self._deeds = deeds.without(self._deeds, deed)
            self._lay()
            await delivering.drop(screen.engine, deed)

        self._deeds = deeds.with_deed(self._deeds, deed)
        self._lay()
        attempt(screen, delivering.keep(screen.engine, deed))
        screen.set_timer(REGRET_SECONDS, self.look)
        self._regret = screen.voice.regret = Regret(t(_DOING[what]), undo)
        screen.tell(t(_DONE[what], name=term_safe.line(name)), REGRET_SECONDS)

    async def _ask_again(self, found: Entry) -> None:
        """Ask whom the hub had not heard of."""
        screen = self._screen
        one = next((each for each in self._made if each.request == found.name), None)
        if one is None:
            return
        told = await sending.send(screen.engine, one)
        name = f"@{self._contents.who(found.person)}"
        if not told.why:
            screen.tell(t("You have asked {name}: they have two days to answer.", name=name))
        elif told.again:
            screen.tell(t("{name} was not asked: {why}. Ask again later.", name=name, why=told.why))
        else:
            screen.tell(t("{name} was not asked. {why}", name=name, why=told.why))
        self.look()
