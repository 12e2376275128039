"""Who is shown for a question, held against who answered it.

Uncapped: is one who answered among the best five? The baselines rank by one feature each. Capped:
three are shown, nobody more often in seven days than a limit; greedily the best who have room, and
ours by price. The last metrics are of whom a device shows: people with evidence.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import combinations
from random import Random
from typing import Final, TypeAlias

from hobnob_client.match.evidence import evidence
from hobnob_client.match.features import NAMES, Features
from hobnob_client.match.price import STEP
from hobnob_client.match.scoring import chance, two_sided
from hobnob_client.match.weights import Weights, shipped
from hobnob_client.match.words import words
from hobnob_protocol.limits import SHOWS_DEFAULT
from tests.evaluation.archive import Archive
from tests.evaluation.asking import Question, questions
from tests.evaluation.rationing import KEPT, Ranked, Shown, show
from tests.evaluation.row import Row, against
from tests.evaluation.sessions import TEST, Window, windows_in

TOP: Final = 5
LIMITS: Final = (30, SHOWS_DEFAULT)
AIMS: Final = {30: "ratio ≥ 1.17", 10: "ratio ≥ 1.25"}
SHARE: Final = (0.6, 1.0)
NEEDS: Final = 50
UNLIKE: Final = 0.05
"""Needs of different channels that have so little of their words in common (Jaccard)."""
WELCOME: Final = 1.0
"""q: nothing is known of the other side in an archive of messages."""

Score: TypeAlias = Callable[[Features], float]
BASELINES: Final[dict[str, Score]] = {
    "most active": lambda row: row[NAMES.index("posts")],
    "most active in the channel": lambda row: row[NAMES.index("posts_here")],
    "first responders of the channel": lambda row: row[NAMES.index("first_here")],
    "BM25": lambda row: row[NAMES.index("wrote_of_it")],
    "online": lambda row: -row[NAMES.index("silent")],
}


@dataclass(frozen=True, slots=True)
class Need:
    """What one question was about."""

    channel: int
    words: frozenset[str]

    def unlike(self, other: "Need") -> bool:
        """Is the other about something else?"""
        common = len(self.words & other.words) / max(1, len(self.words | other.words))
        return self.channel != other.channel and common < UNLIKE


@dataclass(slots=True)
class Count:
    """What one window came to; the lists have an entry for each question."""

    asked: int = 0
    hits: dict[str, int] = field(default_factory=lambda: dict.fromkeys(BASELINES, 0))
    ours: int = 0
    ranked: list[Ranked] = field(default_factory=list[Ranked])
    proven: list[Ranked] = field(default_factory=list[Ranked])
    """The same, of those alone who have evidence: whom a device shows."""
    needs: list[Need] = field(default_factory=list[Need])


def run(archive: Archive, seed: int) -> tuple[Row, ...]:
    """The metrics of each window of which the archive has questions."""
    weights = shipped()
    return tuple(
        row
        for window in windows_in(archive, TEST, SHARE)
        for row in _rows(_counted(archive, window, weights), window, seed)
    )


def _counted(archive: Archive, window: Window, weights: Weights) -> Count:
    count = Count()
    for question in questions(archive, window.begin_ms, window.end_ms):
        count.asked += 1
        for name, value in BASELINES.items():
            count.hits[name] += _hit(question, [value(row) for row in question.features])
        chances = [chance(weights, row) for row in question.features]
        count.ours += _hit(question, chances)
        scores = [two_sided(p, WELCOME) for p in chances]
        pairs = list(zip(question.candidates, scores, strict=True))
        count.ranked.append(_ranked(question, pairs))
        lines = evidence(question.hits, question.now_ms)
        count.proven.append(_ranked(question, [pair for pair in pairs if pair[0] in lines]))
        said = frozenset(words(archive.texts[question.at] or ""))
        count.needs.append(Need(question.channel, said))
    return count


def _ranked(question: Question, pairs: Iterable[tuple[int, float]]) -> Ranked:
    best = nlargest(KEPT, pairs, key=lambda pair: pair[1])
    return Ranked(question.now_ms, tuple(best), question.answered_by)


def _hit(question: Question, scores: Sequence[float]) -> bool:
    """Is one who answered among the best? Of equals those named first are taken."""
    order = nlargest(TOP, range(len(scores)), key=lambda at: (scores[at], -at))
    return any(question.candidates[at] in question.answered_by for at in order)


def _rows(count: Count, window: Window, seed: int) -> Iterator[Row]:
    if not count.asked:
        return
    where = f"{window.name}, {count.asked:,} questions"
    hits = {name: found / count.asked for name, found in count.hits.items()}
    yield against(f"hit@{TOP}, {where}", hits, count.ours / count.asked, "ratio ≥ 1.4")
    for limit in LIMITS:
        greedy, priced = (show(count.ranked, limit, step) for step in (0.0, STEP))
        metric = f"hit@3, at most {limit} shows a week"
        yield against(
            metric, {"greedy": greedy.hit(count.ranked)}, priced.hit(count.ranked), AIMS[limit]
        )
        yield against(
            f"share of shows of the busiest ten, at most {limit} a week",
            {"greedy": greedy.busiest()},
            priced.busiest(),
            "≤ 0.25" if limit == SHOWS_DEFAULT else "",
        )
    if any(need.words for need in count.needs):
        yield from _proven(count, seed)


def _proven(count: Count, seed: int) -> Iterator[Row]:
    """Whom devices show: people with evidence, by price, at the limit one has who chose none."""
    alone = show(count.proven, None, 0.0)
    greedy, priced = (show(count.proven, SHOWS_DEFAULT, step) for step in (0.0, STEP))
    metric = f"hit@3 of people with evidence, at most {SHOWS_DEFAULT} shows a week"
    yield against(metric, {"greedy": greedy.hit(count.proven)}, priced.hit(count.proven))
    told = [at for at, need in enumerate(count.needs) if need.words]
    chosen = sorted(Random(seed).sample(told, min(NEEDS, len(told))))
    pairs = [
        (one, other)
        for one, other in combinations(chosen, 2)
        if count.needs[one].unlike(count.needs[other])
    ]
    shares = {
        name: _apart(shown, pairs)
        for name, shown in (("no limits", alone), ("greedy", greedy), ("by price", priced))
    }
    ours = shares.pop("by price")
    metric = (
        f"unlike needs that share at most one of three, {len(chosen)} needs, {len(pairs)} pairs"
    )
    yield against(metric, shares, ours, "1")


def _apart(shown: Shown, pairs: Sequence[tuple[int, int]]) -> float:
    people = shown.people
    return sum(len({*people[a]} & {*people[b]}) <= 1 for a, b in pairs) / max(1, len(pairs))
