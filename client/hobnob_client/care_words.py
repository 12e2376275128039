"""Care in words: one place for the screen and the shell, which say the same."""

from collections.abc import Container
from typing import Final

from hobnob_client.care.needs import Need, Sort
from hobnob_client.catalogue import later, n, t
from hobnob_client.durations import HOUR_MS
from hobnob_protocol.ids import AccountId

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
    if need.sort is Sort.BUDDY:
        return t("new here, and nobody shows them around for {time}: r writes to them", time=for_ms)
    reason = " ".join(need.reason.split())
    told = t("reported by {who}, {time} ago: {reason}", who=by, time=for_ms, reason=reason)
    return f"{told} ({blocked(need.who, need.by, need.blocked)})" if need.blocked else told


def blocked(author: AccountId | None, by: AccountId | None, several: Container[object]) -> str:
    """Whom one has blocked of who wrote a message and who reports it, "" for nobody."""
    if author in several and by in several:
        return t("you have blocked its author and who reports it")
    if author in several:
        return t("you have blocked its author")
    return t("you have blocked who reports it") if by in several else ""


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
    if sort is Sort.BUDDY:
        return n(
            "{count} newcomer wants to be shown around",
            "{count} newcomers want to be shown around",
            count,
        )
    return n("{count} report is open", "{count} reports are open", count)
