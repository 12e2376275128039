"""What still changes is left alone."""

from hobnob_client.sealing.meeting import Held
from hobnob_client.sealing.resting import Resting
from hobnob_protocol.limits import PRIVATE_IDLE_SECONDS


def test_what_has_stood_for_long_enough_has_rested() -> None:
    """Counted from when it was seen first; each change begins anew."""
    resting, end = Resting(), 100 + PRIVATE_IDLE_SECONDS
    one, other = Held(b"one", b"1", edited_ms=1), Held(b"other", b"2", edited_ms=2)
    assert resting.rested((one,), 100) == ()
    assert resting.later_seconds == end
    assert resting.rested((one, other), end - 1) == ()
    assert resting.later_seconds == end
    assert resting.rested((one, other), end) == (one,)
    assert resting.later_seconds == end - 1 + PRIVATE_IDLE_SECONDS
    changed = Held(b"one", b"1!", edited_ms=3)
    assert resting.rested((changed,), end + 1) == ()
    assert resting.rested((), end + 2) == ()
    assert resting.later_seconds is None


def test_a_clock_that_is_put_back_makes_nobody_wait() -> None:
    """It has rested, for all that is known."""
    resting, one = Resting(), Held(b"one", b"1", edited_ms=1)
    assert resting.rested((one,), 100) == ()
    assert resting.rested((one,), 50) == (one,)
