"""What a replica knows of threads and of oneself: the only file of the feed that reads one.

One pass over the newest searchable texts of channels, folded by the ledger. What is said in a
channel outside of any thread is one line of talk, the channel's own, which nobody began: a thread
begins with a title or with the first answer under a root. Conversations are left out: all there is
said to me. What blocked people wrote is as if it were not here, before anything is counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Final

from hobnob_client.durations import DAY_MS
from hobnob_client.feed.habits import Habits
from hobnob_client.feed.ledger import ACTIVE_MS, Ledger, Post
from hobnob_client.feed.talk import Name, Talk
from hobnob_client.finding import marks
from hobnob_client.reading import wanted
from hobnob_client.reading.channels import channels
from hobnob_client.reading.cursors import read_to
from hobnob_client.reading.desk import Desk
from hobnob_client.reading.people import People
from hobnob_client.texts import PLACES
from hobnob_protocol import nouns
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.value import value
from hobnob_sync.ports import CellKey
from hobnob_sync.views.message import imported_value, message_value

SINCE_MS: Final = 120 * DAY_MS
"""Four half-lives: of what is older a sixteenth would be left."""
POSTS_MAX: Final = 60_000
"""The newest; where more was said, habits are those of a shorter time."""
ANSWERS_MAX: Final = 2_000
"""Messages of the last days whose cells are asked whom they answer."""
ANNOUNCEMENTS: Final = ("announce", "ankündigung")
"""So begin the names of channels that are for announcements; the protocol marks none."""

SAID: Final = """
    SELECT id, stream, target, author, thread, seq, length(text), instr(text, '?') > 0,
        instr(marks, ?) > 0, title <> ''
    FROM text WHERE id >= ? AND id < ? AND substr(stream, 1, 2) = CAST('c:' AS BLOB)
    ORDER BY id DESC LIMIT ?
"""


@value
class Spot:
    """A thread by its root; the talk of a channel outside of any by None."""

    stream: StreamId
    root: TargetId | None


@value
class Gathered:
    """What is ranked, and by what; talks and people are named by `Spot` and account."""

    talks: tuple[Talk, ...]
    habits: Habits
    unread: dict[Name, int] = field(default_factory=dict[Name, int])
    """Messages of others beyond the read cursor, by thread."""
    newest: dict[Name, TargetId] = field(default_factory=dict[Name, TargetId])
    """The message that was said last, by thread."""


@value
class _Said:
    at_ms: int
    stream: StreamId
    target: TargetId
    author: AccountId
    thread: TargetId | None
    seq: int
    length: int
    question: bool
    for_me: bool
    titled: bool


def gather(desk: Desk, people: People, now_ms: int) -> Gathered:
    """All of it, as of now; muted threads and channels, what blocked people wrote and the threads
    they began are left out of what is ranked. It reads, and writes nothing."""
    every = tuple(_said(desk, people, now_ms))
    blocked = frozenset(wanted.lists(desk).blocked)
    said = tuple(one for one in every if one.author not in blocked)
    answered = _answered(desk, said, now_ms)
    roots = {one.thread for one in said if one.thread} | {one.target for one in said if one.titled}
    announced = [
        line.stream
        for line in channels(desk, counted=False)
        if line.channel.name.lower().startswith(ANNOUNCEMENTS)
    ]
    ledger = Ledger(desk.me, announced)
    read = read_to(desk)
    unread: dict[Name, int] = {}
    newest: dict[Name, TargetId] = {}
    for one in said:
        root = one.thread or (one.target if one.target in roots else None)
        spot = Spot(one.stream, root)
        ledger.add(
            Post(
                *(spot, one.stream, one.author, one.at_ms, one.length, one.question),
                answered.get(one.target),
                (desk.me,) if one.for_me else (),
                one.target == root,
            )
        )
        newest[spot] = one.target
        known = read.get(one.stream)
        if known is not None and one.seq > known[0] and one.author != desk.me:
            unread[spot] = unread.get(spot, 0) + 1
    heard = _Heard(desk, now_ms)
    found = ledger.talks(desk.me, now_ms)
    theirs = _begun_by(desk, people, found, every, blocked)
    talks = tuple(talk for talk in found if talk.key not in theirs and heard.hears(talk))
    return Gathered(talks, ledger.habits(desk.me, now_ms), unread, newest)


def _said(desk: Desk, people: People, now_ms: int) -> Iterator[_Said]:
    """In order of time. Who has claimed an imported account is who wrote."""
    span = ((now_ms - SINCE_MS) * PLACES, (now_ms + 1) * PLACES)
    mine = marks.of_mention(desk.me)
    rows = desk.store.sql.query(SAID, (mine, *span, POSTS_MAX))
    for place, stream, target, author, thread, seq, length, asks, for_me, titled in reversed(rows):
        yield _Said(
            place // PLACES,
            StreamId(stream),
            TargetId(target),
            people.owner(AccountId(author)),
            TargetId(thread) if thread else None,
            seq,
            length,
            bool(asks),
            bool(for_me),
            bool(titled),
        )


def _answered(desk: Desk, said: Sequence[_Said], now_ms: int) -> dict[TargetId, AccountId]:
    """Who wrote what the newest messages name as what they answer."""
    authors = {one.target: one.author for one in said}
    recent = [one for one in said[-ANSWERS_MAX:] if now_ms - one.at_ms <= ACTIVE_MS]
    keys = {one.target: CellKey(one.stream, nouns.MESSAGE, one.target) for one in recent}
    loaded = desk.store.load(tuple(keys.values()))
    found: dict[TargetId, AccountId] = {}
    for target, key in keys.items():
        cell = loaded.get(key)
        reply = message_value(cell).reply if cell is not None else None
        if reply is not None and reply in authors:
            found[target] = authors[reply]
    return found


def _begun_by(
    desk: Desk,
    people: People,
    talks: Sequence[Talk],
    said: Sequence[_Said],
    blocked: frozenset[AccountId],
) -> frozenset[Name]:
    """The threads among `talks` that blocked people began."""
    if not blocked:
        return frozenset()
    authors = {one.target: one.author for one in said}
    spots = [talk.key for talk in talks if isinstance(talk.key, Spot) and talk.begun_by is None]
    roots = {spot: spot.root for spot in spots if spot.root is not None}
    # What is too old to be counted, or has no text, may still be held.
    keys = {
        root: CellKey(spot.stream, nouns.MESSAGE, root)
        for spot, root in roots.items()
        if root not in authors
    }
    loaded = desk.store.load(tuple(keys.values()))
    for root, key in keys.items():
        cell = loaded.get(key)
        if cell is not None:
            value = message_value(cell)
            imported = imported_value(value)
            authors[root] = people.owner(value.account if imported is None else imported.author)
    return frozenset(spot for spot, root in roots.items() if authors.get(root) in blocked)


class _Heard:
    """What one has not muted."""

    def __init__(self, desk: Desk, now_ms: int) -> None:
        wishes = wanted.wishes(desk)
        self._wishes = wishes
        self._now_ms = now_ms
        self._muted = frozenset(wishes.muted(now_ms))
        self._threads: dict[StreamId, frozenset[TargetId]] = {}

    def hears(self, talk: Talk) -> bool:
        spot = talk.key
        assert isinstance(spot, Spot)
        if spot.stream in self._muted:
            return False
        if spot.stream not in self._threads:
            self._threads[spot.stream] = self._wishes.quiet_threads(spot.stream, self._now_ms)
        return spot.root not in self._threads[spot.stream]
