"""When to try again, and when time has jumped."""

from random import Random

from hobnob_client.patience import (
    BACKOFF_SECONDS_MAX,
    BACKOFF_SECONDS_MIN,
    SUSPENDED_SECONDS,
    Backoff,
    Suspension,
)


def test_waits_grow_and_keep_their_bounds() -> None:
    """From a fraction of a second to a minute, never longer."""
    backoff = Backoff(Random(7))
    waits = [backoff.failed() for _ in range(200)]
    assert min(waits) >= BACKOFF_SECONDS_MIN / 2
    assert max(waits) <= BACKOFF_SECONDS_MAX
    assert max(waits[:3]) <= BACKOFF_SECONDS_MIN * 4
    assert max(waits[20:]) > BACKOFF_SECONDS_MAX / 2


def test_two_clients_do_not_come_together() -> None:
    """Full jitter: the waits of many clients spread over the whole range."""
    late: list[float] = []
    for seed in range(200):
        backoff = Backoff(Random(seed))
        late.append([backoff.failed() for _ in range(10)][-1])
    quarter = BACKOFF_SECONDS_MAX / 4
    for nth in range(4):
        assert any(nth * quarter <= wait < (nth + 1) * quarter for wait in late)


def test_success_begins_anew() -> None:
    """After a login the next failure is the first."""
    backoff = Backoff(Random(7))
    for _ in range(20):
        backoff.failed()
    backoff.succeeded()
    assert backoff.failed() <= BACKOFF_SECONDS_MIN * 2


def test_the_hubs_own_wish_is_heeded() -> None:
    """Who is asked to come back in five minutes does not come sooner."""
    assert Backoff(Random(7)).failed(300.0) == 300.0


def test_sleep_is_noticed_once() -> None:
    """The wall clock ran on while the other stood still."""
    suspension = Suspension(1_000.0, 10.0)
    assert not suspension.jumped(1_005.0, 15.0)
    assert suspension.jumped(1_006.0 + SUSPENDED_SECONDS, 15.25)
    assert not suspension.jumped(1_007.0 + SUSPENDED_SECONDS, 16.25)


def test_a_clock_that_is_set_counts_as_sleep_in_either_direction() -> None:
    """One attempt too many costs less than a dead link; small corrections are none."""
    suspension = Suspension(1_000.0, 10.0)
    assert not suspension.jumped(1_000.0 + SUSPENDED_SECONDS - 1, 10.5)
    assert suspension.jumped(500.0, 11.0)
