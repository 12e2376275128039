"""Finding people by some words: `helps:sqlite lang:de here:evening`, a handle, anything they say.

Any text is a filter. What is no operator is a word, so nothing here fails; what was perhaps meant
otherwise is told.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from hobnob_client.catalogue import later, t
from hobnob_client.finding.query import PARTS_MAX, nearest
from hobnob_client.match.aspects import Time, part_of
from hobnob_client.profiles import forms
from hobnob_client.profiles.directory import Directory, Listed
from hobnob_client.profiles.fields import FIELDS
from hobnob_client.profiles.forms import HOURS, Unfit
from hobnob_protocol.value import value

QUERY_TEXT_MAX: Final = 200
"""Letters of a filter."""
SHOWN_MAX: Final = 200
"""People who are shown at once: whom more fit, a word more finds."""
OPERATORS: Final = {field.operator: field for field in FIELDS if field.operator}
NOW: Final = "now"
PARTS: Final = {
    Time.NIGHT: later("night"),
    Time.MORNING: later("morning"),
    Time.AFTERNOON: later("afternoon"),
    Time.EVENING: later("evening"),
}
"""Parts of the day as one types them, in the language that is spoken too."""
_TYPED: Final = re.compile(r'(?:(\w+):)?(?:"([^"]*)"?|([^\s"]\S*))')


@value
class Clock:
    """The reader's: how far it is ahead of UTC, and the full hour it shows."""

    minutes: int
    hour: int


@value
class Found:
    """Up to `SHOWN_MAX` people; how many `more` fit; `problems` are sentences, safe to draw."""

    people: tuple[Listed, ...]
    more: int = 0
    problems: tuple[str, ...] = ()


_Fits = Callable[[Listed], bool]


def clock_of(now: datetime) -> Clock:
    """That of whoever's zone `now` is in."""
    ahead = now.utcoffset() or timedelta()
    return Clock(int(ahead.total_seconds()) // 60, now.hour)


def find(directory: Directory, query: str, clock: Clock) -> Found:
    """Whom all conditions fit. Who does not agree to being found is found by `@` and the whole
    handle alone, and then nothing else is told of them."""
    conditions: list[_Fits] = []
    problems: list[str] = []
    named: set[str] = set()
    for typed in list(_TYPED.finditer(query[:QUERY_TEXT_MAX]))[:PARTS_MAX]:
        name, value = (typed[1] or "").lower(), typed[2] if typed[2] is not None else typed[3]
        if not name and value.startswith("@"):
            named.add(value[1:].lower())
        fits, problem = _condition(name, forms.one_line(value), clock)
        if problem:
            problems.append(problem)
        if fits is not None:
            conditions.append(fits)
    among = (*directory.listed, *(each for each in directory.private if each.handle in named))
    found = [each for each in among if all(fits(each) for fits in conditions)]
    found.sort(key=lambda each: not each.said.says_something)
    return Found(tuple(found[:SHOWN_MAX]), max(0, len(found) - SHOWN_MAX), tuple(problems))


def _condition(name: str, value: str, clock: Clock) -> tuple[_Fits | None, str]:
    """What one part asks for, and what is wrong with it; nothing where it is only begun."""
    if name in OPERATORS:
        return _asked(name, value.casefold(), clock) if value else (None, "")
    if value.removesuffix(":").lower() in OPERATORS and value.endswith(":"):
        return None, ""
    word = f"{name}:{value}" if name else value
    problem = ""
    near = nearest(name, list(OPERATORS)) if name else ""
    if near:
        problem = t(
            "There is no {name}: here, so it is looked for as words; {near}: may be meant.",
            name=name,
            near=near,
        )
    if word.startswith("@"):
        return (lambda each: each.handle.startswith(word[1:].lower())), problem
    wanted = word.casefold()
    return (lambda each: wanted in _all(each)), problem


def _asked(name: str, value: str, clock: Clock) -> tuple[_Fits | None, str]:
    if name == "helps":
        return (lambda each: _among(value, each.said.helps_with)), ""
    if name == "seeks":
        return (lambda each: _among(value, each.said.looks_for)), ""
    if name == "lang":
        (language, *_) = forms.languages(value) or ("",)
        return (lambda each: language in each.said.languages), ""
    try:
        if name == "level":
            level = forms.level(value)
            return (lambda each: each.said.level is level), ""
        if name == "zone":
            zone = forms.zone(value)
            return (lambda each: each.said.zone == zone), ""
        wanted = _hours(value, clock)
    except Unfit as unfit:
        # Nobody is left out by what cannot be understood, as while one is typing.
        return None, f"{name}: {unfit}"
    return (lambda each: not wanted.isdisjoint(each.said.hours_at(clock.minutes))), ""


def _hours(value: str, clock: Clock) -> frozenset[int]:
    """The full hours that are meant, by the reader's clock."""
    if value in (NOW, t("now")):
        return frozenset({clock.hour})
    for part, label in PARTS.items():
        if value in (part, label, t(label).casefold()):
            return frozenset(hour for hour in range(HOURS) if part_of(hour) is part)
    try:
        return frozenset(hour for span in forms.hours(value) for hour in span.hours)
    except Unfit:
        names = ", ".join((NOW, *PARTS))
        raise Unfit(t("It is one of {names}, or hours as 18-22.", names=names)) from None


def _among(value: str, words: tuple[str, ...]) -> bool:
    return any(value in word.casefold() for word in words)


def _all(each: Listed) -> str:
    """Everything one can be found by, each on a line of its own."""
    said = each.said
    level = t(forms.LEVELS[said.level]) if said.level is not None else ""
    zone = said.zone.name if said.zone is not None else ""
    words = (*said.helps_with, *said.looks_for, *said.languages)
    return "\n".join((each.handle, *words, said.goals, said.about, level, zone)).casefold()
