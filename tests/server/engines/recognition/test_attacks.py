"""Whoever makes accounts to be honoured by them is not."""

from dataclasses import replace
from functools import cache

import pytest

from hobnob_server.engines.recognition.gifts import graph
from hobnob_server.engines.recognition.marks import Mark, Measure
from hobnob_server.engines.recognition.points import Score, scores
from hobnob_server.engines.recognition.rank import Ranks, ranked
from tests.server.engines.recognition import village
from tests.server.engines.recognition.attacks import Attack


@cache
def honest() -> tuple[Mark, ...]:
    """What the others did."""
    return tuple(village.marks(1))


def with_attack(attack: Attack) -> list[Mark]:
    """All marks, in order."""
    all_of_them = [*honest(), *attack.marks(village.NOW_MS)]
    return sorted(all_of_them, key=lambda mark: mark.at_ms)


def ranks(attack: Attack) -> Ranks:
    """The kudos rank in the community under attack."""
    return ranked(graph(with_attack(attack)), village.trusted())


def points(attack: Attack) -> dict[int, Score]:
    """The points of those twelve weeks."""
    return scores(with_attack(attack), ranks(attack), village.trusted())


def place(attack: Attack) -> int:
    """How far up the kudos rank the best of the ring stands, behind whoever has as much."""
    rank = ranks(attack).rank
    best = max(rank.get(person, 0.0) for person in attack.colluders())
    return 1 + sum(rank.get(person, 0.0) >= best for person in range(1, village.PEOPLE + 1))


@pytest.mark.parametrize("ring", [2, 5, 20])
@pytest.mark.parametrize("age_days", [1, 60, 700])
@pytest.mark.parametrize("budget", [1, 24])
def test_a_ring_that_nobody_thanks_has_nothing(ring: int, age_days: int, budget: int) -> None:
    """However large, old and busy: not little, but 0, in rank and points."""
    attack = Attack(ring, age_days=age_days, budget=budget, answering_days=5)
    found, scored = ranks(attack).rank, points(attack)
    assert not found.keys() & set(attack.colluders())
    assert all(scored[person].total == 0 for person in attack.colluders())


def test_a_farm_of_fresh_accounts_lifts_nobody() -> None:
    """Sixty that one has invited and that thank them."""
    attack = Attack(60, age_days=1, budget=3, invited=True)
    assert place(attack) == village.PEOPLE + 1


@pytest.mark.parametrize("ring", [5, 20])
@pytest.mark.parametrize("duped", [1, 5, 10])
@pytest.mark.parametrize("age_days", [1, 60])
def test_a_ring_stands_behind_all_who_are_trusted(ring: int, duped: int, age_days: int) -> None:
    """Though helpers were duped into thanking it."""
    attack = Attack(ring, tuple(village.trusted())[-duped:], age_days=age_days)
    assert village.TRUSTED < place(attack) <= village.PEOPLE


@pytest.mark.parametrize("duped", [1, 3, 10])
def test_what_a_ring_keeps_is_at_most_twice_what_it_got(duped: int) -> None:
    """However much it thanks itself: damping eats the rest."""
    dupes = tuple(village.trusted())[-duped:]
    quiet, busy = ranks(Attack(20, dupes, budget=0)), ranks(Attack(20, dupes, budget=60))
    got, kept = (
        sum(found.rank.get(person, 0.0) for person in Attack(20).colluders())
        for found in (quiet, busy)
    )
    assert got < kept < 2 * got


@pytest.mark.parametrize("duped", [1, 5, 10])
def test_accepting_its_own_answers_every_day_brings_a_ring_little(duped: int) -> None:
    """Outcomes count as far as thanks vouch for them: no colluder is among the first thirty."""
    attack = Attack(20, tuple(village.trusted())[-duped:], answering_days=28)
    scored = points(attack)
    best = max(scored[person].total for person in attack.colluders())
    above = [score for score in scored.values() if score.total > best]
    assert len(above) >= 30


def test_a_trusted_member_gains_little_by_a_second_account() -> None:
    """That accepts an answer of theirs a day: a fifth of what a stranger's acceptances bring."""
    member = village.TRUSTED
    alt = Attack(2, invited=True, budget=0, answering_days=28)
    first = alt.colluders()[0]
    accepted = [mark for mark in alt.marks(village.NOW_MS) if mark.measure is Measure.ACCEPTED]
    theirs = [mark for mark in accepted if mark.person == first]
    moved = [replace(mark, person=member) for mark in theirs]
    assert [mark.weight for mark in moved] == [0.25] * 28
    year = ranks(Attack(0))
    without = scores(honest(), year, village.trusted())[member].total
    together = scores([*honest(), *moved], year, village.trusted())[member].total
    assert together - without < 28 * 8 / 5
