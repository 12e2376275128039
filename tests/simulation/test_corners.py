"""What a campaign must have been through is whole: no row of the matrix is forgotten."""

from tests.simulation.corners import LEAST, REACHED, unreached
from tests.simulation.matrix import ELSEWHERE, MATRIX, ROWS


def test_every_row_of_the_failure_matrix_is_counted_or_excused() -> None:
    """Each once: by what is counted of it, or by the reason why no scheduler reaches it."""
    assert sorted((*MATRIX, *ELSEWHERE)) == list(range(1, ROWS + 1))
    assert all(MATRIX.values())


def test_a_campaign_that_missed_a_corner_is_told_so() -> None:
    """One time less than the least is not enough."""
    seen = dict.fromkeys(REACHED, LEAST)
    assert unreached(seen) == []
    for corner in REACHED:
        assert unreached({**seen, corner: LEAST - 1}) == [corner]
