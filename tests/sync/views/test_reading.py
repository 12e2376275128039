"""How far a stream is read: exact counts from what is held, else the hub's word."""

from dataclasses import replace

import pytest

from hobnob_protocol.ids import (
    EMPTY_HEAD,
    NO_GRANT,
    AccountId,
    ConversationId,
    StreamId,
    TargetId,
    conversation_stream,
    user_stream,
)
from hobnob_protocol.kinds.conversations import Sealed
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.moderation import Erase, Hide
from hobnob_protocol.kinds.personal import ReadCursor
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.nouns import READ, ReadValue
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.ports import CellKey, ReplicaStream
from hobnob_sync.views import overlay, reading
from hobnob_sync.views.overlay import Pending
from hobnob_sync.views.reading import Reading
from tests.sync.views.scene import ALICE, BOB, CAROL, GARDEN, OWN, Tale

TALK = conversation_stream(ConversationId(b"talk" * 4))
NEVER = ReadValue(0, 0)


def record(hi: int, stream: StreamId = GARDEN) -> ReplicaStream:
    """A stream held whole up to `hi`, which is its head; nothing is announced as unread."""
    return ReplicaStream(stream, 1, NO_GRANT, 0, 1, hi, EMPTY_HEAD, EMPTY_HEAD, hi)


def read_of(
    tale: Tale,
    row: ReplicaStream,
    limit: int = 100,
    me: AccountId = ALICE,
    quiet: frozenset[TargetId] = frozenset(),
) -> Reading:
    """What is unread, asked for as a shell asks: cursor, window, messages."""
    own = tale.cells(reading.asks_cursor(me, row.stream), user_stream(me))
    read = reading.cursor(own, row.stream)
    store = tale.store()
    loaded = store.load(reading.asks(row, read, limit))
    keys = reading.asks_messages(row, read, limit, loaded)
    cells = Overlay(row.stream, store.load(keys))
    return reading.view(row, read, limit, loaded, cells, me, quiet)


def garden(count: int = 4) -> Tale:
    """Bob has posted so often."""
    tale = Tale()
    for nth in range(count):
        tale.tell(BOB, Post(f"post {nth + 1}"))
    return tale


def test_a_stream_never_read_is_unread_as_a_whole() -> None:
    """From its first message; exact, for all of it is held."""
    tale = garden(3)
    assert read_of(tale, record(3)) == Reading(NEVER, tale.facts[0].target, 3, 0, True)


def test_a_stream_without_messages_has_nothing_unread() -> None:
    """Nor where nothing is held and nothing is announced."""
    tale = garden(0)
    assert read_of(tale, record(0)) == Reading(NEVER, None, 0, 0, True)


@pytest.mark.parametrize(("seq", "unread"), [(0, 4), (1, 3), (3, 1), (4, 0), (9, 0)])
def test_what_lies_beyond_the_cursor_is_unread(seq: int, unread: int) -> None:
    """The message at the cursor is read, the next is not."""
    tale = garden(4)
    tale.tell(ALICE, ReadCursor(GARDEN, 0, seq), OWN)
    found = read_of(tale, record(4))
    first = tale.facts[seq].target if unread else None
    assert (found.unread, found.first_unread, found.exact) == (unread, first, True)
    assert found.cursor == ReadValue(0, seq)


@pytest.mark.parametrize("seq", [1, 2, 4, 6])
def test_what_is_left_once_one_reads_on_is_what_counting_anew_finds(seq: int) -> None:
    """Told from what was read since alone: of others, live, and with whom it mentions."""
    tale = garden(2)
    tale.tell(ALICE, Post("my own"))
    tale.tell(CAROL, Post("for you", mentions=(ALICE,)))
    tale.tell(BOB, Post("gone"))
    tale.tell(BOB, Delete(tale.facts[4].target))
    row = record(6)
    before = read_of(tale, row)
    store = tale.store()
    limit = seq - before.cursor.seq
    loaded = store.load(reading.asks(row, before.cursor, limit))
    cells = Overlay(GARDEN, store.load(reading.asks_messages(row, before.cursor, limit, loaded)))
    found = reading.read_on(row, before, seq, loaded, cells, ALICE)
    tale.tell(ALICE, ReadCursor(GARDEN, 0, seq), OWN)
    assert found == replace(read_of(tale, row), first_unread=None)


