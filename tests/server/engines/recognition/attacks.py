"""Attacks on boards, as deeds: accounts that thank each other, and helpers who are duped by them.

Parameters are the size of the ring, who is duped, how old the accounts are, and how much the ring
does for itself. Whatever else a ring does, it does by the same deeds as everybody.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hobnob_server.engines.recognition.deeds import DAY_MS, Accepted, Deed, Joined, Person, Thanked
from hobnob_server.engines.recognition.marks import Mark
from hobnob_server.engines.recognition.noticing import Noticing

FIRST: Person = 10_000_000
"""The first of the ring; nobody honest has such a number."""
WEEK_MS = 7 * DAY_MS


@dataclass(frozen=True, slots=True)
class Attack:
    """What is done, until the time it is judged."""

    ring: int
    duped: tuple[Person, ...] = ()
    """Honest members who thank one of the ring, once each."""
    focused: bool = False
    """All of the duped thank the same one."""
    age_days: int = 60
    """How old the ring's accounts are."""
    budget: int = 24
    """Thanks that each of the ring gives each other one, three a week at most."""
    invited: bool = False
    """All of the ring came by invites of its first."""
    answering_days: int = 0
    """Days at the end on which each accepts an answer of each other one."""

    def colluders(self) -> range:
        """Who is in the ring."""
        return range(FIRST, FIRST + self.ring)

    def marks(self, now_ms: int) -> list[Mark]:
        """What it comes to, judged at this time."""
        noticing = Noticing()
        deeds = sorted(self._deeds(now_ms), key=lambda deed: (deed.at_ms, deed.ref))
        return [mark for deed in deeds for mark in noticing.notice(deed)]

    def _deeds(self, now_ms: int) -> Iterator[Deed]:
        ring, ref = self.colluders(), 0
        for person in self.duped:
            yield Joined(-1, 0, person)
        for person in ring:
            inviter = FIRST if self.invited and person != FIRST else None
            yield Joined(-1, now_ms - self.age_days * DAY_MS, person, inviter)
        for number in range(self.budget):
            at_ms = now_ms - 1 - (number // 3) * WEEK_MS
            for giver, receiver in _pairs(ring):
                yield Thanked(ref := ref + 1, at_ms, giver, receiver, 1)
        for number, person in enumerate(self.duped):
            receiver = ring[0 if self.focused else number % len(ring)]
            yield Thanked(ref := ref + 1, now_ms - 1, person, receiver, 1)
        for day in range(self.answering_days):
            for asker, helper in _pairs(ring):
                at_ms = now_ms - 1 - day * DAY_MS
                yield Accepted(ref := ref + 1, at_ms, asker, helper, 1, ref, ref)


def _pairs(ring: Sequence[Person]) -> Iterator[tuple[Person, Person]]:
    return ((one, other) for one in ring for other in ring if one != other)
