"""Care in words: one place for the screen and the shell, which say the same."""

from typing import Final

from hobnob_client.care.needs import Need, Sort
from hobnob_client.catalogue import later, n, t
from hobnob_client.durations import HOUR_MS

NOTHING: Final = later(
    "Nobody waits: newcomers and questions have answers, and no report is open. More is known "
    "after hobnob sync."
)


def waited(ms: int) -> str:
    """How long, in its greatest unit: a minute at least."""
    minutes, hours = ms // 60_000, ms // HOUR_MS
    if hours >= 48:
        return n("{count} day", "{count} days", hours // 24)
    if hours:
        return n("{count} hour", "{count} hours", hours)
    return n("{count} minute", "{count} minutes", max(1, minutes))


def why(need: Need, waited_ms: int, by: str) -> str:
    """What somebody needs, and since when; `by` is how whoever has reported it is called. Safe to
    draw as long as `by` is."""
    for_ms = waited(waited_ms)
    if need.sort is Sort.NEWCOMER:
        return t("new here, and the first message has no answer for {time}", time=for_ms)
    if need.sort is Sort.QUESTION:
        return t("a question without an answer for {time}", time=for_ms)
    reason = " ".join(need.reason.split())
    return t("reported by {who}, {time} ago: {reason}", who=by, time=for_ms, reason=reason)


def counted(sort: Sort, count: int) -> str:
    """How many need the same."""
    if sort is Sort.NEWCOMER:
        return n(
            "{count} newcomer waits for a first answer",
            "{count} newcomers wait for a first answer",
            count,
        )
    if sort is Sort.QUESTION:
        return n("{count} question has no answer", "{count} questions have no answer", count)
    return n("{count} report is open", "{count} reports are open", count)
