"""Quiet hours: spans of the week in which nothing pings, by the clock of a time zone.

They are written as one says them: `22:00-07:00` for each day, `mon-fri 22:00-07:30; sat,sun
23:00-10:00`, `weekends 00:00-24:00`. A span belongs to the day on which it begins, and may end on
the next. Zones are those of IANA (`Europe/Berlin`); summer time is the zone's own affair, since a
moment is looked up on its clock.
"""

import re
from datetime import UTC, datetime, time, tzinfo
from typing import Final

from hobnob_client.catalogue import clock, t
from hobnob_protocol.value import value

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMED: Final = {
    "daily": tuple(range(7)),
    "weekdays": tuple(range(5)),
    "weekends": (5, 6),
}
DAY_MINUTES: Final = 1_440
SPANS_MAX: Final = 14
_SPAN: Final = re.compile(r"(?:([a-z,\- ]+?)\s+)?(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)")


class QuietError(ValueError):
    """Why a text says no hours, in words."""


@value
class Span:
    """From `start` to `end`, minutes of the day, on these weekdays, 0 for Monday; where `end` is
    not later it is of the next day."""

    days: tuple[int, ...]
    start: int
    end: int

    @property
    def minutes(self) -> int:
        """How long it is."""
        return (self.end - self.start) % DAY_MINUTES or DAY_MINUTES


@value
class Quiet:
    """When nothing pings; `zone` is an IANA name, "" for where the device is."""

    spans: tuple[Span, ...] = ()
    zone: str = ""

    def until(self, at_ms: int, here: tzinfo) -> str:
        """Where a moment is in quiet hours, when those end, as the member reads clocks; "" where it
        is not. `here` is the device's own zone."""
        now = datetime.fromtimestamp(at_ms / 1_000, UTC).astimezone(self._zone(here))
        minute, day = now.hour * 60 + now.minute, now.weekday()
        for span in self.spans:
            since = (minute - span.start) % DAY_MINUTES
            begun = day if minute >= span.start else (day - 1) % 7
            if since < span.minutes and begun in span.days:
                return clock(time(*divmod(span.end % DAY_MINUTES, 60)))
        return ""

    def _zone(self, here: tzinfo) -> tzinfo:
        if not self.zone:
            return here
        try:
            return zone_named(self.zone)
        except QuietError:
            # Set on a device that knows more zones: its own clock is nearer than none.
            return here


def parse(text: str, zone: str = "") -> Quiet:
    """The hours that a text says; QuietError, in words, where it says none."""
    parts = [part.strip().lower() for part in text.split(";")]
    spans = tuple(_span(part) for part in parts if part)
    if len(spans) > SPANS_MAX:
        raise QuietError(t("At most {most} spans count.", most=SPANS_MAX))
    if zone:
        zone_named(zone)
    return Quiet(spans, zone if spans else "")


def words(quiet: Quiet) -> str:
    """The same as text, which `parse` reads again; "" for none."""
    return "; ".join(
        " ".join(filter(None, (_days_said(span.days), f"{_clock(span.start)}-{_clock(span.end)}")))
        for span in quiet.spans
    )


def zone_named(name: str) -> tzinfo:
    """A time zone; QuietError where this machine knows none of that name."""
    # Only who has named one pays for importing it.
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError) as unknown:
        said = t("No time zone is called {name} here. Europe/Berlin is one, or UTC.", name=name)
        raise QuietError(said) from unknown


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        said = t("{text} says no hours. They look like mon-fri 22:00-07:00.", text=text)
        raise QuietError(said)
    days = _days(found[1]) if found[1] else _NAMED["daily"]
    start, end = _minute(found[2], found[3]), _minute(found[4], found[5])
    if start == DAY_MINUTES:
        raise QuietError(t("No span begins at 24:00: say 00:00 of the next day."))
    if start == end:
        raise QuietError(t("A span ends when it begins: for the whole day say 00:00-24:00."))
    return Span(days, start, end)


def _minute(hour: str, minute: str) -> int:
    found = int(hour) * 60 + int(minute)
    if int(minute) >= 60 or found > DAY_MINUTES:
        raise QuietError(t("{time} is no time of a day.", time=f"{hour}:{minute}"))
    return found


def _days(text: str) -> tuple[int, ...]:
    found: set[int] = set()
    for part in re.split(r"[,\s]+", text.strip()):
        first, dash, last = part.partition("-")
        if part in _NAMED:
            found.update(_NAMED[part])
        elif dash:
            start, end = _day(first), _day(last)
            found.update((start + nth) % 7 for nth in range((end - start) % 7 + 1))
        else:
            found.add(_day(part))
    return tuple(sorted(found))


def _day(word: str) -> int:
    for nth, name in enumerate(DAYS):
        if len(word) >= 2 and (word.startswith(name) or name.startswith(word)):
            return nth
    raise QuietError(t("{word} is no day. They are mon, tue, wed, thu, fri, sat, sun.", word=word))


def _days_said(days: tuple[int, ...]) -> str:
    if days == _NAMED["daily"]:
        return ""
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{DAYS[days[0]]}-{DAYS[days[-1]]}"
    return ",".join(DAYS[day] for day in days)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
