"""Finding in one replica: what its names mean, and what is unread and saved as of now."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any, Final, cast

from hobnob_client.finding import hits, marks, months, terms
from hobnob_client.finding.days import begins_ms
from hobnob_client.finding.hits import Hit, Moment
from hobnob_client.finding.meaning import LAST_PLACE, NAMES_MAX, Meaning, Wanted, understand
from hobnob_client.finding.months import Month
from hobnob_client.finding.query import parse
from hobnob_client.reading import channels, conversations, cursors
from hobnob_client.reading.desk import Desk
from hobnob_client.reading.people import BOT, People
from hobnob_client.term_safe import line
from hobnob_client.texts import PLACES
from hobnob_protocol import nouns
from hobnob_protocol.ids import (
    PEOPLE,
    AccountId,
    StreamId,
    StreamType,
    TargetId,
    stream_type,
    user_stream,
)
from hobnob_protocol.nouns import ImportedMemberValue
from hobnob_sync.opened import opened_stream, sealed_stream
from hobnob_sync.ports import CellKey, CellsKey
from hobnob_sync.views import saved

if TYPE_CHECKING:
    from hobnob_client.care.beginning import Beginning
    from hobnob_client.care.needs import Need
    from hobnob_client.feed import source as feed_source
    from hobnob_client.match import source as match_source
    from hobnob_client.match.kept import Shown
    from hobnob_client.match.rules import Rules
    from hobnob_client.onboarding.buddy import Buddy
    from hobnob_client.onboarding.plan import World
    from hobnob_client.onboarding.welcome import Welcome
    from hobnob_client.profiles.directory import Directory

SAVED_MAX: Final = 1_000
"""Saved messages that are looked among: the newest of them."""
UNREAD_MAX: Final = 20_000
"""Unread messages among which the oldest is worth finding; where there are more, some are near."""
ROOTS: Final = """
    SELECT text.target FROM text_index CROSS JOIN text ON text.id = text_index.rowid
    WHERE text_index MATCH ? ORDER BY text_index.rowid DESC LIMIT ?
