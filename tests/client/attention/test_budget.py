"""A few notifications are told one by one; a burst in one line."""

from hobnob_client.attention.budget import AT_ONCE, PER_WINDOW, WINDOW_MS, Budget

NOW = 1_700_000_000_000


def test_a_few_are_told_one_by_one_and_a_burst_is_not() -> None:
    """Of one moment."""
    budget = Budget()
    assert budget.grants(AT_ONCE, NOW)
    assert not budget.grants(AT_ONCE + 1, NOW)


def test_after_so_many_one_waits_for_the_end_of_the_minute() -> None:
    """And then there is room again."""
    budget = Budget()
    for nth in range(PER_WINDOW):
        assert budget.waits_ms(NOW + nth) == 0
        budget.told(NOW + nth)
    later = NOW + PER_WINDOW
    assert not budget.grants(1, later)
    assert budget.waits_ms(later) == WINDOW_MS - PER_WINDOW
    assert budget.waits_ms(NOW + WINDOW_MS) == 0
    assert budget.grants(1, NOW + WINDOW_MS)


def test_a_clock_that_was_put_back_keeps_nobody_waiting() -> None:
    """What was told tomorrow is not lately."""
    budget = Budget()
    for _ in range(PER_WINDOW):
        budget.told(NOW)
    assert budget.waits_ms(NOW - 1_000_000) == 0
