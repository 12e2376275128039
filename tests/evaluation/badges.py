"""Badges over a whole history: how long it takes, whether batches change anything, who has them."""

import gc
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from hobnob_server.engines.recognition.badges import Badges
from hobnob_server.engines.recognition.deeds import Deed, Person, day_of
from hobnob_server.engines.recognition.progress import Award
from hobnob_server.engines.recognition.rules import Rule
from hobnob_server.engines.recognition.shipped import shipped
from tests.evaluation.archive import Archive
from tests.evaluation.deeds import deeds
from tests.evaluation.row import Row
from tests.evaluation.thanking import thank_yous

OVERLAP: Final = 20
"""Deeds at the end of each batch that come again with the next one."""


def run(archive: Archive, seed: int) -> tuple[Row, ...]:
    """Backfill, equality, and the share of members who have earned each badge."""
    del seed  # Nothing is drawn.
    if not len(archive):
        return ()
    taken = list(deeds(archive, list(thank_yous(archive))))
    # A look for garbage among all deeds of a history is no cost of the engine.
    gc.freeze()
    begun = time.process_time()
    whole = Badges(shipped())
    whole.advance(taken)
    spent = time.process_time() - begun
    daily, slowest = _by_day(taken)
    return (
        Row(f"backfill of {len(taken):,} deeds, CPU s", {}, spent, aim="≤ 30", digits=1),
        Row("slowest batch of one day, CPU s", {}, slowest, aim="≤ 1"),
        Row("awards that differ, by day and at once", {}, _differing(daily, whole), None, "0", 0),
        *_shares(archive, whole.everybody()),
    )


def _by_day(taken: Sequence[Deed]) -> tuple[Badges, float]:
    badges = Badges(shipped())
    slowest = 0.0
    for batch in _days(taken):
        begun = time.process_time()
        badges.advance(batch)
        slowest = max(slowest, time.process_time() - begun)
    return badges, slowest


def _days(taken: Sequence[Deed]) -> Iterator[Sequence[Deed]]:
    first = 0
    for at in range(1, len(taken) + 1):
        if at == len(taken) or day_of(taken[at].at_ms) != day_of(taken[at - 1].at_ms):
            yield taken[max(0, first - OVERLAP) : at]
            first = at


def _differing(one: Badges, other: Badges) -> int:
    mine, theirs = one.everybody(), other.everybody()
    people = sorted(mine.keys() | theirs.keys())
    return sum(len({*mine.get(who, ())} ^ {*theirs.get(who, ())}) for who in people)


def _shares(archive: Archive, held: dict[Person, tuple[Award, ...]]) -> Iterator[Row]:
    members = len(set(archive.authors))
    holders = Counter((award.rule, award.tier) for awards in held.values() for award in awards)
    for rule in shipped():
        for tier in range(1, len(rule.tiers) + 1):
            share = 100 * holders[rule.id, tier] / members
            name = f"{rule.id} {'I' * tier}, % of {members:,} who wrote"
            yield Row(name, {}, share, aim=_aim(rule), digits=2)


def _aim(rule: Rule) -> str:
    return "> 0" if rule.first_step else "> 0, ≤ 50"
