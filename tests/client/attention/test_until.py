"""For how long something is muted, as people say it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from hobnob_client.attention.until import UntilError, moment, words

BERLIN = ZoneInfo("Europe/Berlin")
NOW = round(datetime(2026, 3, 4, 20, 30, tzinfo=UTC).timestamp() * 1_000)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("30m", "2026-03-04T21:00"),
        ("1h", "2026-03-04T21:30"),
        ("3 d", "2026-03-07T20:30"),
        ("2w", "2026-03-18T20:30"),
        ("tomorrow", "2026-03-05T08:00"),
        ("Monday", "2026-03-09T08:00"),
        ("wed", "2026-03-11T08:00"),
        ("thurs", "2026-03-05T08:00"),
    ],
)
def test_a_while_is_a_moment(said: str, then: str) -> None:
    """Days begin in the morning; the same weekday is a week ahead."""
    at = datetime.fromtimestamp(moment(said, NOW, UTC) / 1_000, UTC)
    assert f"{at:%Y-%m-%dT%H:%M}" == then


def test_mornings_are_those_where_one_is() -> None:
    """Tomorrow in Berlin begins before it does in Greenwich."""
    at = datetime.fromtimestamp(moment("tomorrow", NOW, BERLIN) / 1_000, UTC)
    assert f"{at:%Y-%m-%dT%H:%M}" == "2026-03-05T07:00"


@pytest.mark.parametrize(
    "said", ["", "soon", "0m", "400d", "99999w", "mo", "-1h", "1y", "monkey", "sunny"]
)
def test_what_says_no_time_is_told(said: str) -> None:
    """With what does."""
    with pytest.raises(UntilError):
        moment(said, NOW, UTC)


def test_a_moment_is_said_as_short_as_can_be() -> None:
    """Today by its time, this week by its day."""
    assert words(NOW + 3_600_000, NOW, UTC) == "21:30"
    assert words(moment("tomorrow", NOW, UTC), NOW, UTC) == "Thu 08:00"
    assert words(moment("2w", NOW, UTC), NOW, UTC) == "2026-03-18 20:30"
