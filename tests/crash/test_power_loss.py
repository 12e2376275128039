"""The power goes at any moment: what was acknowledged is there, and nothing is half."""

import pytest

from tests.crash.campaign import Report, Reports, run

IMAGES = 300
SEEDS_OF_A_LIE = 6


@pytest.fixture(scope="module")
def reports() -> Reports:
    """A short campaign: so many images of each store."""
    found, seed = Reports(), 0
    while min(found.hub.images, found.replica.images) < IMAGES:
        run(seed, IMAGES, found)
        seed += 1
    return found


@pytest.mark.parametrize("store", ["hub", "replica"])
def test_a_power_loss_takes_nothing_that_was_promised(store: str, reports: Reports) -> None:
    """All images open, are sound, and hold a state that was committed: the last one promised, or
    a later one."""
    report: Report = getattr(reports, store)
    assert report.images >= IMAGES
    assert not report.lost
    assert not report.faults


def test_what_was_only_pulled_may_be_lost_as_a_whole(reports: Reports) -> None:
    """The replica does not wait for the disk when it applies what the hub can send again; the hub
    always waits."""
    assert reports.replica.behind
    assert not reports.hub.behind


@pytest.mark.parametrize("synchronous", ["OFF", "NORMAL"])
def test_a_store_that_does_not_wait_for_the_disk_is_noticed(synchronous: str) -> None:
    """The same campaign finds acknowledged events missing where SQLite syncs less than the stores
    ask for."""
    found = Reports()
    for seed in range(SEEDS_OF_A_LIE):
        if not (found.hub.lost and found.replica.lost):
            run(seed, IMAGES, found, lie=synchronous)
    assert found.hub.lost
    assert found.replica.lost
