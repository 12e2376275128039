"""A story: what a few people do, as deeds, one after the other."""

from hobnob_server.engines.recognition.deeds import (
    DAY_MS,
    Accepted,
    Deed,
    Joined,
    Person,
    Ref,
    Restored,
    Said,
    Thanked,
    Thread,
    Withdrawn,
)
from hobnob_server.engines.recognition.marks import Mark, Measure, counting
from hobnob_server.engines.recognition.noticing import Noticing

ADA, BO, CY, DI, EVE = range(1, 6)
HOUR_MS = 3_600_000
LONG = 2_000


class Story:
    """Deeds with times that only grow. Each verb gives the ref of what it did."""

    def __init__(self) -> None:
        self.deeds: list[Deed] = []
        self.now_ms = 100 * DAY_MS
        self._authors: dict[Ref, Person] = {}
        self._begun: set[Thread] = set()

    def wait(self, *, days: float = 0, hours: float = 0) -> None:
        """Time goes by."""
        self.now_ms += round(days * DAY_MS + hours * HOUR_MS)

    def join(self, person: Person, inviter: Person | None = None) -> Ref:
        """Somebody comes."""
        return self._did(Joined(self._ref(), self.now_ms, person, inviter))

    def settled(self, *people: Person) -> None:
        """They came a month ago."""
        for person in people:
            self.join(person)
        self.wait(days=30)

    def say(
        self,
        author: Person,
        thread: Thread,
        *,
        channel: int = 1,
        length: int = 20,
        answered: Ref | None = None,
        named: tuple[Person, ...] = (),
    ) -> Ref:
        """A message; the first one in a thread begins it."""
        ref, begins = self._ref(), thread not in self._begun
        self._begun.add(thread)
        self._authors[ref] = author
        answers = self._authors[answered] if answered is not None else None
        return self._did(
            Said(
                ref, self.now_ms, author, channel, thread, length, begins, answered, answers, named
            )
        )

    def thank(
        self, giver: Person, receiver: Person, *, channel: int = 1, message: Ref | None = None
    ) -> Ref:
        """A thank-you."""
        return self._did(Thanked(self._ref(), self.now_ms, giver, receiver, channel, message))

    def accept(self, asker: Person, helper: Person, thread: Thread, message: Ref = 0) -> Ref:
        """An answer is accepted."""
        ref = self._ref()
        return self._did(Accepted(ref, self.now_ms, asker, helper, 1, thread, message))

    def withdraw(self, target: Ref) -> Ref:
        """Something counts no more."""
        return self._did(Withdrawn(self._ref(), self.now_ms, target))

    def hide(self, target: Ref) -> Ref:
        """It counts no more, for now."""
        return self._did(Withdrawn(self._ref(), self.now_ms, target, for_good=False))

    def show(self, target: Ref) -> Ref:
        """... and counts again."""
        return self._did(Restored(self._ref(), self.now_ms, target))

    def marks(self, measure: Measure) -> list[Mark]:
        """What the deeds so far mean and still counts, of one measure."""
        noticing = Noticing()
        found = [mark for deed in self.deeds for mark in noticing.notice(deed)]
        return [mark for mark in counting(found, self.gone) if mark.measure is measure]

    @property
    def gone(self) -> set[Ref]:
        """What counts no more."""
        found: set[Ref] = set()
        for_good: set[Ref] = set()
        for deed in self.deeds:
            if isinstance(deed, Withdrawn):
                found.add(deed.target)
                if deed.for_good:
                    for_good.add(deed.target)
            elif isinstance(deed, Restored):
                found.discard(deed.target)
        return found | for_good

    def who(self, measure: Measure) -> list[tuple[Person, Person | None]]:
        """... as whose mark it is, and with whom."""
        return [(mark.person, mark.other) for mark in self.marks(measure)]

    def _ref(self) -> Ref:
        self.now_ms += 1_000
        return len(self.deeds) + 1

    def _did(self, deed: Deed) -> Ref:
        self.deeds.append(deed)
        return deed.ref
