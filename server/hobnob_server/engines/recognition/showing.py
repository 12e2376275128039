"""Which badges are shown: not those that were taken back, that their holder hides, or of whoever
does not take part."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from hobnob_server.engines.recognition.deeds import Person
from hobnob_server.engines.recognition.progress import Award


@dataclass(frozen=True, slots=True)
class Revoked:
    """Somebody in office took a badge back, from this tier on, and said why."""

    person: Person
    rule: str
    tier: int
    reason: str
    by: Person
    at_ms: int


def held(awards: Iterable[Award], revoked: Iterable[Revoked]) -> tuple[Award, ...]:
    """What of it somebody still has: what was taken back is not earned again by going on."""
    bounds: dict[tuple[Person, str], int] = {}
    for each in revoked:
        key = (each.person, each.rule)
        bounds[key] = min(each.tier, bounds.get(key, each.tier))
    return tuple(
        award
        for award in awards
        if award.tier < bounds.get((award.person, award.rule), award.tier + 1)
    )


def shown(
    awards: Iterable[Award],
    revoked: Iterable[Revoked],
    hidden: Collection[tuple[Person, str]],
    taking_part: Collection[Person],
) -> tuple[Award, ...]:
    """What others see: of each badge the highest tier, the newest first."""
    highest: dict[tuple[Person, str], Award] = {}
    for award in held(awards, revoked):
        key = (award.person, award.rule)
        if award.person in taking_part and key not in hidden:
            there = highest.get(key)
            if there is None or there.tier < award.tier:
                highest[key] = award
    return tuple(sorted(highest.values(), key=lambda award: (-award.at_ms, award.rule)))
