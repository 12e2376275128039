"""Two histories of one hub: up to where are they surely the same?

A hub's lineage lists the epochs its log went through, and for each but the present one the seq at
which a stream left it. A replica keeps its own: the epochs it lived in, and where each of its
streams was cut when it left one. Twice restored from one backup, a hub does not know the epoch in
between; the replica's own past then leads to the nearest epoch both know (sync.md §2.9).
"""

from collections.abc import Sequence
from typing import cast

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.ids import Epoch, StreamId
from hobnob_protocol.limits import LINEAGE_MAX

Ancestry = tuple[tuple[Epoch, tuple[tuple[StreamId, int], ...]], ...]
"""The epochs a replica has left, oldest first, with the seq it kept of each stream it held."""


def common_seq(
    ancestry: Ancestry,
    epoch: Epoch,
    lineage: Sequence[Epoch],
    forks: Sequence[int],
    stream: StreamId,
) -> int:
    """The highest seq of `stream` that a replica at `epoch` surely shares with the hub.

    `forks[i]` is where the hub's log of the stream left `lineage[i]`; the last epoch lives still.
    0 where no epoch is known to both.
    """
    known = {name: nth for nth, name in enumerate(lineage)}
    if epoch in known:
        return _least(forks[known[epoch] :])
    kept: list[int] = []
    for left, cuts in reversed(ancestry):
        cut = dict(cuts).get(stream)
        if cut is None:
            return 0
        kept.append(cut)
        if left in known:
            return min(min(kept), _least(forks[known[left] :]))
    return 0


def _least(forks: Sequence[int]) -> int:
    """The lowest fork; a stream that never left the present epoch is whole."""
    return min(forks, default=2**53)


def extend(ancestry: Ancestry, left: Epoch, kept: dict[StreamId, int]) -> Ancestry:
    """The ancestry after leaving an epoch with so much of each stream; the oldest is forgotten."""
    return (*ancestry, (left, tuple(sorted(kept.items()))))[-LINEAGE_MAX:]


def encode_ancestry(ancestry: Ancestry) -> bytes:
    """An ancestry as a replica keeps it."""
    return b"".join(
        len(part).to_bytes(4, "big") + part for part in (encode(entry) for entry in ancestry)
    )


def decode_ancestry(data: bytes) -> Ancestry:
    """The inverse of `encode_ancestry`; of no bytes, the empty one."""
    entries: list[tuple[Epoch, tuple[tuple[StreamId, int], ...]]] = []
    at = 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        part = decode(data[at + 4 : at + 4 + size], 1 << 20)
        entries.append(cast("tuple[Epoch, tuple[tuple[StreamId, int], ...]]", part))
        at += 4 + size
    return tuple(entries)
