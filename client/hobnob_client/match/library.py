"""What was written, in memory: which posts a need is about, and whose they are.

It reads nothing by itself: whoever ranks adds each post, and each beginning of a thread.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from hobnob_client.durations import DAY_MS
from hobnob_client.match.bm25 import Index
from hobnob_client.match.tally import faded

Who = TypeVar("Who", bound=Hashable)
What = TypeVar("What", bound=Hashable)
"""An event, as the caller names it."""

OWN_MAX: Final = 600
"""Posts that are looked at for one need."""
BEGUN_MAX: Final = 150
"""Beginnings of threads that are looked at."""
TEXT_HALF_LIFE_MS: Final = 180 * DAY_MS
"""What somebody wrote tells longer what they know than whether they are about."""


class Link(StrEnum):
    """What connects a person with a post that a need is about."""

    WROTE = "wrote"
    ANSWERED = "answered"
    """They wrote in the thread that this post begins."""


@dataclass(frozen=True, slots=True)
class Hit(Generic[Who, What]):
    """A post that a need is about, for one person."""

    person: Who
    event: What
    """Their own post; or, where they answered, the beginning of that thread."""
    at_ms: int
    score: float
    """BM25, > 0."""
    link: Link

    def weight(self, now_ms: int) -> float:
        """What it tells of the person: the square, so that one post that is right outweighs many
        that share a word, faded with 180 days."""
        return self.score * self.score * faded(now_ms - self.at_ms, TEXT_HALF_LIFE_MS)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the hits say of one person."""

    wrote: float = 0.0
    answered: float = 0.0
    best: float = 0.0
    """The best hit of theirs by the best of all: 0 to 1."""


NOTHING: Final = Knowledge()


def knowledge(hits: Iterable[Hit[Who, What]], now_ms: int) -> dict[Who, Knowledge]:
    """By person: the sums of their hits' weights."""
    sums: dict[tuple[Who, Link], float] = {}
    best: dict[Who, float] = {}
    for hit in hits:
        best[hit.person] = max(best.get(hit.person, 0.0), hit.score)
        sums[hit.person, hit.link] = sums.get((hit.person, hit.link), 0.0) + hit.weight(now_ms)
    most = max(best.values(), default=1.0)
    return {
        who: Knowledge(
            sums.get((who, Link.WROTE), 0.0), sums.get((who, Link.ANSWERED), 0.0), score / most
        )
        for who, score in best.items()
    }


class Library(Generic[Who, What]):
    """Posts by their words, and beginnings of threads by theirs."""

    def __init__(self) -> None:
        self._posts, self._begun = Index(), Index()
        self._of: list[tuple[Who, What, int]] = []
        self._threads: list[tuple[What, int]] = []

    def add(self, author: Who, event: What, at_ms: int, words: Sequence[str]) -> None:
        """One post more."""
        self._posts.add(words)
        self._of.append((author, event, at_ms))

    def begin(self, event: What, at_ms: int, words: Sequence[str]) -> None:
        """A thread begins with this post."""
        self._begun.add(words)
        self._threads.append((event, at_ms))

    def hits(
        self, need: Sequence[str], answered_by: Callable[[What], Iterable[Who]]
    ) -> list[Hit[Who, What]]:
        """All hits of a need, by own posts first, each sort best first."""
        found = list[Hit[Who, What]]()
        for number, score in self._posts.search(need, OWN_MAX):
            author, event, at_ms = self._of[number]
            found.append(Hit(author, event, at_ms, score, Link.WROTE))
        for number, score in self._begun.search(need, BEGUN_MAX):
            event, at_ms = self._threads[number]
            found.extend(
                Hit(person, event, at_ms, score, Link.ANSWERED) for person in answered_by(event)
            )
        return found
