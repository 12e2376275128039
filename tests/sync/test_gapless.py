"""A held log is one run of seqs."""

from itertools import product

import pytest

from hobnob_protocol.errors import UsageError
from hobnob_sync.gapless import Run, appended, extended


def union(held: Run | None, seqs: tuple[int, ...]) -> Run | None:
    """What `extended` must answer, by sets; None where it must refuse."""
    there = set(range(held[0], held[1] + 1)) if held else set[int]()
    both = there | set(seqs)
    gapless = max(both) - min(both) + 1 == len(both) == len(there) + len(seqs)
    return (min(both), max(both)) if gapless else None


@pytest.mark.parametrize("held", [None, (4, 4), (3, 5), (4, 6)])
def test_a_run_is_extended_exactly_where_no_hole_is_left(held: Run | None) -> None:
    """All up to four seqs in all orders: taken or refused as sets say."""
    for count in (1, 2, 3, 4):
        for seqs in product(range(1, 9), repeat=count):
            try:
                found = extended(held, seqs)
            except UsageError:
                found = None
            assert found == union(held, seqs), (held, seqs)


def test_a_refusal_names_what_does_not_fit() -> None:
    """The message holds the seq and the end it does not reach."""
    with pytest.raises(UsageError, match="entry 9 does not follow 6"):
        extended((4, 6), [9])
    with pytest.raises(UsageError, match="entry 2 does not lead to 4"):
        extended((4, 6), [2])


def test_a_hubs_log_begins_at_one_and_grows_at_its_end() -> None:
    """Nothing lies before the first entry, also in an empty log."""
    assert appended(0, [1]) == 1
    assert appended(3, [5, 4]) == 5
    for last, seqs in ((0, [2]), (0, [0]), (3, [0]), (3, [3])):
        with pytest.raises(UsageError):
            appended(last, seqs)
    with pytest.raises(UsageError, match="entry 0 lies before the first"):
        appended(3, [0])
