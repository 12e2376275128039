"""One sitting in linear mode: where one is, what is told, and what a typed line leads to."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from typing import Final

from hobnob_client.catalogue import later, t
from hobnob_client.conversing import first_event
from hobnob_client.engine import Engine
from hobnob_client.failures import Failure
from hobnob_client.linear import commands
from hobnob_client.linear.following import Following
from hobnob_client.linear.hearing import Hearing
from hobnob_client.linear.numbers import Numbers
from hobnob_client.linear.telling import Telling, Told
from hobnob_client.linear.voice import Voice
from hobnob_client.news import TOLD_MAX, News
from hobnob_client.progress import LinkState
from hobnob_client.reading import Place
from hobnob_client.slash import Misspelt
from hobnob_client.time_of_day import now_ms
from hobnob_client.verbs import lines
from hobnob_client.verbs.call import Call, places
from hobnob_client.verbs.delivery import Fate
from hobnob_client.verbs.sending import settled
from hobnob_protocol.ids import StreamId, TargetId, user_stream
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.personal import ReadCursor
from hobnob_sync.views.message import Message

MARK_SECONDS: Final = 10.0
"""What was told is marked read so often."""
LINKS: Final = {
    LinkState.ONLINE: later("the hub is reached again"),
    LinkState.WAITING: later("the hub is out of reach: what you say waits, and goes out by itself"),
    LinkState.REFUSED: later("the hub does not let this device in: hobnob sync tells why"),
}
NOWHERE: Final = later("You are nowhere yet: /to #channel or /to @handle goes there.")


class Session:
    """Everything of it runs on the engine's loop. `busy` says that somebody types, whom nothing
    interrupts; `numbered` that messages are named by numbers, not as verbs take them."""

    def __init__(
        self, call: Call, engine: Engine, *, numbered: bool, busy: Callable[[], bool]
    ) -> None:
        self.call = call
        self.engine = engine
        self.reader = engine.reader
        self.numbers = Numbers()
        self._place: Place | None = None
        self.voice = Voice(call.terminal, busy)
        self._numbered = numbered
        self._turn = asyncio.Lock()
        self._link: LinkState | None = None
        self._refusals: deque[int] = deque(maxlen=TOLD_MAX)
        """What was told already."""
        self.answers = engine.watch()
        """News for who waits for what a command leads to."""
        self.telling = Telling(self.reader, call.settings, self._name, now_ms)
        self.following = Following(self.reader, self.telling)

    def _name(self, stream: StreamId, target: TargetId) -> str:
        if self._numbered:
            return str(self.numbers.of(stream, target))
        return target.hex()[: lines.NAME_LETTERS]

    @property
    def place(self) -> Place | None:
        """Where one is, as it is called by now; None for nowhere."""
        before = self._place
        if before is None:
            return None
        found = (each for each in places(self.reader) if each.stream == before.stream)
        # What nothing was said in yet is in no list.
        return next(found, before)

    def go(self, place: Place | None) -> None:
        """Be there from now on."""
        self._place = place

    # Telling.

    def tell(self, told: Iterable[Told]) -> None:
        """Events, as they come."""
        for each in told:
            self.voice.tell(each)

    def say(self, text: str) -> None:
        """What is no event: an answer to what was typed."""
        self.voice.tell(Told({"what": "note", "text": text}, text))

    def message(self, place: Place, shown: Message) -> None:
        """Tell of one that was looked for."""
        self.following.remember(place, shown)
        self.tell([self.telling.message(place, shown)])

    async def follow(self) -> None:
        """Tell what comes for as long as it runs; who is typing is not interrupted."""
        watch = self.engine.watch()
        while True:
            await self.voice.silence()
            async with self._turn:
                self.news()
            news = await watch.next()
            for refused in news.not_sent:
                if refused.n not in self._refusals:
                    what = t("number {n} of the outbox", n=refused.n)
                    self.say(_refused(what, refused.code))
            self._tell_link(news)

    def _tell_link(self, news: News) -> None:
        """Whether the hub is reached, each time that changes for good."""
        if news.link is self._link or news.link not in LINKS:
            return
        before, self._link = self._link, news.link
        if before is not None or news.link is not LinkState.ONLINE:
            self.say(t(LINKS[news.link]))

    def news(self) -> None:
        """Tell what there is to tell."""
        own = [place for place in places(self.reader) if place.joined]
        self.tell(self.following.news(own, self.hearing()))

    def hearing(self) -> Hearing:
        """What is told now."""
        here = None if self._place is None else self._place.stream
        return Hearing(self.reader, here, now_ms())

    def counted(self) -> tuple[Place, ...]:
        """Every place there is, with what is unread in it counted."""
        return (*self.reader.channels(), *self.reader.conversations())

    def unread(self, place: Place) -> None:
        """Tell what is unread in a place."""
        reading, held = self.reader.reading(place.stream), self.reader.held(place.stream)
        if reading is None or held is None or not reading.unread:
            return
        missing = self.reader.after(place.stream, reading.cursor.seq, 1).missing
        self.following.begin(place, reading.cursor.seq)
        self.tell(self.following.news([place], self.hearing()))
        if missing:
            self.say(t("{place}: older unread messages are not here yet", place=place.label))

    async def mark(self) -> None:
        """What was told is read, unless it is to stay unread."""
        if self.call.words.keep:
            return
        for stream, seq in self.following.read_to.items():
            reading = self.reader.reading(stream)
            if reading is not None and reading.unread and seq > reading.cursor.seq:
                mark = ReadCursor(stream, reading.cursor.gen, seq)
                await self.engine.compose(user_stream(self.reader.me), mark)

    async def marking(self, seconds: float = MARK_SECONDS) -> None:
        """Mark what was told, every so often, for as long as it runs."""
        while True:
            await asyncio.sleep(seconds)
            async with self._turn:
                await self.mark()

    # Saying.

    async def obey(self, line: str) -> None:
        """Do what a line asks for, or say it where one is; Failure tells why not."""
        asked = commands.read(line)
        if isinstance(asked, Misspelt):
            raise Failure(asked.why)
        async with self._turn:
            if isinstance(asked, commands.Asked):
                # What a command does is not loaded before one is asked for.
                from hobnob_client.linear.doing import DOING

                await DOING[asked.command.name](self, asked.words)
            elif asked.strip():
                from hobnob_client.linear.messages import post

                await post(self, self.here(), asked)
            self.news()

    def here(self) -> Place:
        """Where one is; Failure where that is nowhere."""
        place = self.place
        if place is None:
            raise Failure(t(NOWHERE))
        return place

    async def compose(self, place: Place, body: Body) -> int:
        """Say something in a place: its number in the outbox."""
        first = first_event(self.reader, place)
        if first is not None:
            await self.engine.compose(place.stream, first)
        return (await self.engine.compose(place.stream, body)).n

    async def sent(self, n: int, what: str) -> Fate:
        """Tell what became of it: at once, or once the hub has answered."""
        fate, why = await settled(self.engine, self.answers, n)
        if fate is Fate.SENT:
            self.say(t("{what} sent", what=what))
        elif fate is Fate.QUEUED:
            said = t(
                "{what} queued: it goes out when the hub is reached ({why})", what=what, why=why
            )
            self.say(said)
        else:
            self._refusals.append(n)
            self.say(_refused(what, why))
        return fate

    def number_of(self, place: Place, n: int) -> str:
        """How what was just said is named."""
        row = next((row for row in self.reader.outbox() if row.n == n), None)
        if row is None:
            return t("it is")
        target = self.reader.name(row)
        self.following.own.add(target)
        return self._name(place.stream, target)


def _refused(what: str, why: object) -> str:
    return t("{what} refused ({why}): it is kept, hobnob outbox", what=what, why=why)


def unread_in(place: Place) -> int:
    """How much is unread, by a place that was counted."""
    return place.reading.unread if place.reading is not None else 0
