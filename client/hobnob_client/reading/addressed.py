"""What of all that was said concerns a member: who mentions them, answers them, or asks them.

Each question is one look into the index of words, newest first, and looks at so many messages and
no more: what it costs follows what is looked at, not how much is kept.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from typing import Final

from hobnob_client.finding import marks, terms
from hobnob_client.finding.marks import Trait
from hobnob_client.reading.cursors import read_to
from hobnob_client.reading.desk import Desk
from hobnob_client.texts import PLACES
from hobnob_protocol import nouns
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.value import value
from hobnob_sync.opened import PREFIX as OPENED
from hobnob_sync.opened import opened_stream, sealed_stream
from hobnob_sync.ports import CellKey
from hobnob_sync.views import poll
from hobnob_sync.views.message import message_value

LOOKED_AT_MAX: Final = 400
"""Messages of one kind that are looked at: what is older waits for nobody."""
OWN_MAX: Final = 300
"""One's own newest messages, by which it is known where one has written."""
ROOTS_MAX: Final = 128
"""Threads in which one has written, the newest of them."""
POLLS_MAX: Final = 20

SAID: Final = """
    SELECT text.id, text.stream, text.target, text.author, text.thread, text.seq, text.text
    FROM text_index CROSS JOIN text ON text.id = text_index.rowid
    WHERE text_index MATCH ? ORDER BY text_index.rowid DESC LIMIT ?
"""


class Why(StrEnum):
    """Why something is for me: it mentions me; it answers me, or stands in a thread I began; it is
    a poll; it goes on where I wrote. The order is that of need."""

    MENTIONED = "mentioned"
    ANSWERED = "answered"
    ASKED = "asked"
    WROTE = "wrote"


@value
class Said:
    """One message: `text` is safe to draw, `thread` its root, None outside of any; `unread` that it
    is beyond the read cursor of its stream, and by somebody else."""

    stream: StreamId
    target: TargetId
    author: AccountId
    thread: TargetId | None
    seq: int
    at_ms: int
    text: str
    unread: bool

    @property
    def root(self) -> TargetId:
        """The thread it belongs to, or would begin."""
        return self.thread or self.target


@value
class Need:
    """What is unread and for me: one message, or what is new of one thread, oldest first."""

    why: Why
    said: tuple[Said, ...]

    @property
    def newest(self) -> Said:
        """What was said last."""
        return self.said[-1]


@value
class Quiet:
    """What asks for nobody's attention: blocked authors, muted streams, muted threads, and single
    messages that are done with."""

    blocked: tuple[AccountId, ...] = ()
    streams: tuple[StreamId, ...] = ()
    threads: tuple[tuple[StreamId, TargetId], ...] = ()
    done: Collection[TargetId] = ()
    read_here: Mapping[StreamId, int] = field(default_factory=dict[StreamId, int])
    """How far was read on this screen, which is said a little later."""

    def hushes(self, said: Said) -> bool:
        """Is nobody to be told of it?"""
        return (
            said.stream in self.streams
            or (said.stream, said.root) in self.threads
            or said.target in self.done
            or said.seq <= self.read_here.get(said.stream, 0)
        )


@value
class Talk:
    """One thread, as far as it was looked at: what was said in it, newest first."""

    stream: StreamId
    root: TargetId
    said: tuple[Said, ...]

    @property
    def unread(self) -> int:
        """How much of it is new."""
        return sum(each.unread for each in self.said)

    @property
    def authors(self) -> tuple[AccountId, ...]:
        """Who spoke, the last one first."""
        return tuple(dict.fromkeys(each.author for each in self.said))