def test_only_live_messages_of_others_count() -> None:
    """Not our own, not what was withdrawn, erased or hidden, not what is no message."""
    tale = Tale()
    tale.tell(ALICE, Post("my own"))
    withdrawn, erased, hidden, shown, alive = (
        tale.tell(BOB, Post(text)) for text in ("one", "two", "three", "four", "five")
    )
    tale.tell(BOB, Delete(withdrawn))
    tale.tell(CAROL, Erase(erased))
    tale.tell(CAROL, Hide(hidden, True, "rude"))
    tale.tell(CAROL, Hide(shown, True, "rude"))
    tale.tell(CAROL, Hide(shown, False, "not so rude"))
    tale.tell(CAROL, Delete(alive))
    tale.tell(CAROL, React(alive, "👍"))
    tale.tell(BOB, Edit(alive, "fünf"))
    assert read_of(tale, record(14)) == Reading(NEVER, shown, 2, 0, True)


def test_what_is_said_in_a_quiet_thread_is_not_counted() -> None:
    """Mentions there neither; its root stands in the channel."""
    tale = garden(1)
    root = tale.facts[0].target
    tale.tell(BOB, Post("aside", root, mentions=(ALICE,)))
    tale.tell(BOB, Post("elsewhere"))
    found = read_of(tale, record(3), quiet=frozenset({root}))
    assert (found.unread, found.mentions, found.first_unread) == (2, 0, root)
    assert read_of(tale, record(3)).mentions == 1


def test_mentions_are_those_of_the_first_version() -> None:
    """An edit that lists me later is no mention; another's name is not mine."""
    tale = Tale()
    tale.tell(BOB, Post("hi", mentions=(CAROL, ALICE)))
    plain = tale.tell(BOB, Post("hello", mentions=(CAROL,)))
    tale.tell(BOB, Edit(plain, "hello", mentions=(ALICE,)))
    tale.tell(ALICE, Post("me", mentions=(ALICE,)))
    found = read_of(tale, record(4))
    assert (found.unread, found.mentions) == (2, 1)
    assert read_of(tale, record(4), me=CAROL).mentions == 2


def test_in_a_conversation_every_unread_message_is_a_mention() -> None:
    """Sealed as they are."""
    tale = Tale()
    tale.tell(BOB, Sealed(b"1"), TALK)
    tale.tell(ALICE, Sealed(b"2"), TALK)
    tale.tell(BOB, Sealed(b"3"), TALK)
    found = read_of(tale, record(3, TALK))
    assert (found.unread, found.mentions, found.exact) == (2, 2, True)


# The cursor.


def test_the_cursor_never_goes_back_within_a_gen() -> None:
    """Of several devices the furthest counts, whatever came last (S16)."""
    tale = garden(4)
    for seq in (2, 4, 3):
        tale.tell(ALICE, ReadCursor(GARDEN, 0, seq), OWN)
    assert read_of(tale, record(4)).cursor == ReadValue(0, 4)


def test_marking_unread_begins_a_new_gen() -> None:
    """The cursor may go back then; what an old gen says later counts no more."""
    tale = garden(4)
    for gen, seq in ((0, 4), (1, 1), (0, 3)):
        tale.tell(ALICE, ReadCursor(GARDEN, gen, seq), OWN)
    found = read_of(tale, record(4))
    assert (found.cursor, found.unread) == (ReadValue(1, 1), 3)


def test_a_cursor_belongs_to_its_stream_and_its_owner() -> None:
    """It is read from one's own stream, under the stream it is about."""
    tale = garden(2)
    tale.tell(ALICE, ReadCursor(TALK, 0, 2), OWN)
    assert read_of(tale, record(2)).cursor == NEVER
    assert reading.asks_cursor(ALICE, GARDEN) == (CellKey(OWN, READ, GARDEN),)


