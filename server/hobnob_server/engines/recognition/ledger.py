"""The ledger: what all deeds have come to, kept up as they come, for boards and badges to read.

It follows from the deeds alone: however they are cut into slices, it comes to the same.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from hobnob_server.engines.recognition.badges import Badges
from hobnob_server.engines.recognition.deeds import (
    DAY_MS,
    Channel,
    Deed,
    Person,
    Ref,
    Restored,
    Said,
    Withdrawn,
    day_of,
)
from hobnob_server.engines.recognition.formula import STANDARD, Formula
from hobnob_server.engines.recognition.gifts import graph
from hobnob_server.engines.recognition.marks import Mark, Measure, counting
from hobnob_server.engines.recognition.points import Score, scores
from hobnob_server.engines.recognition.rank import Ranks, ranked
from hobnob_server.engines.recognition.rules import Rule
from hobnob_server.engines.recognition.seasons import Period, Span, span
from hobnob_server.engines.recognition.standing import standing
from hobnob_server.engines.recognition.trust import Level, Trust, judge

VOUCHING_MS: Final = 364 * DAY_MS
"""Thanks of so long vouch for outcomes: a year of whole weeks, as a board's."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Everybody's score in a period."""

    span: Span
    scores: dict[Person, Score]


class Ledger:
    """Deeds come in the order of their refs; those until `watermark` are passed over."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._marks: list[Mark] = []
        """All but those that rest on what is withdrawn for good."""
        self._counting: list[Mark] | None = None
        """Those of them that count, until one comes or what is withdrawn changes."""
        self.badges: Final = Badges(rules, self._heed)
        self._days: Final[dict[Person, list[int]]] = {}
        self._written: Final[Counter[Person]] = Counter()
        self.founded_ms: int | None = None
        """When the first deed was done."""

    @property
    def watermark(self) -> Ref:
        """The last deed that was taken."""
        return self.badges.watermark

    def advance(self, deeds: Iterable[Deed]) -> None:
        """Take what is new."""
        for deed in deeds:
            if deed.ref <= self.watermark:
                continue
            self.badges.advance((deed,))
            if self.founded_ms is None:
                self.founded_ms = deed.at_ms
            if isinstance(deed, Withdrawn | Restored):
                self._counting = None
            elif isinstance(deed, Said):
                self._wrote(deed)

    def _heed(self, mark: Mark) -> None:
        self._marks.append(mark)
        self._counting = None

    def _wrote(self, deed: Said) -> None:
        self._written[deed.author] += 1
        days, day = self._days.setdefault(deed.author, []), day_of(deed.at_ms)
        if day not in days[-1:]:
            days.append(day)

    def tally(
        self,
        period: Period,
        now_ms: int,
        stewards: Collection[Person],
        channel: Channel | None = None,
        formula: Formula = STANDARD,
    ) -> Tally:
        """The scores of the period in which `now_ms` is. `stewards` hold an office: their thanks,
        and those of whom they reach and who have earned trust, begin the rank."""
        marks = self._counting_marks()
        trusted = self.trusted(marks, now_ms, stewards)
        year = self._year(marks, now_ms, trusted, formula)
        here = span(period, now_ms, self.founded_ms if self.founded_ms is not None else now_ms)
        kept = [
            mark
            for mark in marks
            if here.holds(mark.at_ms) and (channel is None or mark.channel == channel)
        ]
        return Tally(here, scores(kept, year, trusted, formula=formula))

    def trusted(
        self, marks: Sequence[Mark], now_ms: int, stewards: Collection[Person]
    ) -> frozenset[Person]:
        """Stewards, and whoever has earned it by thanks that theirs reach."""
        thanks = [mark for mark in marks if mark.measure is Measure.THANKED]
        reached = ranked(graph(thanks), stewards).rank if stewards else None
        theirs: dict[Person, list[Mark]] = {}
        for mark in marks:
            theirs.setdefault(mark.person, []).append(mark)
        earned = (
            person
            for person, days in self._days.items()
            if judge(
                Trust(),
                standing(
                    days, self._written[person], theirs.get(person, []), now_ms, reached=reached
                ),
                now_ms,
            ).level
            >= Level.TRUSTED
        )
        return frozenset((*stewards, *earned))

    def _counting_marks(self) -> list[Mark]:
        if self._counting is None:
            withdrawals = self.badges.withdrawals
            self._marks = [mark for mark in self._marks if mark.stands(withdrawals.for_good)]
            self._counting = counting(self._marks, withdrawals.gone)
        return self._counting

    def _year(
        self, marks: Sequence[Mark], now_ms: int, trusted: Collection[Person], formula: Formula
    ) -> Ranks:
        lately = [mark for mark in marks if mark.at_ms > now_ms - VOUCHING_MS]
        return ranked(graph(lately), trusted, formula.damping)
