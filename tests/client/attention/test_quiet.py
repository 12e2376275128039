"""Quiet hours are spans of the week by the clock of a zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from hobnob_client.attention.quiet import Quiet, QuietError, parse, words

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str, zone: ZoneInfo | None = None) -> int:
    """A moment, in ms; 2026-03-02 is a Monday."""
    return round(datetime.fromisoformat(text).replace(tzinfo=zone or UTC).timestamp() * 1_000)


@pytest.mark.parametrize(
    ("hours", "when", "until"),
    [
        ("22:00-07:00", "2026-03-02T23:30", "07:00"),
        ("22:00-07:00", "2026-03-02T06:59", "07:00"),
        ("22:00-07:00", "2026-03-02T07:00", ""),
        ("22:00-07:00", "2026-03-02T21:59", ""),
        ("mon-fri 22:00-07:00", "2026-03-07T06:00", "07:00"),
        ("mon-fri 22:00-07:00", "2026-03-07T22:30", ""),
        ("mon-fri 22:00-07:00", "2026-03-02T06:00", ""),
        ("sun 22:00-07:00", "2026-03-02T06:00", "07:00"),
        ("fri-mon 12:00-13:00", "2026-03-08T12:30", "13:00"),
        ("fri-mon 12:00-13:00", "2026-03-04T12:30", ""),
        ("weekends 00:00-24:00", "2026-03-08T23:59", "00:00"),
        ("weekends 00:00-24:00", "2026-03-09T00:00", ""),
        ("mon 9:00-12:00; mon,tue 13:00-17:00", "2026-03-03T13:00", "17:00"),
        ("", "2026-03-03T13:00", ""),
    ],
)
def test_a_moment_is_in_them_or_not(hours: str, when: str, until: str) -> None:
    """A span belongs to the day on which it begins."""
    assert parse(hours).until(at(when), UTC) == until


def test_they_follow_the_clock_of_their_zone() -> None:
    """Wherever the device is; and without a zone the device's own."""
    quiet = parse("22:00-07:00", "Europe/Berlin")
    assert quiet.until(at("2026-03-02T21:30"), UTC) == "07:00"
    assert parse("22:00-07:00").until(at("2026-03-02T21:30"), UTC) == ""
    assert parse("22:00-07:00").until(at("2026-03-02T21:30"), BERLIN) == "07:00"


def test_summer_time_is_the_zones_own_affair() -> None:
    """In the night in which an hour is left out, seven is seven by the new clock."""
    quiet = parse("22:00-07:00", "Europe/Berlin")
    assert quiet.until(at("2026-03-29T04:59"), UTC) == "07:00"
    assert quiet.until(at("2026-03-29T05:00"), UTC) == ""
    assert quiet.until(at("2026-10-25T05:59"), UTC) == "07:00"
    assert quiet.until(at("2026-10-25T06:00"), UTC) == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("22:00 - 07:00", "22:00-07:00"),
        ("daily 9:00-10:00", "09:00-10:00"),
        ("Monday-Friday 22:00-07:00", "mon-fri 22:00-07:00"),
        ("sat, sun 23:00-10:00;", "sat,sun 23:00-10:00"),
        ("fri-mon 1:00-2:00", "mon,fri,sat,sun 01:00-02:00"),
        ("weekdays 22:00-07:00; weekends 23:00-10:00", "mon-fri 22:00-07:00; sat,sun 23:00-10:00"),
        ("", ""),
    ],
)
def test_they_are_written_as_they_are_read(typed: str, said: str) -> None:
    """In one way, however they were typed."""
    assert words(parse(typed)) == said
    assert parse(said) == parse(typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("at night", "no hours"),
        ("22-7", "no hours"),
        ("someday 22:00-07:00", "no day"),
        ("m 22:00-07:00", "no day"),
        ("25:00-07:00", "no time"),
        ("22:60-07:00", "no time"),
        ("24:00-07:00", "begins at 24:00"),
        ("07:00-07:00", "whole day"),
        (";".join(["22:00-07:00"] * 15), "At most"),
    ],
)
def test_what_says_no_hours_is_told_why(typed: str, said: str) -> None:
    """In words that show how they look."""
    with pytest.raises(QuietError, match=said):
        parse(typed)


def test_an_unknown_zone_is_told_before_it_is_kept() -> None:
    """One that only another device knows leaves the clock of this one."""
    for zone in ("Europe/Atlantis", "../../etc/passwd", "x" * 300, "a\x00b"):
        with pytest.raises(QuietError, match="No time zone"):
            parse("22:00-07:00", zone)
    spans = parse("22:00-07:00").spans
    assert Quiet(spans, "Europe/Atlantis").until(at("2026-03-02T23:30"), UTC) == "07:00"
