"""What members of the demo world say of themselves, as fields of a profile."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from hobnob.demo.people import Member
from hobnob_client.profiles.fields import BY_NAME
from hobnob_client.profiles.forms import fitted
from hobnob_protocol.kinds.people import ProfileField

_MINUTES: Final = 60


def said_of(member: Member, now: datetime) -> tuple[ProfileField, ...]:
    """All of them; the zone coarsely, as far ahead of UTC as it is `now`, and full hours."""
    said = {
        "helps_with": ", ".join(member.offers),
        "looks_for": ", ".join(member.seeks),
        "goals": member.goals,
        "level": member.level,
        "languages": ", ".join(member.languages),
        "zone": _zone(member.zone, now),
        "hours": _hours(member.hours),
    }
    return tuple(
        ProfileField(name, fitted(BY_NAME[name].form, value))
        for name, value in said.items()
        if value
    )


def _zone(name: str, now: datetime) -> str:
    ahead = now.astimezone(ZoneInfo(name)).utcoffset()
    assert ahead is not None
    minutes = round(ahead.total_seconds() / _MINUTES)
    hours, rest = divmod(abs(minutes), _MINUTES)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def _hours(span: str) -> str:
    """Full hours that have all of it."""
    first, last = (each.split(":") for each in span.split("-"))
    return f"{int(first[0])}-{int(last[0]) + (int(last[1]) > 0)}"
