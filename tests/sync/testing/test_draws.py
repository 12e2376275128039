"""Chance from a seed."""

from hobnob_sync.testing.draws import Draws


def test_equal_seeds_draw_alike() -> None:
    """The same draws in the same order, and others from another seed."""
    one, same, other = ([Draws(seed).below(1 << 60) for _ in range(3)] for seed in (1, 1, 2))
    assert one == same != other


def test_draws_stay_in_their_bounds_and_reach_them() -> None:
    """Every value comes, none beyond."""
    draws = Draws(5)
    assert {draws.below(3) for _ in range(100)} == {0, 1, 2}
    assert {draws.one_in(3) for _ in range(100)} == {True, False}
    assert {draws.choice("abc") for _ in range(100)} == set("abc")
    assert len(draws.bytes(7)) == 7
    assert draws.one_in(1)
