"""The feed beside what others order by, at the moments that `sessions` describes."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from hobnob_client.feed.habits import Habits
from hobnob_client.feed.ranking import Row as Shown
from hobnob_client.feed.ranking import draw_of, rank
from hobnob_client.feed.scoring import score
from hobnob_client.feed.talk import Name, Talk
from hobnob_client.feed.weights import shipped
from tests.evaluation.archive import Archive
from tests.evaluation.device import beginnings, known
from tests.evaluation.measures import (
    TOP,
    calibration_error,
    mean,
    ndcg,
    percentile,
    recall,
    reciprocal,
)
from tests.evaluation.row import Row, against
from tests.evaluation.sessions import TEST, Moment, Window, moments, sessions, windows_in

SESSIONS: Final = 3_000
"""Of each window, at most."""
SINCE: Final = 0.6
DEVICES: Final = 40
"""Of these sessions, those that are looked at as a device knows them: each folds its past anew."""
TALKS: Final = 500
LOOKS: Final = 60
ROWS: Final = 50
"""On a screen: their reasons are found too."""
OURS: Final = "ours"
SHOWN: Final = "shown"
WITHOUT: Final = "without text"
_HOUR_MS: Final = 3_600_000

Order = Callable[[Sequence[Talk], int], Sequence[Talk]]


def _recency(talks: Sequence[Talk], _now_ms: int) -> Sequence[Talk]:
    """Zulip's recent view."""
    return talks


def _part_first(talks: Sequence[Talk], _now_ms: int) -> Sequence[Talk]:
    return sorted(talks, key=lambda talk: talk.own == 0)


def _hacker_news(talks: Sequence[Talk], now_ms: int) -> Sequence[Talk]:
    """(P - 1) / (T + 2)^1.8 on messages and hours."""

    def points(talk: Talk) -> float:
        hours: float = (now_ms - talk.begun_ms) / _HOUR_MS + 2
        return (talk.said - 1) / math.pow(hours, 1.8)

    return sorted(talks, key=points, reverse=True)


def _busiest(talks: Sequence[Talk], _now_ms: int) -> Sequence[Talk]:
    return sorted(talks, key=lambda talk: talk.last_day, reverse=True)


BASELINES: Final[dict[str, Order]] = {
    "recency": _recency,
    "took part, then recency": _part_first,
    "HN": _hacker_news,
    "busiest day": _busiest,
}


@dataclass(slots=True)
class _Found:
    """What was measured in a window, by ranker."""

    ndcg: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    unjoined: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    recall: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    reciprocal: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    told: list[tuple[float, bool]] = field(default_factory=list[tuple[float, bool]])
    first: list[tuple[float, bool]] = field(default_factory=list[tuple[float, bool]])
    """The same of the first ten alone."""
    candidates: list[float] = field(default_factory=list[float])
    devices: list[float] = field(default_factory=list[float])
    """nDCG@10 by what a device knows."""
    beside_devices: list[float] = field(default_factory=list[float])
    """The same sessions by the whole past."""


def run(archive: Archive, seed: int) -> tuple[Row, ...]:
    """All windows of which the archive has anything, and the time that it takes to rank."""
    rows: list[Row] = []
    busiest: Moment | None = None
    begun = beginnings(archive)
    for window in windows_in(archive, TEST, (SINCE, 1.0)):
        found = _Found()
        draw = Random(seed)
        chosen = sessions(archive, window, SESSIONS, seed)
        few = Random(seed).sample(chosen, min(DEVICES, len(chosen)))
        looked_at = {session.at for session in few}
        for moment in moments(archive, chosen):
            if busiest is None or len(moment.talks) > len(busiest.talks):
                busiest = moment
            _measure(moment, found, draw)
            if moment.at in looked_at:
                _device(*known(archive, moment, begun), moment, found)
        rows += _rows(window, found)
    return (*rows, _speed(busiest)) if busiest is not None else ()


