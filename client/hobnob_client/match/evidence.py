"""Why somebody is proposed: dated posts that are about the need, theirs or answered by them."""

from collections.abc import Hashable, Iterable
from heapq import nlargest
from typing import Final, TypeVar

from hobnob_client.match.library import Hit

Who = TypeVar("Who", bound=Hashable)
What = TypeVar("What", bound=Hashable)

EVIDENCE_MIN: Final = 2
"""Whoever has less is not proposed: one post may share its words by chance."""
EVIDENCE_MAX: Final = 3
"""Lines that are read."""
MATCHING: Final = 0.3
"""A post matches the need where it has so much of the score of the best one there is."""


def evidence(hits: Iterable[Hit[Who, What]], now_ms: int) -> dict[Who, tuple[Hit[Who, What], ...]]:
    """By person: the posts that tell most, at most one line for an event, best first; nobody who
    has less than `EVIDENCE_MIN`."""
    every = list(hits)
    least = MATCHING * max((hit.score for hit in every), default=0.0)
    found: dict[Who, dict[What, Hit[Who, What]]] = {}
    for hit in every:
        if hit.score >= least:
            lines = found.setdefault(hit.person, {})
            known = lines.get(hit.event)
            if known is None or hit.score > known.score:
                lines[hit.event] = hit
    return {
        person: tuple(
            nlargest(EVIDENCE_MAX, lines.values(), key=lambda hit: (hit.weight(now_ms), hit.at_ms))
        )
        for person, lines in found.items()
        if len(lines) >= EVIDENCE_MIN
    }
