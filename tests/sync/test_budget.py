"""A token bucket: draw, wait, fill."""

from hobnob_sync.budget import Budget, full


def test_a_full_bucket_gives_its_capacity_at_once() -> None:
    """And then it is empty."""
    bucket, wait = full(40.0, 4.0, 0).take(40, 0)
    assert (bucket.tokens, wait) == (0.0, 0)
    assert bucket.take(1, 0)[1] == 250


def test_what_is_missing_is_waited_for() -> None:
    """The wait is as long as the bucket needs, and nothing is drawn."""
    bucket = Budget(40.0, 4.0, 1.0, 0)
    after, wait = bucket.take(3, 0)
    assert (after.tokens, wait) == (1.0, 500)
    assert after.take(3, 499)[1] == 1
    after, wait = after.take(3, 500)
    assert (after.tokens, wait) == (0.0, 0)


def test_a_bucket_never_overflows() -> None:
    """A year of silence fills it once."""
    assert Budget(40.0, 4.0, 39.0, 0).tokens_at(10**11) == 40.0
    assert Budget(40.0, 4.0, 0.0, 0).tokens_at(1_000) == 4.0


def test_a_clock_that_goes_back_adds_nothing() -> None:
    """Nor does it take anything."""
    assert Budget(40.0, 4.0, 5.0, 1_000).tokens_at(0) == 5.0