def _measure(moment: Moment, found: _Found, draw: Random) -> None:
    talks, now_ms = moment.talks, moment.now_ms
    scored = score(talks, moment.habits, (), shipped(), now_ms)
    shown = rank(talks, moment.habits, now_ms, draw=draw_of(now_ms))
    orders = {name: order(talks, now_ms) for name, order in BASELINES.items()}
    orders["random"] = draw.sample(talks, len(talks))
    orders[OURS] = [one.talk for one in scored]
    orders[SHOWN] = [row.scored.talk for row in shown]
    if any(talk.question is not None for talk in talks):
        bare = [replace(talk, question=None) for talk in talks]
        without = score(bare, moment.habits, (), shipped(), now_ms)
        orders[WITHOUT] = [one.talk for one in without]
    _count(orders, moment.relevant, found)
    for at, one in enumerate(scored):
        outcome = (one.probability, one.talk.key in moment.relevant)
        found.told.append(outcome)
        if at < TOP:
            found.first.append(outcome)
    found.candidates.append(len(talks))


def _device(talks: list[Talk], habits: Habits, moment: Moment, found: _Found) -> None:
    scored = score(talks, habits, (), shipped(), moment.now_ms)
    keys: list[Name] = [one.talk.key for one in scored]
    found.devices.append(ndcg(keys, moment.relevant))
    found.beside_devices.append(found.ndcg[OURS][-1])


def _count(orders: dict[str, Sequence[Talk]], relevant: frozenset[int], found: _Found) -> None:
    for name, order in orders.items():
        keys: list[Name] = [talk.key for talk in order]
        found.ndcg.setdefault(name, []).append(ndcg(keys, relevant))
        found.recall.setdefault(name, []).append(recall(keys, relevant))
        found.reciprocal.setdefault(name, []).append(reciprocal(keys, relevant))
        others: list[Name] = [talk.key for talk in order if not talk.own]
        new = relevant.intersection(others)
        if new:
            found.unjoined.setdefault(name, []).append(ndcg(others, new))


def _rows(window: Window, found: _Found) -> list[Row]:
    count = f"{len(found.candidates):,} sessions of {mean(found.candidates):.0f} threads"

    def of(metric: str, values: dict[str, list[float]], aim: str = "", ours: str = OURS) -> Row:
        named = ("recency", "took part, then recency", "HN", "busiest day", "random")
        baselines = {name: mean(values.get(name, [])) for name in named}
        return against(f"{metric}, {window.name}", baselines, mean(values.get(ours, [])), aim)

    without = [of("nDCG@10 without the texts", found.ndcg, ours=WITHOUT)]
    return [
        of(f"nDCG@10 of {count}", found.ndcg, "ratio ≥ 2.4"),
        of(f"nDCG@10, not joined before ({len(found.unjoined.get(OURS, [])):,})", found.unjoined,
           "ratio ≥ 1.5"),
        of("nDCG@10 as shown: mixed, one row explored", found.ndcg, ours=SHOWN),
        *(without if WITHOUT in found.ndcg else []),
        against(f"nDCG@10 as a device knows it ({len(found.devices)}), {window.name}",
                {"the whole past": mean(found.beside_devices)}, mean(found.devices)),
        of("recall@10", found.recall),
        of("MRR", found.reciprocal),
        Row(f"calibration error, {window.name}", {}, calibration_error(found.told), aim="≤ 0.05",
            digits=4),
        Row(f"calibration error of the first ten, {window.name}", {},
            calibration_error(found.first), aim="≤ 0.05", digits=4),
    ]  # fmt: skip


def _speed(moment: Moment) -> Row:
    """CPU, since others use the machine: rank, and find two reasons for what a screen shows."""
    many = -(-TALKS // len(moment.talks))
    talks = (moment.talks * many)[:TALKS]
    took: list[float] = []
    for draw in range(LOOKS):
        begun = time.thread_time()
        rows: list[Shown] = rank(talks, moment.habits, moment.now_ms, draw=draw)
        for row in rows[:ROWS]:
            row.reasons(moment.habits)
        took.append((time.thread_time() - begun) * 1_000)
    return Row(f"ms of CPU to rank {TALKS} threads, p95", {}, percentile(took, 0.95), aim="≤ 20",
               digits=1)  # fmt: skip
