"""Two-sided matching on evenings of short meetings: who says yes to whom, and who both do.

Each wave is left out in turn, and the rest is learnt from: how likely one says yes to another, p,
and the other to them, q; a pair is ranked by s = √(p·q), as the match engine ranks. Before a
meeting is known what both said of themselves, and what came of their earlier meetings. The
baselines know as much; popularity and selectivity are given once more in hindsight, with the later
meetings of the evening, which no ranking could have had.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Final

from hobnob_client.logistic import sigmoid
from hobnob_client.match.scoring import two_sided
from tests.evaluation.archive import Archive
from tests.evaluation.logistic import Example, Fitted, fit
from tests.evaluation.meetings import Evenings, Meeting, evenings, share
from tests.evaluation.row import Row, against

TOP: Final = 3
Scores = dict[tuple[int, int], float]


def run(archive: Archive, seed: int) -> tuple[Row, ...]:
    """Both metrics; nothing where the directory holds no meetings."""
    held = evenings(archive.directory)
    if held is None:
        return ()
    baselines = {
        "popularity + selectivity in hindsight": _by(held, _chosen(held.apart, picky=True)),
        "popularity + selectivity": _by(held, _chosen(held.before, picky=True)),
        "popularity in hindsight": _by(held, _chosen(held.apart, picky=False)),
        "popularity": _by(held, _chosen(held.before, picky=False)),
        "interests": _by(held, lambda one, _: float(one.row.get("interest_corr") or 0.0)),
        "random": _random(held, seed),
    }
    ours = _ours(held)
    many = f"{len(held.meetings) // 2:,} meetings"
    return (
        against(
            f"AUC of a mutual yes, {many}",
            {name: auc(held, scores) for name, scores in baselines.items()},
            auc(held, ours),
            "ahead of all",
        ),
        against(
            f"mutual matches among {TOP}, {len(held.people):,} people",
            {name: among(held, scores) for name, scores in baselines.items()},
            among(held, ours),
            "ahead of all",
        ),
    )


def auc(held: Evenings, scores: Mapping[tuple[int, int], float]) -> float:
    """How often a pair that both said yes to ranks above one that did not; equals count half."""
    ranked = sorted((scores[each.one, each.other], each.mutual) for each in held.meetings)
    below, won, at = 0, 0.0, 0
    while at < len(ranked):
        beyond = at
        while beyond < len(ranked) and ranked[beyond][0] == ranked[at][0]:
            beyond += 1
        equal = [mutual for _, mutual in ranked[at:beyond]]
        won += sum(equal) * (below + (len(equal) - sum(equal)) / 2)
        below += len(equal) - sum(equal)
        at = beyond
    return won / max(1, below * (len(ranked) - below))


def among(held: Evenings, scores: Mapping[tuple[int, int], float]) -> float:
    """Of the best three of each, how many both said yes to, on average over people."""
    of: defaultdict[int, list[Meeting]] = defaultdict(list)
    for each in held.meetings:
        of[each.one].append(each)
    found = 0
    for theirs in of.values():
        theirs.sort(key=lambda each: (-scores[each.one, each.other], each.order))
        found += sum(each.mutual for each in theirs[:TOP])
    return found / max(1, len(of))


def _ours(held: Evenings) -> Scores:
    numbers = {(each.one, each.other): held.numbers(each) for each in held.meetings}
    p: Scores = {}
    for wave in sorted({each.wave for each in held.meetings}):
        fitted = fit(
            [
                Example(numbers[each.one, each.other], each.yes)
                for each in held.meetings
                if each.wave != wave
            ]
        )
        for each in held.meetings:
            if each.wave == wave:
                pair = each.one, each.other
                p[pair] = _likely(fitted, numbers[pair])
    return {(one, other): two_sided(p[one, other], p[other, one]) for one, other in p}


def _likely(fitted: Fitted, numbers: Sequence[float]) -> float:
    columns = zip(numbers, fitted.means, fitted.spreads, fitted.weights, strict=True)
    return sigmoid(fitted.bias + sum((x - mean) / by * w for x, mean, by, w in columns))


def _by(held: Evenings, value: Callable[[Meeting, Meeting], float]) -> Scores:
    return {(each.one, each.other): value(each, held.other_side(each)) for each in held.meetings}


def _chosen(
    known: Callable[[Meeting], list[Meeting]], *, picky: bool
) -> Callable[[Meeting, Meeting], float]:
    def value(one: Meeting, other: Meeting) -> float:
        found = 1.0
        for side in (one, other):
            found *= share(each.other_yes for each in known(side))
            if picky:
                found *= share(each.yes for each in known(side))
        return found

    return value


def _random(held: Evenings, seed: int) -> Scores:
    random = Random(seed)
    return {(each.one, each.other): random.random() for each in held.meetings}
