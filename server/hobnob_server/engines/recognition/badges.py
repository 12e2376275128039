"""Badges: who has earned which, kept up as deeds come; the same as if all were read at once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from hobnob_server.engines.recognition.deeds import Deed, Person, Ref, Withdrawn
from hobnob_server.engines.recognition.marks import Mark, Measure
from hobnob_server.engines.recognition.noticing import Noticing
from hobnob_server.engines.recognition.progress import Award, Lost, Missing, Progress
from hobnob_server.engines.recognition.rules import MARKS_MAX, Rule


def _nobody(mark: Mark) -> None:
    """Nobody counts more by it."""


class Badges:
    """What everybody has earned by the deeds until `watermark`.

    However the deeds are cut into batches, what is earned is the same: it follows from the marks
    that stand, and a mark stands until its event is withdrawn.
    """

    def __init__(self, rules: Sequence[Rule], heed: Callable[[Mark], object] = _nobody) -> None:
        """`heed` hears of every mark, for whoever counts more by them than badges."""
        self._heed: Final = heed
        self._rules: Final[dict[str, Rule]] = {each.id: each for each in rules}
        self._by_measure: Final[dict[Measure, list[Rule]]] = {}
        for each in rules:
            self._by_measure.setdefault(each.measure, []).append(each)
        self._noticing: Final = Noticing()
        self._marks: Final[dict[tuple[Person, Measure], list[Mark]]] = {}
        self._shown_by: Final[dict[Ref, tuple[tuple[Person, Measure], ...]]] = {}
        self._progress: Final[dict[tuple[Person, str], Progress]] = {}
        self._lost: Final[dict[tuple[Person, str], dict[int, Lost]]] = {}
        self.watermark: Ref = -1
        """The last event that was taken."""

    def advance(self, deeds: Iterable[Deed]) -> tuple[Award, ...]:
        """Take what is new, in order; what was taken before is passed over. Awards that are new.

        One that was lost meanwhile, because an event was withdrawn, is among `lost`.
        """
        earned: list[Award] = []
        for deed in deeds:
            if deed.ref <= self.watermark:
                continue
            self.watermark = deed.ref
            if isinstance(deed, Withdrawn):
                self._withdraw(deed)
            for mark in self._noticing.notice(deed):
                self._heed(mark)
                earned.extend(self._take(mark))
        return tuple(each for each in earned if each in self.awards(each.person))

    def awards(self, person: Person) -> tuple[Award, ...]:
        """What somebody has, by rule and tier."""
        return tuple(
            award
            for rule in self._rules
            if (found := self._progress.get((person, rule))) is not None
            for award in found.awards
        )

    def lost(self, person: Person) -> tuple[Lost, ...]:
        """What somebody had and has no more, by rule and tier, each with its reason."""
        return tuple(
            lost
            for rule in self._rules
            for _, lost in sorted(self._lost.get((person, rule), {}).items())
        )

    def everybody(self) -> dict[Person, tuple[Award, ...]]:
        """All awards, by member."""
        people = sorted({person for person, _ in self._progress})
        return {person: self.awards(person) for person in people}

    def next_step(self, person: Person, rule: str) -> Missing | None:
        """What is missing for the next tier; None where there is none."""
        found = self._progress.get((person, rule))
        return (found or Progress(person, self._rules[rule])).missing()

    def _take(self, mark: Mark) -> Iterator[Award]:
        rules = self._by_measure.get(mark.measure)
        key = (mark.person, mark.measure)
        if rules is None:
            return
        marks = self._marks.setdefault(key, [])
        if len(marks) >= MARKS_MAX:
            return
        marks.append(mark)
        for ref in mark.rests_on:
            self._shown_by[ref] = (*self._shown_by.get(ref, ()), key)
        for rule in rules:
            progress = self._progress.get((mark.person, rule.id))
            if progress is None:
                progress = Progress(mark.person, rule)
                self._progress[mark.person, rule.id] = progress
            for award in progress.go_on(marks):
                self._lost.get((mark.person, rule.id), {}).pop(award.tier, None)
                yield award

    def _withdraw(self, deed: Withdrawn) -> None:
        for key in dict.fromkeys(self._shown_by.pop(deed.target, ())):
            person, measure = key
            marks = [each for each in self._marks[key] if deed.target not in each.rests_on]
            self._marks[key] = marks
            for rule in self._by_measure[measure]:
                before, afresh = self._progress[person, rule.id], Progress(person, rule)
                for _ in afresh.go_on(marks):
                    pass
                for award in before.awards[len(afresh.awards) :]:
                    lost = self._lost.setdefault((person, rule.id), {})
                    lost[award.tier] = Lost(award, deed.target, deed.at_ms)
                self._progress[person, rule.id] = afresh
