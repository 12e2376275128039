"""The zone that times are shown in."""

from datetime import UTC, datetime, timedelta, tzinfo


def zone_of(times: str) -> tzinfo:
    """The zone that the setting `times` names; the machine's own where that is "local"."""
    if times == "utc":
        return UTC
    if times != "local":
        # Only who has such a setting pays for importing it.
        from zoneinfo import ZoneInfo

        return ZoneInfo(times)
    return Machine()


class Machine(tzinfo):
    """The machine's own zone, whose offset is that of each moment: in summer another than in
    winter. Which of the names of `zoneinfo` it has is nowhere said. A date is from the years 2 to
    9998, beyond them ValueError or OverflowError."""

    def fromutc(self, dt: datetime) -> datetime:
        """The moment `dt` of UTC as the machine's clocks show it."""
        there = dt.replace(tzinfo=UTC).astimezone()
        shown = there.replace(tzinfo=self)
        # An hour that comes twice: the second time.
        return shown if shown.utcoffset() == there.utcoffset() else shown.replace(fold=1)

    def utcoffset(self, dt: datetime | None) -> timedelta | None:
        """How far the machine's clocks are ahead of UTC when they show `dt`."""
        return _there(dt).utcoffset()

    def tzname(self, dt: datetime | None) -> str | None:
        """What that time is called."""
        return _there(dt).tzname()

    def dst(self, dt: datetime | None) -> timedelta | None:
        """Nobody says how much of it is summer."""
        return None


def _there(dt: datetime | None) -> datetime:
    shown = datetime.now() if dt is None else dt
    return shown.replace(tzinfo=None).astimezone()
