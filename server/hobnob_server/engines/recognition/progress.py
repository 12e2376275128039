"""Progress: how far somebody is with one badge, mark by mark; and what is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hobnob_server.engines.recognition.deeds import Channel, Person, Ref
from hobnob_server.engines.recognition.marks import Mark
from hobnob_server.engines.recognition.rules import Rule, Tier


@dataclass(frozen=True, slots=True)
class Award:
    """Somebody has a badge."""

    person: Person
    rule: str
    tier: int
    """From 1."""
    at_ms: int
    """When the last thing that was missing happened."""
    evidence: tuple[Ref, ...]
    """All events that were counted for it until then."""
    people: int
    """Different people they were for, or from."""


@dataclass(frozen=True, slots=True)
class Lost:
    """An award is gone, and this is why."""

    award: Award
    """As it stood last."""
    withdrawn: Ref
    """The event that it rested on, and that counts no more."""
    at_ms: int


@dataclass(frozen=True, slots=True)
class Missing:
    """The next tier, and what is missing for it."""

    rule: str
    tier: int
    count: int
    people: int
    places: int


@dataclass(slots=True)
class _Counted:
    """What counts for one tier so far."""

    tier: Tier
    refs: list[Ref] = field(default_factory=list[Ref])
    people: set[Person] = field(default_factory=set[Person])
    places: set[Channel] = field(default_factory=set[Channel])

    def take(self, mark: Mark) -> None:
        """Count a mark, if it is one for this tier."""
        if (self.tier.size and mark.size != self.tier.size) or (self.tier.sure and mark.weight < 1):
            return
        self.refs.append(mark.ref)
        self.places.add(mark.channel)
        if mark.other is not None:
            self.people.add(mark.other)

    def missing(self) -> tuple[int, int, int]:
        """Marks, people and places."""
        return (
            max(0, self.tier.count - len(self.refs)),
            max(0, self.tier.people - len(self.people)),
            max(0, self.tier.places - len(self.places)),
        )


class Progress:
    """One member and one rule. Marks come in order; whoever takes one back begins anew."""

    __slots__ = ("_counted", "_person", "_rule", "_tier", "awards", "read")

    def __init__(self, person: Person, rule: Rule) -> None:
        self._person = person
        self._rule = rule
        self._tier = 0
        self._counted: _Counted | None = _Counted(rule.tiers[0])
        self.awards: tuple[Award, ...] = ()
        """By tier, the first one first."""
        self.read = 0
        """Marks that were looked at."""

    def go_on(self, marks: Sequence[Mark]) -> Iterator[Award]:
        """All marks of the rule's measure, of which `read` were there before: what is new."""
        while self._counted is not None and self.read < len(marks):
            mark = marks[self.read]
            self.read += 1
            self._counted.take(mark)
            yield from self._earned(mark, marks)

    def missing(self) -> Missing | None:
        """The next step; None where all is earned."""
        if self._counted is None:
            return None
        return Missing(self._rule.id, self._tier + 1, *self._counted.missing())

    def _earned(self, mark: Mark, marks: Sequence[Mark]) -> Iterator[Award]:
        while (counted := self._counted) is not None and not any(counted.missing()):
            yield self._award(mark, counted)
            self._next(marks)

    def _award(self, mark: Mark, counted: _Counted) -> Award:
        award = Award(
            self._person,
            self._rule.id,
            self._tier + 1,
            mark.at_ms,
            tuple(counted.refs),
            len(counted.people),
        )
        self.awards = (*self.awards, award)
        return award

    def _next(self, marks: Sequence[Mark]) -> None:
        self._tier += 1
        if self._tier == len(self._rule.tiers):
            self._counted = None
            return
        # What counts may differ from tier to tier, so the next one looks at all that was.
        self._counted = _Counted(self._rule.tiers[self._tier])
        for mark in marks[: self.read]:
            self._counted.take(mark)
