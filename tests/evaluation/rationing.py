"""Who is shown when nobody is shown more often than they allow: by score alone, and by price."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

from hobnob_client.match.price import Price, worth
from hobnob_protocol.limits import LOAD_WEEK_MS, SHOWN_AT_ONCE

KEPT: Final = 250
"""So many of the best of a question are looked at: as many as are shown in all of a week."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One question: the best candidates by score, best first, and who answered."""

    now_ms: int
    scores: tuple[tuple[int, float], ...]
    answered_by: frozenset[int]


@dataclass(frozen=True, slots=True)
class Shown:
    """Whom each question was shown, in order."""

    people: list[list[int]]

    def hit(self, questions: Sequence[Ranked]) -> float:
        """The share of questions that were shown somebody who answered."""
        pairs = zip(self.people, questions, strict=True)
        hits = sum(not one.answered_by.isdisjoint(three) for three, one in pairs)
        return hits / max(1, len(questions))

    def busiest(self, most: int = 10) -> float:
        """The share of all shows that the busiest ten have."""
        counts = Counter(person for three in self.people for person in three)
        return sum(count for _, count in counts.most_common(most)) / max(1, counts.total())

    def distinct(self) -> int:
        """How many people were shown at all."""
        return len({person for three in self.people for person in three})


def show(questions: Sequence[Ranked], limit: int | None, step: float) -> Shown:
    """Three people for each, in order of time, nobody more than `limit` times in seven days (None
    for no limit). With a step of 0 nothing has a price: the best who have room, greedily."""
    recent: defaultdict[int, list[int]] = defaultdict(list)
    prices: defaultdict[int, Price] = defaultdict(Price)
    found: list[list[int]] = []
    for question in questions:
        now_ms, ranked = question.now_ms, list[tuple[float, int]]()
        least = -inf
        for person, score in question.scores:
            # Prices are not negative and scores fall: nobody further down can be among the three.
            if score <= least:
                break
            if limit is not None and not _room(recent[person], limit, now_ms):
                continue
            ranked.append((-worth(score, prices[person].now(now_ms)), person))
            if len(ranked) >= SHOWN_AT_ONCE:
                ranked.sort()
                least = -ranked[SHOWN_AT_ONCE - 1][0]
        three = [person for _, person in sorted(ranked)[:SHOWN_AT_ONCE]]
        for person in three if limit is not None else ():
            recent[person].append(now_ms)
            if limit is not None and step:
                prices[person] = prices[person].after_show(limit, now_ms, step)
        found.append(three)
    return Shown(found)


def _room(times: list[int], limit: int, now_ms: int) -> bool:
    while times and now_ms - times[0] >= LOAD_WEEK_MS:
        times.pop(0)
    return len(times) < limit
