"""Boards of an archive's thank-yous under attack, by five ways to count them and by ours.

Each figure is the best rank of a colluder: of all who gave or got thanks, how many have at least as
much, and one. A ring gives itself as much as it can; of the honest, some are duped into thanking
it, once each, one colluder after the other or all the same. Who is duped is drawn from the trusted
who ever thanked, several times: of ours the best draw for the ring is
printed, of the others the first.

Trusted are the 300 whom most different people thanked (as many seeds as community reference §2.2
took), and, beside them, those who reach TL2 by `trust.py` at the end of the archive.
"""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, TypeAlias

from hobnob_server.engines.recognition.deeds import Person, day_of
from hobnob_server.engines.recognition.gifts import Graph, graph
from hobnob_server.engines.recognition.marks import Mark, Measure, counting
from hobnob_server.engines.recognition.noticing import Noticing
from hobnob_server.engines.recognition.points import scores
from hobnob_server.engines.recognition.rank import DAMPING, ranked
from hobnob_server.engines.recognition.standing import standing
from hobnob_server.engines.recognition.trust import Level, Trust, judge
from tests.evaluation.archive import Archive
from tests.evaluation.correlation import spearman
from tests.evaluation.deeds import deeds
from tests.evaluation.row import Row
from tests.evaluation.thanking import ThankYou, thank_yous
from tests.server.engines.recognition.attacks import Attack

Ranking: TypeAlias = Mapping[Person, float]
Way: TypeAlias = "Callable[[Sequence[Mark], Graph, _Town], Ranking]"
SEEDS: Final = 300
DRAWS: Final = 3
RINGS: Final = ((5, 0), (20, 0), (100, 0), (20, 1), (20, 10), (100, 10))
"""Sizes, and how many are duped."""
THANKS_IN_ALL: Final = 8_000
"""What all of a ring give each other at most; so many that a ring of five is far ahead by count."""
RANK_MIN: Final = 250
YEAR_DAYS: Final = 364


@dataclass(frozen=True, slots=True)
class _Town:
    """What the archive comes to."""

    marks: list[Mark]
    thanks: list[Mark]
    people: list[Person]
    """Who gave or got thanks."""
    distinct: Counter[Person]
    """How many different people thanked each."""
    seeds: list[Person]
    trusted: list[Person]
    now_ms: int


def run(archive: Archive, seed: int) -> tuple[Row, ...]:
    """Ranks under attack, agreement with distinct givers, and time."""
    thanked = list(thank_yous(archive))
    if not thanked:
        return ()
    town = _town(archive, thanked)
    return (
        *_described(town),
        _of_a_large_hub(seed),
        *_attacked(town, seed),
        *_agreement(town),
        *_points(town, seed),
    )


def _town(archive: Archive, thanked: Sequence[ThankYou]) -> _Town:
    noticing = Noticing()
    now_ms = archive.times_ms[thanked[-1].at] + 1
    until = archive.at(now_ms)
    made = [
        mark
        for deed in deeds(archive, thanked)
        if deed.at_ms < now_ms
        for mark in noticing.notice(deed)
    ]
    marks = counting(made, ())
    thanks = [mark for mark in marks if mark.measure is Measure.THANKED]
    pairs = {(mark.other, mark.person) for mark in thanks}
    distinct = Counter(receiver for _, receiver in sorted(pairs, key=str))
    people = sorted({one for pair in pairs for one in pair if one is not None})
    seeds = sorted(distinct, key=lambda person: (-distinct[person], person))[:SEEDS]
    trusted = _trusted(archive, marks, until, now_ms)
    return _Town(marks, thanks, people, distinct, seeds, trusted, now_ms)


def _trusted(archive: Archive, marks: list[Mark], until: int, now_ms: int) -> list[Person]:
    """Who has TL2 or more; nobody's thanks are doubted for being reached by nobody, for in an
    archive nobody was trusted at the beginning."""
    days: dict[Person, dict[int, None]] = {}
    written: Counter[Person] = Counter()
    for at in range(until):
        days.setdefault(archive.authors[at], {})[day_of(archive.times_ms[at])] = None
        written[archive.authors[at]] += 1
    theirs: dict[Person, list[Mark]] = {}
    for mark in marks:
        theirs.setdefault(mark.person, []).append(mark)
    return [
        person
        for person in sorted(days)
        if judge(
            Trust(),
            standing([*days[person]], written[person], theirs.get(person, []), now_ms),
            now_ms,
        ).level
        >= Level.TRUSTED
    ]


def _described(town: _Town) -> Iterator[Row]:
    givers = len({mark.other for mark in town.thanks})
    yield Row("thank-yous that the texts show", {}, len(town.thanks), digits=0)
    yield Row("... by so many givers", {}, givers, digits=0)
    yield Row("... to so many receivers", {}, len(town.distinct), digits=0)
    yield Row("TL2 and more at the end", {}, len(town.trusted), digits=0)
    begun = time.process_time()
    ranked(graph(town.thanks), town.seeds)
    yield Row("kudos rank of all, CPU s", {}, time.process_time() - begun, aim="≤ 10", digits=2)


def _of_a_large_hub(seed: int) -> Row:
    """What a night costs where 5,000 members thank much, a third of them trusted."""
    random, members = Random(seed), 5_000
    thanks = [
        Mark(Measure.THANKED, random.randrange(members), ref, ref, 1, random.randrange(members))
        for ref in range(100_000)
    ]
    begun = time.process_time()
    ranked(graph(thanks), range(0, members, 3))
    spent = time.process_time() - begun
    return Row("kudos rank, 5,000 members, 100,000 thanks, CPU s", {}, spent, aim="≤ 10", digits=2)


