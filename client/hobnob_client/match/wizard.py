"""The wizard: a need, at most five small questions, three people. A value that is never changed.

Questions come in one fixed order, for one that is chosen by what it would tell did not win
(community.md §2.3). What can be chosen comes from those who are left, each with how many have it;
"no matter" is always there. A question is skipped where no answer to it would change the three.
Going back is dropping the last answer.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from heapq import nlargest
from typing import Final, Generic, TypeVar

from hobnob_client.match.choosing import Candidate, Load, Proposal, best, proposal
from hobnob_protocol.limits import SHOWN_AT_ONCE

Who = TypeVar("Who", bound=Hashable)
What = TypeVar("What", bound=Hashable)

OPTIONS_MAX: Final = 5
WRONG: Final = 0.08
"""How often an answer, or what is known of a person, is wrong: whoever does not fit keeps so much
of their score."""
UNKNOWN: Final = 0.7
"""What somebody keeps of whom nothing is known in this respect."""


class Aspect(StrEnum):
    """What is asked, in this order where nobody wants another."""

    AREA = "area"
    SUBJECT = "subject"
    LEVEL = "level"
    TIME = "time"
    STYLE = "style"


@dataclass(frozen=True, slots=True)
class Somebody(Generic[Who, What]):
    """A candidate, and what is known of them in each respect; none where nothing is."""

    candidate: Candidate[Who, What]
    has: Mapping[Aspect, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose, and how many of those who are left have it."""

    value: str
    people: int


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked now. "No matter" can always be chosen and leaves all who are left."""

    aspect: Aspect
    options: tuple[Option, ...]
    """At most five, of the likeliest people first."""
    left: int
    """How many people are left: what "no matter" leaves."""
    wording: str = ""
    """How the operator wants it asked; "" for the usual words."""


@dataclass(frozen=True, slots=True)
class Said:
    """One answer; the value is None for "no matter"."""

    aspect: Aspect
    value: str | None


@dataclass(frozen=True, slots=True)
class Wizard(Generic[Who, What]):
    """How far it is. Begin with `Wizard(people, now_ms)`, all candidates of the need."""

    people: tuple[Somebody[Who, What], ...]
    now_ms: int
    said: tuple[Said, ...] = ()
    stopped: bool = False
    put_off: tuple[Who, ...] = ()
    liked: tuple[Who, ...] = ()
    asked: tuple[Aspect, ...] = tuple(Aspect)
    """What may be asked, in this order."""
    wording: tuple[tuple[Aspect, str], ...] = ()
    """How the operator wants some of it asked."""

    def question(self) -> Question | None:
        """The next one that can change the result; None when it is time for the three."""
        if self.stopped:
            return None
        asked = {said.aspect for said in self.said}
        return next(
            (
                question
                for aspect in self.asked
                if aspect not in asked and (question := self._about(aspect)) is not None
            ),
            None,
        )

    def answer(self, value: str | None) -> "Wizard[Who, What]":
        """Choose an option of the present question, or None for "no matter". ValueError where
        there is no question, or no such option."""
        question = self.question()
        if question is None:
            raise ValueError("nothing is asked")
        if value is not None and value not in {option.value for option in question.options}:
            raise ValueError(f"{value!r} cannot be chosen")
        return replace(self, said=(*self.said, Said(question.aspect, value)))

    def back(self) -> "Wizard[Who, What]":
        """Without the last answer, or the stop."""
        if self.stopped:
            return replace(self, stopped=False)
        return replace(self, said=self.said[:-1])

    def stop(self) -> "Wizard[Who, What]":
        """Ask no more: the three are wanted now."""
        return replace(self, stopped=True)

    def not_now(self, person: Who) -> "Wizard[Who, What]":
        """Not this one: the next best comes instead."""
        return replace(self, put_off=(*self.put_off, person))

    def more_like(self, person: Who) -> "Wizard[Who, What]":
        """Others who are as this one."""
        return replace(self, liked=(*self.liked, person), put_off=(*self.put_off, person))

    def left(self) -> int:
        """How many people no answer has ruled out."""
        return sum(1 for _ in self._left())

    def three(self) -> list[Proposal[Who, What]]:
        """The best three, or fewer where there are not so many with evidence and room."""
        return self.ranked(SHOWN_AT_ONCE)

    def loaded(self, loads: Mapping[Who, Load]) -> "Wizard[Who, What]":
        """With what the hub says these take, and how often they were shown; others stay."""
        people = tuple(
            replace(each, candidate=replace(each.candidate, load=loads[each.candidate.person]))
            if each.candidate.person in loads
            else each
            for each in self.people
        )
        return replace(self, people=people)

    def ranked(self, most: int) -> list[Proposal[Who, What]]:
        """The best so many, best first."""
        liked = [each for each in self.people if each.candidate.person in self.liked]
        found = (
            proposal(each.candidate, self.now_ms, self._fit(each) * _likeness(each, liked))
            for each in self.people
            if each.candidate.person not in self.put_off
        )
        return best((each for each in found if each is not None), most)

    def _about(self, aspect: Aspect) -> Question | None:
        left = list(self._left())
        masses: dict[str, float] = {}
        counts: dict[str, int] = {}
        for each in left:
            for value in sorted(each.has.get(aspect, ())):
                masses[value] = masses.get(value, 0.0) + each.candidate.score * self._fit(each)
                counts[value] = counts.get(value, 0) + 1
        values = nlargest(OPTIONS_MAX, masses, key=lambda value: (masses[value], value))
        three = [each.person for each in self.three()]
        if all(self._would_be(aspect, value) == three for value in values):
            return None
        options = tuple(Option(value, counts[value]) for value in values)
        return Question(aspect, options, len(left), dict(self.wording).get(aspect, ""))

    def _would_be(self, aspect: Aspect, value: str) -> list[Who]:
        told = replace(self, said=(*self.said, Said(aspect, value)))
        return [each.person for each in told.three()]

    def _left(self) -> Iterator[Somebody[Who, What]]:
        return (
            each
            for each in self.people
            if each.candidate.person not in self.put_off
            and proposal(each.candidate, self.now_ms) is not None
            and all(_fits(each, said) > WRONG for said in self.said)
        )

    def _fit(self, somebody: Somebody[Who, What]) -> float:
        fit = 1.0
        for said in self.said:
            fit *= _fits(somebody, said)
        return fit


def _fits(somebody: Somebody[Who, What], said: Said) -> float:
    if said.value is None:
        return 1.0
    has = somebody.has.get(said.aspect, frozenset())
    if not has:
        return UNKNOWN
    return 1.0 if said.value in has else WRONG


def _likeness(somebody: Somebody[Who, What], liked: list[Somebody[Who, What]]) -> float:
    """How like they are to those: the share of what both have in common, at least `WRONG`; 1 where
    nobody was said to be liked."""
    if not liked:
        return 1.0
    return max(_common(somebody, each) for each in liked)


def _common(one: Somebody[Who, What], other: Somebody[Who, What]) -> float:
    mine, theirs = _all_of(one), _all_of(other)
    return max(WRONG, len(mine & theirs) / max(1, len(mine | theirs)))


def _all_of(somebody: Somebody[Who, What]) -> frozenset[tuple[Aspect, str]]:
    return frozenset((aspect, value) for aspect, values in somebody.has.items() for value in values)