class Addressed:
    """Answers for the member whose replica it is, as of now. One thread at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # Lists, newest first.

    def mentions(self, limit: int, blocked: Sequence[AccountId] = ()) -> tuple[Said, ...]:
        """Messages of others that address one."""
        return self._said((marks.of_mention(self._desk.me),), (self._desk.me, *blocked), limit)

    def replies(self, limit: int, blocked: Sequence[AccountId] = ()) -> tuple[Said, ...]:
        """What others said in threads that one has begun, or has written in."""
        roots = [marks.of_thread(root) for root in self._roots()]
        return self._said(roots, (self._desk.me, *blocked), limit) if roots else ()

    def by(self, accounts: Sequence[AccountId], limit: int) -> tuple[Said, ...]:
        """What was said last under any of some accounts."""
        return self._said([marks.of_author(each) for each in accounts], (), limit)

    def last(self, stream: StreamId) -> Said | None:
        """What somebody else said last in a channel or conversation; None where nothing is."""
        there = marks.of_stream(opened_stream(stream))
        found = self._said((there,), (self._desk.me,), 1)
        return found[0] if found else None

    def latest(
        self, stream: StreamId, limit: int, blocked: Sequence[AccountId] = ()
    ) -> tuple[Said, ...]:
        """What others said last in a channel, newest first; none of it is told to be unread."""
        return self._said(
            (marks.of_stream(stream),), (self._desk.me, *blocked), limit, counts=False
        )

    def threads(self, limit: int, blocked: Sequence[AccountId] = ()) -> tuple[Talk, ...]:
        """The threads in which something was said last, up to `limit`."""
        found = self._said((marks.of_trait(Trait.REPLY),), blocked, LOOKED_AT_MAX)
        return grouped(found)[:limit]

    # What is unread and for me.

    def needs(self, quiet: Quiet) -> tuple[Need, ...]:
        """All of it, the newest of each kind first, nothing twice. Conversations are not told of:
        all that is said there is said to me."""
        found = [
            Need(Why.MENTIONED, (said,))
            for said in self._waiting(self.mentions(LOOKED_AT_MAX, quiet.blocked), quiet)
        ]
        told = {said.target for need in found for said in need.said}
        answers = self._waiting(self.replies(LOOKED_AT_MAX, quiet.blocked), quiet)
        answered: list[Need] = []
        wrote: list[Need] = []
        mine = self._own()
        for talk in grouped([said for said in answers if said.target not in told]):
            said = tuple(reversed(talk.said))
            if talk.root in mine or self._answers(said, mine):
                answered.append(Need(Why.ANSWERED, said))
            else:
                wrote.append(Need(Why.WROTE, said))
        polls = [Need(Why.ASKED, (said,)) for said in self._polls(quiet) if said.target not in told]
        return (*found, *answered, *polls, *wrote)

    def _waiting(self, said: Iterable[Said], quiet: Quiet) -> list[Said]:
        return [
            each
            for each in said
            if each.unread and not quiet.hushes(each) and each.stream[:2] == b"c:"
        ]

    def _answers(self, said: Sequence[Said], mine: Collection[TargetId]) -> bool:
        """Does one of these name a message of mine as what it answers?"""
        keys = [CellKey(each.stream, nouns.MESSAGE, each.target) for each in said]
        loaded = self._desk.store.load(keys)
        cells = [cell for key in keys if (cell := loaded.get(key)) is not None]
        return any(message_value(cell).reply in mine for cell in cells)

    def _polls(self, quiet: Quiet) -> list[Said]:
        """Open ones in which one has not voted."""
        others = (self._desk.me, *quiet.blocked)
        asked = self._said((marks.of_trait(Trait.POLL),), others, POLLS_MAX)
        found: list[Said] = []
        for said in self._waiting(asked, quiet):
            cells = self._desk.cells(said.stream, poll.asks(said.stream, said.target))
            shown = poll.view(cells, said.target, self._desk.me)
            if shown is not None and not (shown.closed or shown.mine or shown.imported):
                found.append(said)
        return found

    # The index.

    def _own(self) -> dict[TargetId, TargetId]:
        """One's own newest messages, and the thread each belongs to."""
        own = self._said((marks.of_author(self._desk.me),), (), OWN_MAX)
        return {said.target: said.root for said in own}

    def _roots(self) -> tuple[TargetId, ...]:
        return tuple(dict.fromkeys(self._own().values()))[:ROOTS_MAX]

    def _said(
        self,
        any_of: Sequence[str],
        without: Sequence[AccountId],
        limit: int,
        *,
        counts: bool = True,
    ) -> tuple[Said, ...]:
        wanted = (terms.any_of([terms.quoted(each) for each in any_of]),)
        match = terms.all_of(wanted, [terms.quoted(marks.of_author(each)) for each in without])
        rows = self._desk.store.sql.query(SAID, (match, limit))
        read = read_to(self._desk) if rows and counts else {}
        found: list[Said] = []
        for place, stream, target, author, thread, seq, text in rows:
            known = read.get(StreamId(stream))
            unread = known is not None and seq > known[0] and author != self._desk.me
            root = TargetId(thread) if thread else None
            shown = sealed_stream(stream) if stream[:2] == OPENED else StreamId(stream)
            at_ms = place // PLACES
            found.append(Said(shown, TargetId(target), author, root, seq, at_ms, text, unread))
        return tuple(found)


def grouped(said: Iterable[Said]) -> tuple[Talk, ...]:
    """Messages, newest first, by their threads: the thread that was last spoken in first."""
    found: dict[tuple[StreamId, TargetId], list[Said]] = {}
    for each in said:
        found.setdefault((each.stream, each.root), []).append(each)
    return tuple(Talk(stream, root, tuple(talk)) for (stream, root), talk in found.items())
