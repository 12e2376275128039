"""What fades."""

import pytest

from hobnob_client.halving import left


@pytest.mark.parametrize(("passed_ms", "rest"), [(0, 1), (10, 0.5), (20, 0.25), (-10, 1)])
def test_half_is_left_after_a_half_life(passed_ms: int, rest: float) -> None:
    """A clock that was put back makes nothing more."""
    assert left(passed_ms, 10) == pytest.approx(rest)
