"""Heads chain, and the hub's time never goes back."""

from hashlib import sha256

from hobnob_protocol.ids import EMPTY_HEAD, EventId
from hobnob_sync.log import next_at, next_head

EVENT = EventId(b"e" * 32)


def test_a_head_binds_all_before_it() -> None:
    """SHA-256 over the head before, the id, the place and the time."""
    stamp = (7).to_bytes(8, "big") + (1_700_000_000_000).to_bytes(8, "big")
    expected = sha256(EMPTY_HEAD + EVENT + stamp).digest()
    assert next_head(EMPTY_HEAD, EVENT, 7, 1_700_000_000_000) == expected


def test_every_part_counts() -> None:
    """Another head, id, place or time gives another head."""
    heads = {
        next_head(EMPTY_HEAD, EVENT, 1, 1),
        next_head(next_head(EMPTY_HEAD, EVENT, 1, 1), EVENT, 1, 1),
        next_head(EMPTY_HEAD, EventId(b"f" * 32), 1, 1),
        next_head(EMPTY_HEAD, EVENT, 2, 1),
        next_head(EMPTY_HEAD, EVENT, 1, 2),
    }
    assert len(heads) == 5


def test_time_stands_still_when_the_clock_goes_back() -> None:
    """An event never seems older than the one before."""
    assert next_at(10, 11) == 11
    assert next_at(10, 10) == 10
    assert next_at(10, 9) == 10
