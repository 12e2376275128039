"""Badges: who has earned which, kept up as deeds come; the same as if all were read at once."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from hobnob_server.engines.recognition.deeds import Deed, Person, Ref, Restored, Withdrawn
from hobnob_server.engines.recognition.marks import Mark, Measure, counting
from hobnob_server.engines.recognition.noticing import Noticing
from hobnob_server.engines.recognition.progress import Award, Lost, Missing, Progress
from hobnob_server.engines.recognition.rules import MARKS_MAX, Rule
from hobnob_server.engines.recognition.withdrawals import Withdrawals

_Of: TypeAlias = tuple[Person, Measure]


def _nobody(mark: Mark) -> None:
    """Nobody counts more by it."""


@dataclass(slots=True)
class _Sheet:
    """One person's marks of one measure."""

    made: list[Mark] = field(default_factory=list[Mark])
    """All but those that rest on what is withdrawn for good."""
    counted: list[Mark] = field(default_factory=list[Mark])
    """Those that count; at most MARKS_MAX."""
    once: set[int] = field(default_factory=set[int])
    """Of what counts once, that which does."""

    def add(self, mark: Mark, gone: Collection[Ref]) -> bool:
        """One more; does it count now?"""
        self.made.append(mark)
        if not mark.stands(gone) or mark.once in self.once:
            return False
        self._count(mark)
        return True

    def _count(self, mark: Mark) -> None:
        self.counted.append(mark)
        if mark.once is not None:
            self.once.add(mark.once)

    def count_anew(self, withdrawals: Withdrawals) -> None:
        """What is withdrawn has changed."""
        self.made = [mark for mark in self.made if mark.stands(withdrawals.for_good)]
        self.counted, self.once = [], set()
        for mark in counting(self.made, withdrawals.gone)[:MARKS_MAX]:
            self._count(mark)


class Badges:
    """What everybody has earned by the deeds until `watermark`.

    However the deeds are cut into batches, what is earned is the same: it follows from the marks
    that stand, and a mark stands as long as nothing it rests on is withdrawn.
    """

    def __init__(self, rules: Sequence[Rule], heed: Callable[[Mark], object] = _nobody) -> None:
        """`heed` hears of every mark, for whoever counts more by them than badges."""
        self._heed: Final = heed
        self._rules: Final[dict[str, Rule]] = {each.id: each for each in rules}
        self._by_measure: Final[dict[Measure, list[Rule]]] = {}
        for each in rules:
            self._by_measure.setdefault(each.measure, []).append(each)
        self._noticing: Final = Noticing()
        self.withdrawals: Final = Withdrawals()
        self._sheets: Final[dict[_Of, _Sheet]] = {}
        self._shown_by: Final[dict[Ref, tuple[_Of, ...]]] = {}
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
            if isinstance(deed, Withdrawn | Restored):
                earned.extend(self._undo(deed))
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
        sheet = self._sheets.setdefault(key, _Sheet())
        if len(sheet.counted) >= MARKS_MAX:
            return
        for ref in mark.rests_on:
            of = self._shown_by.get(ref, ())
            if key not in of:
                self._shown_by[ref] = (*of, key)
        if sheet.add(mark, self.withdrawals.gone):
            for rule in rules:
                progress = self._progress.get((mark.person, rule.id))
                if progress is None:
                    progress = Progress(mark.person, rule)
                    self._progress[mark.person, rule.id] = progress
                yield from self._earned(progress.go_on(sheet.counted))

    def _undo(self, deed: Withdrawn | Restored) -> Iterator[Award]:
        """What was lost by it, and what came back."""
        self.withdrawals.take(deed)
        for key in self._shown_by.get(deed.target, ()):
            person, measure = key
            sheet = self._sheets[key]
            sheet.count_anew(self.withdrawals)
            for rule in self._by_measure[measure]:
                before = self._progress.get((person, rule.id)) or Progress(person, rule)
                afresh = self._progress[person, rule.id] = Progress(person, rule)
                had = {award.tier for award in before.awards}
                earned = self._earned(afresh.go_on(sheet.counted))
                yield from [award for award in earned if award.tier not in had]
                for award in before.awards[len(afresh.awards) :]:
                    lost = self._lost.setdefault((person, rule.id), {})
                    lost[award.tier] = Lost(award, deed.target, deed.at_ms)

    def _earned(self, awards: Iterable[Award]) -> Iterator[Award]:
        """They are lost no more."""
        for award in awards:
            self._lost.get((award.person, award.rule), {}).pop(award.tier, None)
            yield award
