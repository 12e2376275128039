"""What a hub has told of and knows no more, as where a backup from before was put in its place: a
request that waits for its answer is said again. It keeps its id, so it counts once, whichever
devices say it."""

from typing import Final

from hobnob_protocol.limits import REQUEST_OPEN_MS
from hobnob_protocol.request_questions import Request, RequestsAnswer

WAITS: Final = ("full", "too_many")
"""Why it is not taken now and may be later: those who were asked may not be known as such yet."""


def lost(before: RequestsAnswer | None, now: RequestsAnswer, now_ms: int) -> tuple[Request, ...]:
    """Those of mine that were there `before` and may still be answered."""
    there = {each.request for each in now.requests}
    return tuple(
        each
        for each in (before.requests if before is not None else ())
        if each.mine
        and each.state == "asked"
        and each.request not in there
        and now_ms - each.at_ms < REQUEST_OPEN_MS
    )
