"""Whose checkpoint is due next is known without looking at every stream."""

from random import Random

from hobnob_protocol.ids import EMPTY_HEAD, StreamId
from hobnob_protocol.limits import CHECKPOINT_EVENTS, CHECKPOINT_SECONDS
from hobnob_sync import checkpoint
from hobnob_sync.hub_engine.due import Due
from hobnob_sync.ports import StreamRow

WAIT_MS = int(CHECKPOINT_SECONDS * 1_000)


def row(name: int, seq: int, at_ms: int, signed: int = 0) -> StreamRow:
    """A stream's record."""
    return StreamRow(StreamId(b"c:%16d" % name), name, seq, EMPTY_HEAD, at_ms, signed)


def test_a_stream_is_due_a_while_after_its_last_event() -> None:
    """Another event puts it off; a checkpoint ends it."""
    due = Due()
    assert due.next_ms() is None
    due.put(row(1, 1, 100))
    assert due.next_ms() == 100 + WAIT_MS
    due.put(row(1, 2, 300))
    assert due.next_ms() == 300 + WAIT_MS
    assert due.take(299 + WAIT_MS) == []
    assert due.take(300 + WAIT_MS) == [row(1, 2, 300)]
    due.put(row(1, 2, 300, 2))
    assert due.next_ms() is None
    assert due.rows == {}


def test_what_is_signed_before_it_was_due_is_not_due_any_more() -> None:
    """A checkpoint that something else has brought counts too; the next event starts anew."""
    due = Due()
    due.put(row(1, 1, 100))
    due.put(row(1, 1, 100, 1))
    assert due.next_ms() is None
    due.put(row(1, 2, 700, 1))
    assert due.next_ms() == 700 + WAIT_MS


def test_many_events_make_it_due_at_once() -> None:
    """Though it was to be due later, and others before it."""
    due = Due()
    due.put(row(1, 1, 100))
    due.put(row(2, 1, 200))
    due.put(row(2, CHECKPOINT_EVENTS, 201))
    assert due.next_ms() == 201
    assert due.take(201) == [row(2, CHECKPOINT_EVENTS, 201)]


def test_it_always_says_what_looking_at_every_stream_would_say() -> None:
    """Over a long and random life."""
    rng = Random(1)
    due, rows = Due(), {name: row(name, 0, 0) for name in range(20)}
    now_ms = 0
    for _ in range(5_000):
        now_ms += rng.randrange(2_000)
        before = rows[rng.randrange(20)]
        seq = before.seq + rng.choice((1, 1, 1, 100))
        rows[before.number] = row(before.number, seq, now_ms, before.checkpoint_seq)
        due.put(rows[before.number])
        if rng.random() < 0.3:
            for found in due.take(now_ms):
                rows[found.number] = row(found.number, found.seq, found.at_ms, found.seq)
                due.put(rows[found.number])
        every = [checkpoint.due_ms(one.seq, one.checkpoint_seq, one.at_ms) for one in rows.values()]
        assert due.next_ms() == min((ms for ms in every if ms is not None), default=None)
        unsigned = {one.stream: one for one in rows.values() if one.seq != one.checkpoint_seq}
        assert due.rows == unsigned
