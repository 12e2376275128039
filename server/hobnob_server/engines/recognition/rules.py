"""Rules: what earns a badge, as a small file says it; one file a badge, in tiers.

    measure = "accepted"        # a Measure of marks.py
    first_step = false          # many are meant to have it
    [[tier]]
    count = 10                  # marks
    people = 5                  # ... from or for so many different people
    places = 1                  # ... in so many different channels
    sure = true                 # only marks that are not doubted count (doubt.py)
    size = 0                    # only marks of this size count, where it is not 0
    [en]
    name = "Helper"
    counts = "Answers that whoever had asked accepted"
    [de]
    ...

A tier asks for no less than the one before it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, cast

from hobnob_server.engines.recognition.marks import Measure
from hobnob_server.errors import ConfigError

LANGUAGES: Final = ("en", "de")
TIERS_MAX: Final = 4
MARKS_MAX: Final = 1_000
"""Marks of one member and measure that are kept, the first ones; no tier asks for more."""
NAME_MAX: Final = 32
COUNTS_MAX: Final = 120


@dataclass(frozen=True, slots=True)
class Tier:
    """What one step of a badge asks for."""

    count: int
    people: int = 0
    places: int = 0
    sure: bool = False
    size: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """A badge in one language."""

    name: str
    counts: str
    """What counts for it, after which the numbers are shown."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A badge."""

    id: str
    measure: Measure
    tiers: tuple[Tier, ...]
    words: Mapping[str, Words]
    """By language; each of LANGUAGES."""
    first_step: bool = False


_TIER: Final[dict[str, type]] = {
    "count": int,
    "people": int,
    "places": int,
    "sure": bool,
    "size": int,
}


def rule(name: str, text: str) -> Rule:
    """The rule that a file holds, `name` without its ending; ConfigError says what is wrong."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise ConfigError(f"badge {name}: {wrong}") from None
    unknown = sorted(found.keys() - {"measure", "first_step", "tier", *LANGUAGES})
    if unknown:
        raise ConfigError(f"badge {name}: {unknown[0]} is no key of a badge")
    if found.get("measure") not in list(Measure):
        raise ConfigError(f"badge {name}: measure must be one of {', '.join(Measure)}")
    return Rule(
        name,
        Measure(found["measure"]),
        _tiers(name, found.get("tier")),
        {each: _words(name, each, found.get(each)) for each in LANGUAGES},
        found.get("first_step") is True,
    )


def _tiers(name: str, found: object) -> tuple[Tier, ...]:
    if not isinstance(found, list) or not 0 < len(cast("list[object]", found)) <= TIERS_MAX:
        raise ConfigError(f"badge {name}: it must have 1 to {TIERS_MAX} [[tier]]")
    tiers = tuple(_tier(name, one) for one in cast("list[object]", found))
    for before, after in pairwise(tiers):
        if not _harder(before, after):
            raise ConfigError(f"badge {name}: a tier asks for no less than the one before it")
    return tiers


def _harder(before: Tier, after: Tier) -> bool:
    if after.size < before.size or (before.sure and not after.sure):
        return False
    more = (after.count, after.people, after.places), (before.count, before.people, before.places)
    return after.size > before.size or all(one >= other for one, other in zip(*more, strict=True))


def _tier(name: str, found: object) -> Tier:
    if not isinstance(found, dict):
        raise ConfigError(f"badge {name}: a tier is a table")
    given = cast("dict[str, int]", found)
    for key, value in given.items():
        if key not in _TIER or type(value) is not _TIER[key]:
            raise ConfigError(f"badge {name}: {key} is no key of a tier, or not what it should be")
    tier = Tier(
        given.get("count", 0),
        given.get("people", 0),
        given.get("places", 0),
        given.get("sure", False) is True,
        given.get("size", 0),
    )
    if not 1 <= tier.count <= MARKS_MAX or min(tier.people, tier.places, tier.size) < 0:
        raise ConfigError(f"badge {name}: count is 1 to {MARKS_MAX}, and nothing is negative")
    if max(tier.people, tier.places) > tier.count:
        raise ConfigError(f"badge {name}: a mark brings one person and one place")
    return tier


def _words(name: str, language: str, found: object) -> Words:
    given: dict[str, object] = cast("dict[str, object]", found) if isinstance(found, dict) else {}
    said, counts = given.get("name"), given.get("counts")
    if isinstance(said, str) and isinstance(counts, str) and given.keys() == {"name", "counts"}:
        short = 0 < len(said) <= NAME_MAX and 0 < len(counts) <= COUNTS_MAX
        if short and (said + counts).isprintable():
            return Words(said, counts)
    raise ConfigError(
        f"badge {name}: [{language}] must have a name of {NAME_MAX} characters at most, and "
        f"counts of {COUNTS_MAX}, each on one line"
    )
