"""What an author had seen: every signed event says where its author held the stream.

A hub that shows two histories is caught by the first event that crosses over (sync.md §2.8). After
a restore, events of the old history come back with what their authors had seen *there*: above the
last fork a difference proves nothing, until the author's device has once been seen to live in the
new history. What it composes after that must fit again.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final, NamedTuple

from hobnob_protocol.ids import DeviceId, Head8


class Forks(NamedTuple):
    """The places from which the hub's log of a stream went another way: the first and the last."""

    low: int
    high: int


UNKNOWN_FORKS: Final = Forks(0, 2**53)
"""Stands for a stream of which the hub has not said where it forked: nothing in it can be proved
by what authors had seen."""


class Verdict(Enum):
    """What one event's (seen_seq, seen_head8) says about our history."""

    MATCH = "match"
    """The author saw what we hold."""
    UNKNOWN = "unknown"
    """We do not hold that place: nothing can be said."""
    UNVERIFIABLE = "unverifiable"
    """It may have been composed before the hub lost part of its log."""
    CONFLICT = "conflict"
    """The author was shown another history."""


def judge(
    seq: int,
    seen_seq: int,
    seen_head: Head8,
    own_head: Head8 | None,
    forks: Forks | None,
    adopted_at: int | None,
    author_seq: int,
) -> Verdict:
    """Compare what the author of the event at `seq` had seen with our own head there.

    `own_head` is our head after `seen_seq`, None where we do not hold it. `forks` is None if the
    hub's log never went another way; `adopted_at` is the lowest author_seq with which this device
    has proved to live in the present history.
    """
    if not seen_seq:
        return Verdict.MATCH
    excused = (
        forks is not None
        and seen_seq > forks.low
        and (adopted_at is None or author_seq <= adopted_at)
    )
    if seen_seq >= seq:
        # Nobody has seen a place that came after their own event, in one history.
        return Verdict.UNVERIFIABLE if excused else Verdict.CONFLICT
    if own_head is None:
        return Verdict.UNKNOWN
    if own_head == seen_head:
        return Verdict.MATCH
    return Verdict.UNVERIFIABLE if excused else Verdict.CONFLICT


def adopt(
    adopted: Mapping[DeviceId, int],
    device: DeviceId,
    author_seq: int,
    seen_seq: int,
    forks: Forks | None,
    verdict: Verdict,
) -> dict[DeviceId, int] | None:
    """What is known of devices after a match above the last fork; None if nothing new is."""
    if verdict is not Verdict.MATCH or forks is None or seen_seq <= forks.high:
        return None
    if adopted.get(device, author_seq + 1) <= author_seq:
        return None
    return {**adopted, device: author_seq}