def test_reading_offline_counts_at_once() -> None:
    """The cursor that waits in the outbox is the cursor (S14)."""
    tale = garden(4)
    reads = (tale.wait(1, ALICE, ReadCursor(GARDEN, 0, 3), OWN),)
    base = tale.cells(overlay.asks(reads, reading.asks_cursor(ALICE, GARDEN)), OWN)
    assert reading.cursor(Pending(base, reads), GARDEN) == ReadValue(0, 3)


# What is held, and what is announced.


@pytest.mark.parametrize(("read", "floor", "lo", "first"), [
    (0, 0, 1, 1), (5, 0, 1, 6), (5, 7, 1, 8), (5, 7, 9, 9), (9, 7, 9, 10),
])  # fmt: skip
def test_the_window_begins_beyond_cursor_and_floor_where_it_is_held(
    read: int, floor: int, lo: int, first: int
) -> None:
    """Whichever is highest."""
    row = replace(record(20), floor=floor, lo=lo)
    window = reading.unread_window(row, ReadValue(0, read), 7)
    assert (window.stream, window.first_seq, window.limit) == (GARDEN, first, 7)
    assert reading.asks(row, ReadValue(0, read), 7) == (window.key,)


def test_before_any_history_the_announced_counts_serve() -> None:
    """The tail alone cannot tell: the hub's word is exact at the announcement."""
    tale = garden(6)
    row = replace(record(6), lo=5, unread=6, mentions=2)
    found = read_of(tale, row)
    assert (found.unread, found.mentions, found.exact) == (6, 2, False)
    assert found.first_unread == tale.facts[4].target


def test_no_count_is_below_what_we_see_ourselves() -> None:
    """The announcement grows old while live messages come."""
    tale = Tale()
    for _ in range(6):
        tale.tell(BOB, Post("hi", mentions=(ALICE,)))
    row = replace(record(6), lo=3, unread=1, mentions=3)
    found = read_of(tale, row)
    assert (found.unread, found.mentions, found.exact) == (4, 4, False)


@pytest.mark.parametrize(("lo", "exact"), [(1, True), (2, True), (3, True), (4, False)])
def test_counts_are_exact_when_the_range_reaches_the_cursor(lo: int, exact: bool) -> None:
    """The event after the cursor is held: what the hub announced is not needed."""
    tale = garden(6)
    tale.tell(ALICE, ReadCursor(GARDEN, 0, 2), OWN)
    found = read_of(tale, replace(record(6), lo=lo, unread=99, mentions=99))
    assert found.exact is exact
    assert (found.unread, found.mentions) == ((4, 0) if exact else (99, 99))


@pytest.mark.parametrize(("lo", "exact"), [(3, True), (4, False)])
def test_nothing_below_the_floor_is_unread(lo: int, exact: bool) -> None:
    """A range that begins there is whole."""
    tale = garden(6)
    found = read_of(tale, replace(record(6), floor=2, lo=lo, unread=50))
    assert found.exact is exact
    assert found.unread == (4 if exact else 50)


@pytest.mark.parametrize(("head", "exact"), [(5, True), (6, True), (7, False)])
def test_counts_are_exact_when_the_range_reaches_the_head(head: int, exact: bool) -> None:
    """What was announced beyond it may be unread too."""
    tale = garden(6)
    found = read_of(tale, replace(record(6), head_seq=head, unread=8))
    assert found.exact is exact
    assert found.unread == (6 if exact else 8)


@pytest.mark.parametrize(("limit", "exact", "unread"), [(7, True, 6), (6, True, 6), (5, False, 5)])
def test_counts_are_exact_when_the_window_holds_them(limit: int, exact: bool, unread: int) -> None:
    """Beyond the limit nobody has counted."""
    tale = garden(6)
    found = read_of(tale, record(6), limit)
    assert (found.exact, found.unread) == (exact, unread)
