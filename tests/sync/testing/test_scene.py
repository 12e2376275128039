"""What checks are told with."""

import pytest

from hobnob_protocol.errors import StoreFull, UsageError
from hobnob_sync.testing.scene import refuses


def fail() -> None:
    """Raise."""
    raise UsageError("no")


def test_a_refusal_must_come_and_be_the_one_expected() -> None:
    """Neither silence nor another error will do."""
    refuses(UsageError, fail)
    with pytest.raises(AssertionError, match="UsageError was expected"):
        refuses(UsageError, lambda: None)
    with pytest.raises(UsageError):
        refuses(StoreFull, fail)
