"""The time of day, by the clock that the member reads."""

from datetime import UTC, datetime, time
from pathlib import Path

import hobnob_client
from hobnob_client.attention import quiet, until
from hobnob_client.catalogue import Clock, Language, clock, clock_cells, keeping_time, speaking
from hobnob_client.config import Settings
from hobnob_client.devices import moment
from hobnob_client.tui.rooms.cards import when
from hobnob_client.verbs import lines
from tests.client.verbs.shell import HubThread, Shell

EVENING = datetime(2026, 3, 4, 20, 5, tzinfo=UTC)
EVENING_MS = round(EVENING.timestamp() * 1_000)


def test_a_clock_has_twenty_four_hours_or_twice_twelve() -> None:
    """Midnight and noon are twelve; in both languages it takes equally many cells."""
    hours = (0, 9, 12, 13, 23)
    assert [clock(time(hour, 5)) for hour in hours] == ["00:05", "09:05", "12:05", "13:05", "23:05"]
    assert clock_cells() == 5
    with keeping_time(Clock.HALF):
        told = ["12:05 am", "9:05 am", "12:05 pm", "1:05 pm", "11:05 pm"]
        assert [clock(time(hour, 5)) for hour in hours] == told
        assert clock_cells() == 8
        with speaking(Language.GERMAN):
            assert clock(time(13, 5)) == "1:05 PM"
            assert clock_cells() == 8
    assert clock(EVENING) == "20:05"


def test_every_time_that_is_shown_is_told_by_it() -> None:
    """In a room, of what is muted, of quiet hours, of devices, at the shell; hours that are written
    as one types them stay so."""
    hours = quiet.parse("19:00-22:30")
    with keeping_time(Clock.HALF):
        assert when(EVENING_MS, UTC, EVENING.date()) == "8:05 pm"
        assert until.words(EVENING_MS + 3_600_000, EVENING_MS, UTC) == "9:05 pm"
        assert until.words(EVENING_MS + 86_400_000, EVENING_MS, UTC) == "Thu 8:05 pm"
        assert hours.until(EVENING_MS, UTC) == "10:30 pm"
        assert quiet.words(hours) == "19:00-22:30"
        assert moment(EVENING_MS).endswith("pm")
        assert lines.moment(EVENING_MS, Settings(times="utc")) == "2026-03-04 8:05 pm"


def test_nothing_else_tells_the_time() -> None:
    """What writes hours and minutes itself would not heed the setting."""
    root = Path(hobnob_client.__file__).parent
    found = [file for file in root.rglob("*.py") if "%H:%M" in file.read_text()]
    assert {str(file.relative_to(root)) for file in found} == {
        "catalogue/clock.py",
        # For programs.
        "verbs/sql.py",
    }


def test_the_shell_heeds_the_setting(tmp_path: Path) -> None:
    """Of messages, for people; programs read the time as ever."""
    hub, shell = HubThread(), Shell(tmp_path)
    with keeping_time(Clock.WHOLE):
        shell.done("join", hub.link(), "--handle", "alice")
        shell.done("post", "#general", "hello")
        shell.done("config", "set", "look.clock", "12h")
        (line,) = shell.done("tail", "#general").lines
        assert line.split()[2] in ("am", "pm")
        (record,) = shell.done("tail", "#general", "--json").records
        assert str(record["at"]).endswith("Z")
    hub.close()
