"""Marks: what deeds mean for somebody's recognition, each with the event that shows it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from hobnob_server.engines.recognition.deeds import Channel, Person, Ref


class Measure(StrEnum):
    """What is counted. Messages as such are not: only the first one is."""

    SPOKE = "spoke"
    """The first public message of somebody."""
    OPENED = "opened"
    """A thread of theirs got its first answer. By thread."""
    TALKED = "talked"
    """They wrote to somebody, in an answer or in that person's thread. By person."""
    ANSWERED = "answered"
    """They gave the first answer to a thread of somebody else. By thread."""
    RESCUED = "rescued"
    """... when nobody had for four hours. By thread."""
    WELCOMED = "welcomed"
    """They gave the first answer to the first thread of a newcomer. By newcomer."""
    STAYED = "stayed"
    """A newcomer whom they had welcomed was still there a week later. By newcomer."""
    ACCEPTED = "accepted"
    """Their answer was accepted by whoever had asked. By thread."""
    SETTLED = "settled"
    """They accepted somebody's answer to their question. By thread."""
    THANKED = "thanked"
    """Somebody thanked them. By thank-you."""
    GAVE = "gave"
    """They thanked somebody. By receiver."""
    GATHERED = "gathered"
    """So many different people (`size`) wrote in a thread of theirs. By thread and size."""
    GUIDED = "guided"
    """Two different people answered one long text of theirs, or thanked them for it. By text."""
    INTRODUCED = "introduced"
    """Somebody whom they mentioned came into the thread of a third. By thread and person."""
    RETURNED = "returned"
    """They wrote in another year of their membership (`size`). By year."""
    HELPED = "helped"
    """A day on which they gave a first answer, were accepted or thanked. By day."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that counts, once."""

    measure: Measure
    person: Person
    """Whose recognition it is."""
    ref: Ref
    """The event that shows it; withdrawn with it."""
    at_ms: int
    channel: Channel
    other: Person | None = None
    """With whom, or for whom."""
    weight: float = 1.0
    """Less where the other might be themselves: see `doubt`."""
    size: int = 0
    upon: tuple[Ref, ...] = ()
    """What else it rests on, as the message that was accepted: withdrawn with any of them."""
    once: int | None = None
    """Of one person's marks of this measure with the same number, the first that stands counts
    alone: a day, a thread, a text, a receiver. None for what counts each time."""

    @property
    def rests_on(self) -> frozenset[Ref]:
        """All events without which it would not be."""
        return frozenset((self.ref, *self.upon))

    def stands(self, gone: Collection[Ref]) -> bool:
        """Whether nothing that it rests on is withdrawn."""
        return self.ref not in gone and not any(ref in gone for ref in self.upon)


def counting(marks: Iterable[Mark], gone: Collection[Ref]) -> list[Mark]:
    """Those of the marks, in order, that count while `gone` is withdrawn: they stand, and of those
    that count once they are the first."""
    taken: set[tuple[Person, Measure, int]] = set()
    found: list[Mark] = []
    for mark in marks:
        if not mark.stands(gone):
            continue
        if mark.once is not None:
            key = (mark.person, mark.measure, mark.once)
            if key in taken:
                continue
            taken.add(key)
        found.append(mark)
    return found
