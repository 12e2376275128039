"""Noticing: deeds become marks, one after the other, in the order of the log.

What is remembered meanwhile is bounded by people and by threads that are awake. Of what counts once
for a day, a thread, a text or a person (`Mark.once`) each deed makes a mark, of which the first
that stands counts: whatever is taken back leaves its place to the next, and takes it again when it
is restored. Of what comes first in a thread, or between two who talk, there is one mark alone: when
that message is withdrawn, nothing comes instead.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from hobnob_server.engines.recognition.deeds import (
    DAY_MS,
    Accepted,
    Channel,
    Deed,
    Joined,
    Person,
    Ref,
    Restored,
    Said,
    Thanked,
    Thread,
    Withdrawn,
    day_of,
)
from hobnob_server.engines.recognition.doubt import DOUBTED, belief, kin
from hobnob_server.engines.recognition.guides import LENGTH_MIN, Guides
from hobnob_server.engines.recognition.marks import Mark, Measure
from hobnob_server.engines.recognition.threads import (
    INTRODUCTION_MS,
    NAMED_MAX,
    RESCUE_MS,
    SIZES,
    Line,
)

NEWCOMER_MS: Final = 14 * DAY_MS
"""So long somebody is new."""
STAYED_MS: Final = (7 * DAY_MS, 37 * DAY_MS)
"""From when until when somebody who was welcomed has stayed, after the welcome."""
YEAR_MS: Final = 365 * DAY_MS
DISTINCT_MAX: Final = 500
"""People told apart for one member and measure; more change nothing."""
FORGET_EVERY: Final = 16_384
"""Deeds between two looks at what sleeps."""


class Noticing:
    """What has to be remembered between deeds."""

    def __init__(self) -> None:
        self.since_ms: Final[dict[Person, int]] = {}
        """Since when each is here: they joined, or did something for the first time."""
        self.inviters: Final[dict[Person, Person]] = {}
        self._lines: Final[dict[Thread, Line]] = {}
        self._guides: Final = Guides()
        self._began: Final[set[Person]] = set()
        self._spoke: Final[set[Person]] = set()
        self._talked: Final[dict[Person, set[Person]]] = {}
        self._gave: Final[dict[Person, set[Person]]] = {}
        self._welcomes: Final[dict[Person, tuple[Person, int]]] = {}
        self._years: Final[dict[Person, int]] = {}
        self._taken = 0

    def notice(self, deed: Deed) -> tuple[Mark, ...]:
        """What this deed means; deeds come in the order of their refs, each once."""
        self._taken += 1
        if self._taken % FORGET_EVERY == 0:
            self._forget(deed.at_ms)
        if isinstance(deed, Said):
            return tuple(self._said(deed))
        if isinstance(deed, Thanked):
            return tuple(self._thanked(deed))
        if isinstance(deed, Accepted):
            return tuple(self._accepted(deed))
        if isinstance(deed, Joined):
            self._joined(deed)
        elif isinstance(deed, Withdrawn) and deed.for_good:
            self._guides.withdrawn(deed.target)
        else:
            assert isinstance(deed, Withdrawn | Restored), "there are no other deeds"
        return ()

    def _joined(self, deed: Joined) -> None:
        self.since_ms.setdefault(deed.person, deed.at_ms)
        if deed.inviter is not None and deed.inviter != deed.person:
            self.inviters.setdefault(deed.person, deed.inviter)

    def _said(self, deed: Said) -> Iterator[Mark]:
        author = deed.author
        since = self.since_ms.setdefault(author, deed.at_ms)
        if author not in self._spoke:
            self._spoke.add(author)
            yield self._mark(Measure.SPOKE, author, deed)
        elif deed.at_ms - since >= YEAR_MS:
            yield from self._returned(deed, since)
        if author in self._welcomes:
            yield from self._stayed(deed)
        line = self._lines.get(deed.thread)
        if deed.begins:
            line = self._lines[deed.thread] = self._begun(deed, since)
        elif line is not None and line.asleep(deed.at_ms):
            line = None
        if line is not None:
            line.last_ms = max(line.last_ms, deed.at_ms)
            if author != line.author and author not in line.people:
                yield from self._came(deed, line)
            for named in deed.named:
                self._named(deed, line, named)
        to = deed.answers
        if to is None:
            to = line.author if line is not None else author
        if to != author:
            yield from self._talk(deed, to)
        if deed.length >= LENGTH_MIN:
            self._guides.wrote(deed)
        if deed.answered is not None:
            yield from self._guided(deed, author, deed.answered, deed.channel)

    def _begun(self, deed: Said, since: int) -> Line:
        first = deed.author not in self._began
        self._began.add(deed.author)
        newcomer = first and deed.at_ms - since <= NEWCOMER_MS
        return Line(deed.author, deed.channel, deed.at_ms, deed.at_ms, newcomer)

    def _came(self, deed: Said, line: Line) -> Iterator[Mark]:
        """Somebody writes in another's thread for the first time."""
        author = deed.author
        if not line.people:
            yield from self._first(deed, line)
        if len(line.people) < SIZES[-1]:
            line.people.add(author)
            if len(line.people) in SIZES:
                yield self._owed(Measure.GATHERED, line.author, deed, author, len(line.people))
        by, at_ms = line.named.pop(author, (author, 0))
        if by not in (author, line.author) and deed.at_ms - at_ms <= INTRODUCTION_MS:
            yield self._owed(Measure.INTRODUCED, by, deed, author)

    def _first(self, deed: Said, line: Line) -> Iterator[Mark]:
        """... and nobody else has written in it yet."""
        author, asker = deed.author, line.author
        yield self._owed(Measure.OPENED, asker, deed, author)
        yield self._given(Measure.ANSWERED, deed, asker)
        yield self._helped(author, deed)
        if deed.at_ms - line.at_ms >= RESCUE_MS:
            yield self._given(Measure.RESCUED, deed, asker)
        if line.first_of_newcomer:
            yield self._given(Measure.WELCOMED, deed, asker)
            self._welcomes[asker] = (author, deed.at_ms)

    def _named(self, deed: Said, line: Line, named: Person) -> None:
        if named in (deed.author, line.author) or named in line.people:
            return
        if len(line.named) < NAMED_MAX:
            line.named.setdefault(named, (deed.author, deed.at_ms))

    def _talk(self, deed: Said, to: Person) -> Iterator[Mark]:
        if _fresh(self._talked, deed.author, to):
            yield self._given(Measure.TALKED, deed, to)

    def _stayed(self, deed: Said) -> Iterator[Mark]:
        by, at_ms = self._welcomes[deed.author]
        passed = deed.at_ms - at_ms
        if passed < STAYED_MS[0]:
            return
        del self._welcomes[deed.author]
        if passed <= STAYED_MS[1]:
            yield self._owed(Measure.STAYED, by, deed, deed.author)

    def _returned(self, deed: Said, since: int) -> Iterator[Mark]:
        year = (deed.at_ms - since) // YEAR_MS
        if year > self._years.get(deed.author, 0):
            self._years[deed.author] = year
            yield self._mark(Measure.RETURNED, deed.author, deed, size=year)

    def _thanked(self, deed: Thanked) -> Iterator[Mark]:
        giver, receiver = deed.giver, deed.receiver
        self.since_ms.setdefault(giver, deed.at_ms)
        if giver == receiver:
            return
        upon = () if deed.message is None else (deed.message,)
        yield replace(self._owed(Measure.THANKED, receiver, deed, giver), upon=upon)
        if _told_apart(self._gave, giver, receiver):
            gave = self._mark(Measure.GAVE, giver, deed, receiver, self._ties(giver, receiver))
            yield replace(gave, upon=upon, once=receiver)
        yield self._helped(receiver, deed, upon)
        if deed.message is not None:
            yield from self._guided(deed, giver, deed.message, deed.channel)

    def _accepted(self, deed: Accepted) -> Iterator[Mark]:
        asker, helper = deed.asker, deed.helper
        self.since_ms.setdefault(asker, deed.at_ms)
        if asker == helper:
            return
        upon = (deed.message,)
        accepted = self._owed(Measure.ACCEPTED, helper, deed, asker)
        yield replace(accepted, upon=upon, once=deed.thread)
        settled = self._mark(Measure.SETTLED, asker, deed, helper, self._ties(asker, helper))
        yield replace(settled, upon=upon, once=deed.thread)
        yield self._helped(helper, deed, upon)

    def _helped(
        self, person: Person, deed: Said | Thanked | Accepted, upon: tuple[Ref, ...] = ()
    ) -> Mark:
        helped = self._mark(Measure.HELPED, person, deed)
        return replace(helped, upon=upon, once=day_of(deed.at_ms))

    def _guided(
        self, deed: Said | Thanked, by: Person, text: Ref, channel: Channel
    ) -> Iterator[Mark]:
        found = self._guides.used(text, deed.ref, by, deed.at_ms, self.inviters)
        author, others = found if found is not None else (by, ())
        for other in others:
            yield Mark(
                Measure.GUIDED,
                author,
                deed.ref,
                deed.at_ms,
                channel,
                by,
                upon=(text, other),
                once=text,
            )

    def _owed(
        self,
        measure: Measure,
        person: Person,
        deed: Said | Thanked | Accepted,
        other: Person,
        size: int = 0,
    ) -> Mark:
        """A mark that somebody has by the act of another, who may be no other."""
        weight = belief(other, person, deed.at_ms, self.since_ms, self.inviters)
        return self._mark(measure, person, deed, other, weight, size)

    def _given(self, measure: Measure, deed: Said, other: Person) -> Mark:
        """A mark for one's own act towards another, who may well be new."""
        return self._mark(measure, deed.author, deed, other, self._ties(deed.author, other))

    def _ties(self, one: Person, other: Person) -> float:
        return DOUBTED if kin(one, other, self.inviters) else 1.0

    def _mark(
        self,
        measure: Measure,
        person: Person,
        deed: Said | Thanked | Accepted,
        other: Person | None = None,
        weight: float = 1.0,
        size: int = 0,
    ) -> Mark:
        return Mark(measure, person, deed.ref, deed.at_ms, deed.channel, other, weight, size)

    def _forget(self, now_ms: int) -> None:
        """Whatever can count nothing more."""
        for thread in [one for one, line in self._lines.items() if line.asleep(now_ms)]:
            del self._lines[thread]
        for person in [
            one for one, (_, at_ms) in self._welcomes.items() if now_ms - at_ms > STAYED_MS[1]
        ]:
            del self._welcomes[person]
        self._guides.forget(now_ms)


def _fresh(met: dict[Person, set[Person]], one: Person, other: Person) -> bool:
    """Whether these two meet for the first time, as far as it is told apart; now they have."""
    return other not in met.get(one, ()) and _told_apart(met, one, other)


def _told_apart(met: dict[Person, set[Person]], one: Person, other: Person) -> bool:
    """Whether this one is among those who are told apart; now they have met."""
    people = met.setdefault(one, set())
    if len(people) < DISTINCT_MAX:
        people.add(other)
    return other in people
