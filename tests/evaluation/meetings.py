"""Evenings on which everybody of one side meets everybody of the other, and what they know.

`participants.jsonl` and `meetings.jsonl`, each maybe packed; two rows a meeting, one for each
side. What is known before a meeting is what both said of themselves before the evening, and what
came of the meetings that each had before on the same evening.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path
from typing import Any, Final

from hobnob_server.interchange.files import lines
from hobnob_server.interchange.records import Record, parse

QUALITIES: Final = ("attr", "sinc", "intel", "fun", "amb", "shar")
_USUAL: Final = {"attr": 6.2, "sinc": 7.2, "intel": 7.4, "fun": 6.4, "amb": 6.8, "shar": 5.5}
"""What strangers give each other on average, of 10: where nobody has rated somebody yet."""
_YES: Final = 0.42
_LIKE: Final = 6.1
_WEIGHT: Final = 2.0
"""What is usual counts as much as so many meetings."""

NAMES: Final = (
    "says_yes",
    "hears_yes",
    "other_says_yes",
    "other_hears_yes",
    "liked_more_than_usual",
    "wants_what_is_there",
    "likes_looks_and_they_are",
    "likes_what_these_like",
    *(f"rated_{quality}" for quality in QUALITIES),
    "met_before",
    "interests",
    "hopes",
    "wants_looks",
    "own_looks",
    "own_fun",
    "side",
    "same_field",
    "years_between",
    "limited_choice",
)
"""Numbers of one direction: what makes one say yes to the other."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One direction of a meeting."""

    one: int
    other: int
    wave: int
    order: int
    yes: bool
    other_yes: bool
    row: Record

    @property
    def mutual(self) -> bool:
        """Did both say yes?"""
        return self.yes and self.other_yes

    def rating(self, of: str) -> float | None:
        """What they gave the other; None if nothing."""
        rates: Mapping[str, float] = self.row.get("rates") or {}
        return rates.get(of)


class Evenings:
    """All meetings, and what was known before each."""

    def __init__(self, people: Iterable[Record], meetings: Iterable[Record]) -> None:
        self.people = {one["p"]: one for one in people}
        self.meetings = [_meeting(row) for row in meetings]
        self._of: defaultdict[int, list[Meeting]] = defaultdict(list)
        self._between: dict[tuple[int, int], Meeting] = {}
        for meeting in self.meetings:
            self._of[meeting.one].append(meeting)
            self._between[meeting.one, meeting.other] = meeting

    def other_side(self, meeting: Meeting) -> Meeting:
        """The same meeting as the other had it."""
        return self._between[meeting.other, meeting.one]

    def before(self, meeting: Meeting) -> list[Meeting]:
        """The meetings that one had before this, on the same evening."""
        return [each for each in self._of[meeting.one] if each.order < meeting.order]

    def apart(self, meeting: Meeting) -> list[Meeting]:
        """All other meetings of that person, also the later ones: hindsight."""
        return [each for each in self._of[meeting.one] if each is not meeting]

    def numbers(self, meeting: Meeting) -> tuple[float, ...]:
        """One number for each of `NAMES`, of what was known before."""
        other = self.other_side(meeting)
        mine, theirs = self.before(meeting), self.before(other)
        heard = [self.other_side(each) for each in theirs]
        one, whom = self.people[meeting.one], self.people[meeting.other]
        rated = {each: _rated(heard, each) - _USUAL[each] for each in QUALITIES}
        wants = _shares(one)
        return (
            logit(share(each.yes for each in mine)),
            logit(share(each.other_yes for each in theirs)),
            logit(share(each.yes for each in theirs)),
            logit(share(each.other_yes for each in mine)),
            self._liked(heard, meeting),
            sum(wants[each] * rated[each] for each in QUALITIES),
            self._taste(mine, meeting) * rated["attr"],
            self._alike(mine, meeting),
            *rated.values(),
            float(bool(meeting.row.get("met_before"))),
            float(meeting.row.get("interest_corr") or 0.0),
            _own(one, "expects_happy", 5.5),
            wants["attr"],
            _own(one.get("self") or {}, "attr", 7.0),
            _own(whom.get("self") or {}, "fun", 7.5),
            one["side"] - 0.5,
            float(one.get("field") == whom.get("field")),
            abs(_own(one, "age", 26.0) - _own(whom, "age", 26.0)),
            float(bool(meeting.row.get("limited_choice"))),
        )

    def _liked(self, heard: list[Meeting], meeting: Meeting) -> float:
        """How much more others liked them than each of these likes people on average."""
        more = list[float]()
        for each in heard:
            like = each.row.get("like")
            if like is not None:
                earlier = [one for one in self._of[each.one] if one.order < meeting.order]
                more.append(like - _mean((one.row.get("like") for one in earlier), _LIKE))
        return _mean(more, 0.0)

    def _taste(self, mine: list[Meeting], meeting: Meeting) -> float:
        """Do they say yes to those whose looks others rate high?"""
        found = 0.0
        for each in mine:
            heard = [self.other_side(one) for one in self._of[each.other]]
            heard = [one for one in heard if one.order < meeting.order and one.one != meeting.one]
            found += (_rated(heard, "attr") - _USUAL["attr"]) * (each.yes - _YES)
        return found / (len(mine) + _WEIGHT)

    def _alike(self, mine: list[Meeting], meeting: Meeting) -> float:
        """Are the interests of the other those of people they said yes to?"""
        usual = share(each.yes for each in mine)
        whom = _interests(self.people[meeting.other])
        alike = (
            _cosine(whom, _interests(self.people[each.other])) * (each.yes - usual) for each in mine
        )
        return sum(alike) / (len(mine) + _WEIGHT)


