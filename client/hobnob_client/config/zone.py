"""The zone that times are shown in."""

from datetime import UTC, datetime, tzinfo


def zone_of(times: str) -> tzinfo:
    """The zone that the setting `times` names; the machine's own where that is "local"."""
    if times == "utc":
        return UTC
    if times != "local":
        # Only who has such a setting pays for importing it.
        from zoneinfo import ZoneInfo

        return ZoneInfo(times)
    return datetime.now().astimezone().tzinfo or UTC
