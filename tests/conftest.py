"""What holds for a whole run of the suite."""

import gc

import pytest
from hypothesis import settings

from hobnob.features import registry
from tests.terminal import matrix

_CLAIMED = {test for feature in registry.load() for test in feature.tests} | {
    row.story for row in matrix.load() if row.story
}
_unseen: list[str] = []


# How long an example takes is up to the machine, and to what else it does.
settings.register_profile("untimed", parent=settings.default, deadline=None)
settings.load_profile("untimed")


def pytest_configure() -> None:
    """Collecting makes hundreds of thousands of objects, none of them garbage."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What was collected stays to the end, and is looked through no more."""
    gc.freeze()
    gc.enable()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A test that shows a feature must have run: a skipped one shows nothing."""
    name = report.nodeid.partition("[")[0]
    if report.skipped and (name in _CLAIMED or name.partition("::")[0] in _CLAIMED):
        _unseen.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in which a claimed feature was not shown."""
    if _unseen:
        print(f"\nfeatures that were not shown, for their tests were skipped: {_unseen}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
