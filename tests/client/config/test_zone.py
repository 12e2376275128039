"""The zone that times are shown in."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from hobnob_client.config.zone import zone_of

WINTER = datetime(2026, 1, 15, 12, tzinfo=UTC)
SUMMER = datetime(2026, 7, 15, 12, tzinfo=UTC)
TWICE = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
"""Half past two in Berlin, for the first time of that night."""


@pytest.fixture(autouse=True)
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine in Berlin."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("times", ["local", "Europe/Berlin"])
def test_a_time_is_shown_by_the_clock_of_its_own_day(times: str) -> None:
    """In summer as in winter, whatever it is now; an hour that comes twice is two."""
    zone = zone_of(times)
    assert WINTER.astimezone(zone).strftime("%H:%M %Z") == "13:00 CET"
    assert SUMMER.astimezone(zone).strftime("%H:%M %Z") == "14:00 CEST"
    for moment in (TWICE, TWICE + timedelta(hours=1)):
        shown = moment.astimezone(zone)
        assert f"{shown:%H:%M}" == "02:30"
        assert shown.timestamp() == moment.timestamp()


def test_a_day_begins_by_its_own_clock() -> None:
    """What is searched for by days is cut where they change there."""
    zone = zone_of("local")
    assert datetime(2026, 7, 1, tzinfo=zone).astimezone(UTC).hour == 22
    assert datetime(2026, 1, 1, tzinfo=zone).astimezone(UTC).hour == 23


def test_utc_is_utc() -> None:
    """Everywhere."""
    assert SUMMER.astimezone(zone_of("utc")).hour == 12