def evenings(directory: Path) -> Evenings | None:
    """What a directory holds; None where it holds no meetings."""
    found = [_file(directory, name) for name in ("participants", "meetings")]
    if None in found:
        return None
    people, meetings = (_records(path) for path in found if path is not None)
    return Evenings(people, meetings)


def share(said: Iterable[bool]) -> float:
    """Of how many it is true; drawn to what is usual where there are few."""
    return _mean((float(each) for each in said), _YES)


def logit(p: float) -> float:
    """ln(p / (1 - p))."""
    return log(p / (1 - p))


def _meeting(row: Record) -> Meeting:
    return Meeting(row["p"], row["q"], row["wave"], row["order"], row["yes"], row["q_yes"], row)


def _file(directory: Path, name: str) -> Path | None:
    every = (directory / f"{name}.jsonl{packed}" for packed in ("", ".gz", ".zst"))
    return next((path for path in every if path.is_file()), None)


def _records(path: Path) -> list[Record]:
    return [parse(line) for line in lines(path) if line]


def _mean(values: Iterable[float | None], usual: float) -> float:
    known = [value for value in values if value is not None]
    return (sum(known) + usual * _WEIGHT) / (len(known) + _WEIGHT)


def _rated(heard: Iterable[Meeting], quality: str) -> float:
    return _mean((each.rating(quality) for each in heard), _USUAL[quality])


def _shares(person: Record) -> Mapping[str, float]:
    """What they look for, above or below an equal share of each."""
    wants: Mapping[str, float] = person.get("wants") or {}
    total = sum(wants.values()) or 1.0
    return {each: wants.get(each, total / 6) / total - 1 / 6 for each in QUALITIES}


def _own(held: Mapping[str, Any], name: str, usual: float) -> float:
    value = held.get(name)
    return 0.0 if value is None else float(value) - usual


def _interests(person: Record) -> Mapping[str, float]:
    held: Mapping[str, float] = person.get("interests") or {}
    mean = sum(held.values()) / max(1, len(held))
    return {name: value - mean for name, value in held.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    both = sum(value * other.get(name, 0.0) for name, value in one.items())
    lengths = [sqrt(sum(value * value for value in each.values())) for each in (one, other)]
    return both / (lengths[0] * lengths[1] + 1e-9)
