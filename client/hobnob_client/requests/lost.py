"""What a hub has told of and knows no more, as where a backup from before was put in its place: a
request that is not over is said again by who asked, and then what was done with it by who did it.
It keeps its id, so it counts once, whichever devices say it."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from hobnob_protocol.ids import TargetId
from hobnob_protocol.limits import REQUEST_OPEN_MS
from hobnob_protocol.request_questions import Request, RequestsAnswer

WAITS: Final = ("full", "too_many")
"""Why it is not taken now and may be later: those who were asked may not be known as such yet."""


_SINCE: Final[Mapping[tuple[str, str], tuple[bool | None, str]]] = MappingProxyType(
    {
        ("asked", "accepted"): (False, "accept"),
        ("asked", "met"): (False, "accept"),
        ("asked", "declined"): (False, "decline"),
        ("asked", "withdrawn"): (True, "withdraw"),
        ("accepted", "met"): (None, "meet"),
    }
)
"""By how a request stands and how it stood before, which no hub that keeps all tells: whether it is
told by who asked, by the other one, or by either, and what."""


def lost(before: RequestsAnswer | None, now: RequestsAnswer, now_ms: int) -> tuple[Request, ...]:
    """Those of mine that were there `before` and go on, or may still be answered."""
    there = {each.request for each in now.requests}
    return tuple(
        each
        for each in (before.requests if before is not None else ())
        if each.mine
        and each.request not in there
        and (
            each.state in ("accepted", "met")
            or (each.state == "asked" and now_ms - each.at_ms < REQUEST_OPEN_MS)
        )
    )


def undone(before: Iterable[RequestsAnswer], now: RequestsAnswer) -> Iterator[tuple[TargetId, str]]:
    """What I have done with requests that stood further `before`, to be told again: each by its id
    and what was done, one step at a time."""
    stood = {(each.request, each.state) for answer in before for each in answer.requests}
    for each in now.requests:
        for (state, further), (mine, what) in _SINCE.items():
            is_told = mine is None or mine == each.mine
            if is_told and state == each.state and (each.request, further) in stood:
                yield each.request, what
                break