def _attacked(town: _Town, seed: int) -> Iterator[Row]:
    for ring, duped in RINGS:
        yield from _ring(town, ring, duped, seed, focused=False)
    yield from _ring(town, 20, 10, seed, focused=True)


def _ring(town: _Town, ring: int, duped: int, seed: int, *, focused: bool) -> Iterator[Row]:
    draws = [_attack(town, ring, duped, seed + draw, focused=focused) for draw in range(DRAWS)]
    beside = [way for way in WAYS if way not in OURS]
    baselines = _under(town, draws[0], beside)
    found = [_under(town, attack, OURS) for attack in (draws if duped else draws[:1])]
    ours, by_level = (min(one[way] for one in found) for way in OURS)
    name = f"best colluder, ring {ring}, duped {duped}{', by the same one' if focused else ''}"
    yield Row(name, baselines, ours, None, f"> {RANK_MIN}", 0)
    yield Row("... trusted are TL2", {}, by_level, digits=0)


def _attack(town: _Town, ring: int, duped: int, seed: int, *, focused: bool) -> Attack:
    givers = {mark.other for mark in town.thanks}
    able = [one for one in town.seeds if one in givers]
    dupes = Random(seed).sample(able, min(duped, len(able)))
    budget = THANKS_IN_ALL // (ring * (ring - 1)) + 1
    return Attack(ring, tuple(dupes), focused, age_days=3_000, budget=budget)


def _under(town: _Town, attack: Attack, ways: Collection[str]) -> dict[str, float]:
    thanks = [*town.thanks, *attack.marks(town.now_ms)]
    thanks.sort(key=lambda mark: mark.at_ms)
    gifts = graph(thanks)
    return {
        way: _place(WAYS[way](thanks, gifts, town), attack.colluders(), town.people) for way in ways
    }


def _place(ranking: Ranking, ring: Collection[Person], people: Sequence[Person]) -> int:
    best = max(ranking.get(person, 0.0) for person in ring)
    return 1 + sum(ranking.get(person, 0.0) >= best for person in people)


def _raw(thanks: Sequence[Mark], _gifts: Graph, _town: _Town) -> Ranking:
    return Counter(mark.person for mark in thanks)


def _distinct(thanks: Sequence[Mark], _gifts: Graph, _town: _Town) -> Ranking:
    return Counter(person for person, _ in {(mark.person, mark.other) for mark in thanks})


def _root(thanks: Sequence[Mark], _gifts: Graph, _town: _Town) -> Ranking:
    roots: dict[Person, float] = {}
    for (person, _), count in Counter((mark.person, mark.other) for mark in thanks).items():
        roots[person] = roots.get(person, 0.0) + count**0.5
    return roots


def _uniform(thanks: Sequence[Mark], gifts: Graph, town: _Town) -> Ranking:
    everybody = {*town.people, *(mark.person for mark in thanks)}
    return ranked(gifts, everybody, 0.85).rank


def _seeded(damping: float, *, levels: bool = False) -> Way:
    def ranking(_thanks: Sequence[Mark], gifts: Graph, town: _Town) -> Ranking:
        return ranked(gifts, town.trusted if levels else town.seeds, damping).rank

    return ranking


WAYS: Final[Mapping[str, Way]] = {
    "raw count": _raw,
    "distinct givers": _distinct,
    "√ per pair": _root,
    "uniform PageRank": _uniform,
    "seeds, damping .85": _seeded(0.85),
    "ours": _seeded(DAMPING),
    "ours, TL2 trusted": _seeded(DAMPING, levels=True),
}
OURS: Final = ("ours", "ours, TL2 trusted")
"""`ranked` with its own damping. Both PageRanks beside it hold back as much as ours, which helps
them."""


def _agreement(town: _Town) -> Iterator[Row]:
    gifts = graph(town.thanks)
    rankings = {way: ranking(town.thanks, gifts, town) for way, ranking in WAYS.items()}
    del rankings["distinct givers"]
    for name, people, aim in (
        ("all who gave or got thanks", town.people, "≥ 0.90"),
        ("those who got thanks", sorted(town.distinct), ""),
    ):
        expected = [float(town.distinct[person]) for person in people]
        found = {
            way: spearman([ranking.get(one, 0.0) for one in people], expected)
            for way, ranking in rankings.items()
        }
        ours, by_level = (found.pop(way) for way in OURS)
        yield Row(f"Spearman with distinct givers, {name}", found, ours, None, aim)
        yield Row("... trusted are TL2", {}, by_level, None, aim)


def _points(town: _Town, seed: int) -> Iterator[Row]:
    """A board of points, for a year, under a ring that also accepts its own answers every day of
    the last four weeks."""
    year_ms = YEAR_DAYS * 86_400_000
    lately = [mark for mark in town.marks if town.now_ms - year_ms <= mark.at_ms < town.now_ms]
    givers = {mark.other for mark in lately}
    able = [one for one in town.trusted if one in givers]
    for duped in (0, 1, 10):
        draws = [Random(seed + draw).sample(able, min(duped, len(able))) for draw in range(DRAWS)]
        best = min(_place_by_points(town, lately, tuple(dupes)) for dupes in draws)
        name = f"best colluder by points of a year, ring 20 that accepts itself, duped {duped}"
        yield Row(name, {}, best, digits=0)


def _place_by_points(town: _Town, lately: list[Mark], dupes: tuple[Person, ...]) -> int:
    attack = Attack(20, dupes, age_days=3_000, budget=60, answering_days=28)
    marks = sorted([*lately, *attack.marks(town.now_ms)], key=lambda mark: mark.at_ms)
    found = scores(marks, ranked(graph(marks), town.trusted), town.trusted)
    totals = {person: score.total for person, score in found.items()}
    honest = sorted(totals.keys() - {*attack.colluders()})
    return _place(totals, attack.colluders(), honest)