"""
PLACE_OF: Final = "SELECT id FROM text WHERE stream = ? AND seq = ?"
FIRST_AFTER: Final = "SELECT min(id) FROM text WHERE stream = ? AND seq > ? AND author <> ?"


class Finder:
    """A `World` for queries, and what they find. One thread at a time."""

    def __init__(self, desk: Desk, people: People, zone: tzinfo, today: Callable[[], date]) -> None:
        self._desk = desk
        self._people = people
        self._zone = zone
        self._today = today
        self._known: tuple[tuple[StreamId, int], ...] | None = None
        self._called: dict[str, tuple[AccountId, ...]] = {}
        self._places: dict[str, tuple[StreamId, ...]] = {}
        self._bots: tuple[AccountId, ...] = ()

    def feed(self, now_ms: int) -> "feed_source.Gathered":
        """What is known of the threads of one's channels, for the feed to rank."""
        # Only who looks at it pays for importing it.
        from hobnob_client.feed.source import gather

        return gather(self._desk, self._people, now_ms)

    def match(
        self, need: str, now_ms: int, shown: "Sequence[Shown]", rules: "Rules | None" = None
    ) -> "match_source.Found":
        """Who may be proposed for a need, and why; `shown` is whom this device has shown. Without
        `rules` by those of this version."""
        # Only who needs somebody pays for importing it.
        from hobnob_client.match.rules import shipped
        from hobnob_client.match.source import gather

        by = rules or shipped()
        return gather(self._desk, self._people, need, now_ms, self._zone, shown, by)

    def care(self, now_ms: int) -> "tuple[Need, ...]":
        """Who needs somebody's care, as far as one may read it oneself."""
        # Only who cares pays for importing it.
        from hobnob_client.care.source import gather

        return gather(self._desk, self._people, now_ms)

    def directory(self) -> "Directory":
        """Who can be found by what they say of themselves."""
        # Only who looks for somebody pays for importing it.
        from hobnob_client.profiles.directory import gather

        return gather(self._desk, self._people)

    def begin(self, now_ms: int, welcome: "Welcome | None" = None) -> "Beginning":
        """What a newcomer may begin with, by what they said of themselves; nothing for others."""
        from hobnob_client.care.begin_source import gather
        from hobnob_client.onboarding.welcome import Welcome

        return gather(self._desk, self._people, now_ms, welcome or Welcome(asks=False))

    def buddies(self, now_ms: int) -> "tuple[Buddy, ...]":
        """Who would show a newcomer around, the best first."""
        from hobnob_client.onboarding.offering import gather

        return gather(self._desk, self._people, self._zone, now_ms)

    def world(self) -> "World":
        """Where a newcomer has come to, for their questions."""
        from hobnob_client.onboarding.source import gather

        return gather(self._desk, self._people)

    def is_new(self, now_ms: int) -> bool:
        """Is one a newcomer?"""
        from hobnob_client.care.begin_source import is_new

        return is_new(self._desk, now_ms)

    # Asked by whoever searches.

    def understand(self, text: str, *, typing: bool) -> Meaning:
        """What a query means here, as of now; any text is one."""
        return understand(parse(text), self, typing=typing)

    def moment(self, wanted: Wanted) -> Moment:
        """What has to be known of the moment to find what is wanted; it holds for a search."""
        if wanted.unread is None and wanted.saved is None:
            return hits.NO_MOMENT
        read = self._read() if wanted.unread is not None else ()
        return Moment(
            self.me,
            tuple((stream, seq) for stream, seq, _ in read),
            self._first_of(read),
            self._saved() if wanted.saved is not None else (),
        )

    def hits(
        self, wanted: Wanted, limit: int, *, below: int | None = None, moment: Moment | None = None
    ) -> tuple[Hit, ...]:
        """Up to `limit` texts, newest first; `below` is the last hit's place, for the next page."""
        now = self.moment(wanted) if moment is None else moment
        found = hits.find(self._desk.store.sql, wanted, limit, moment=now, below=below)
        return tuple(replace(hit, stream=sealed_stream(hit.stream)) for hit in found)

    def hits_after(self, wanted: Wanted, limit: int, place: int, moment: Moment) -> tuple[Hit, ...]:
        """Up to `limit` texts behind a hit's place, oldest first."""
        found = hits.find_after(self._desk.store.sql, wanted, limit, place, moment=moment)
        return tuple(replace(hit, stream=sealed_stream(hit.stream)) for hit in found)

    def first_on(self, stream: StreamId, day: date) -> int | None:
        """Where the first message stands that was said there on that day or later, as its time is
        shown; None for none."""
        match = terms.quoted(marks.of_stream(opened_stream(stream)))
        wanted = Wanted(match, first=begins_ms(day, self._zone) * PLACES)
        found = hits.find_after(self._desk.store.sql, wanted, 1, wanted.first - 1)
        return found[0].seq if found else None

    def months(self, wanted: Wanted, moment: Moment) -> Iterator[Month]:
        """The hits of each month, newest first."""
        return months.months(self._desk.store.sql, wanted, moment, self._zone)

    # Asked by a query.

    @property
    def me(self) -> AccountId:
        """Whose replica it is."""
        return self._desk.me

    @property
    def today(self) -> date:
        """As a `World`."""
        return self._today()

    @property
    def zone(self) -> tzinfo:
        """As a `World`."""
        return self._zone

    def mine(self) -> tuple[AccountId, ...]:
        """As a `World`."""
        return self._people.accounts_of(self.me)

    def people(self) -> Mapping[str, tuple[AccountId, ...]]:
        """As a `World`."""
        self._refresh()
        if not self._called:
            self._called, self._bots = self._everybody()
        return self._called

    def bots(self) -> tuple[AccountId, ...]:
        """As a `World`."""
        self.people()
        return self._bots

    def places(self) -> Mapping[str, tuple[StreamId, ...]]:
        """As a `World`."""
        self._refresh()
        if not self._places:
            found: dict[str, list[StreamId]] = {}
            for place in channels.channels(self._desk, counted=False):
                if place.joined:
                    found.setdefault(line(place.label).lower(), []).append(place.stream)
            for talk in conversations.conversations(self._desk, self._people, counted=False):
                found.setdefault(line(talk.label).lower(), []).append(opened_stream(talk.stream))
            self._places = {name: tuple(streams) for name, streams in found.items()}
        return self._places

    def threads(self, term: str) -> tuple[TargetId, ...]:
        """As a `World`."""
        found = self._desk.store.sql.query(ROOTS, (f"title : ({term})", NAMES_MAX))
        return tuple(TargetId(root) for (root,) in found)

    def blocked(self) -> tuple[AccountId, ...]:
        """As a `World`."""
        return self._kept().blocked

    def _refresh(self) -> None:
        """What was known of an older replica is worked out anew when it is asked for."""
        present = tuple(
            (stream, row.hi)
            for stream, row in self._desk.state.streams.items()
            if stream_type(stream) is not StreamType.CHANNEL or not row.hi
        )
        if present != self._known:
            self._known = present
            self._called, self._places = {}, {}

    def _everybody(self) -> tuple[dict[str, tuple[AccountId, ...]], tuple[AccountId, ...]]:
        called: dict[str, list[AccountId]] = {}
        bots: list[AccountId] = []
        for account, role in self._people.everybody():
            called.setdefault(self._people.handle(account).lower(), []).append(account)
            if role == BOT:
                bots.append(account)
        there = CellsKey(PEOPLE, nouns.IMPORTED_MEMBER, b"")
        for key, cell in self._desk.store.load((there,)).get(there):
            account = AccountId(key)
            member = ImportedMemberValue(*cast("tuple[Any, ...]", cell.value))
            for name in dict.fromkeys((line(member.name), self._people.handle(account))):
                if name:
                    called.setdefault(name.lower(), []).append(account)
            if member.bot:
                bots.append(account)
        return {name: tuple(found) for name, found in called.items()}, tuple(bots)

    def _kept(self) -> saved.Kept:
        own = user_stream(self.me)
        return saved.view(self._desk.cells(own, saved.asks(self.me)))

    def _read(self) -> tuple[tuple[StreamId, int, int], ...]:
        """The streams that go on behind what was read there: how far that is, and how far they
        are held."""
        found = cursors.read_to(self._desk).items()
        return tuple((stream, seq, row.hi) for stream, (seq, row) in found if seq < row.hi)

    def _first_of(self, read: tuple[tuple[StreamId, int, int], ...]) -> int:
        if sum(last - seq for _, seq, last in read) > UNREAD_MAX:
            return 0
        query = self._desk.store.sql.query
        firsts = [query(FIRST_AFTER, (stream, seq, self.me))[0][0] for stream, seq, _ in read]
        # Not all that stands behind a cursor is text of others: where none does, none is unread.
        return min((first for first in firsts if first is not None), default=LAST_PLACE)

    def _saved(self) -> tuple[int, ...]:
        kept = self._kept().saved[-SAVED_MAX:]
        keys = [CellKey(opened_stream(each.stream), nouns.MESSAGE, each.target) for each in kept]
        loaded = self._desk.store.load(keys)
        cells = [(key.stream, loaded.get(key)) for key in keys]
        query = self._desk.store.sql.query
        rows = [query(PLACE_OF, (stream, cell.seq)) for stream, cell in cells if cell is not None]
        return tuple(place for found in rows for (place,) in found)
