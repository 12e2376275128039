"""A held log is one run of seqs without a hole: what every store asserts before it writes."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeAlias

from hobnob_protocol.errors import UsageError

Run: TypeAlias = tuple[int, int]
"""The lowest and the highest seq held, both included."""


def extended(held: Run | None, seqs: Sequence[int]) -> Run:
    """The run that `held` (None: nothing) and `seqs` make together, in whatever order they come.

    `seqs` holds at least one. UsageError where a hole would be left or a seq be there twice: only a
    bug in an engine asks for that, and nothing was written yet.
    """
    fresh = sorted(seqs)
    lo, hi = held if held is not None else (fresh[0], fresh[0] - 1)
    below = bisect_left(fresh, lo)
    for seq in fresh[below:]:
        if seq != hi + 1:
            raise UsageError(f"entry {seq} does not follow {hi}")
        hi = seq
    for seq in fresh[below - 1 :: -1] if below else ():
        if seq != lo - 1:
            raise UsageError(f"entry {seq} does not lead to {lo}")
        lo = seq
    return lo, hi


def appended(last_seq: int, seqs: Sequence[int]) -> int:
    """The last seq after `seqs` were appended to a log that holds 1 to `last_seq` (0: nothing).

    UsageError as for `extended`, and for a hub's log that would not begin at 1.
    """
    lo, hi = extended((1, last_seq), seqs)
    if lo != 1:
        raise UsageError(f"entry {lo} lies before the first")
    return hi
