"""What has been counted, as answers: who is shown, what unfolds, and what stays unsaid."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from hobnob_protocol.ids import AccountId, channel_stream
from hobnob_protocol.questions import (
    Badge,
    BadgesAnswer,
    BadgesQuestion,
    BoardAnswer,
    BoardQuestion,
    BoardRow,
    Counted,
    Evidence,
    Missing,
    Part,
    RecognitionQuestion,
    Rules,
    Words,
    Worth,
)
from hobnob_server.engines.recognition.board import Row, board, own_row
from hobnob_server.engines.recognition.chronicle import Chronicle
from hobnob_server.engines.recognition.deeds import Channel, Person, Ref
from hobnob_server.engines.recognition.formula import STANDARD
from hobnob_server.engines.recognition.ledger import Ledger, Tally
from hobnob_server.engines.recognition.points import Line
from hobnob_server.engines.recognition.progress import Award
from hobnob_server.engines.recognition.rules import Rule
from hobnob_server.engines.recognition.seasons import Period
from hobnob_server.engines.recognition.showing import held
from hobnob_server.recognition.limits import EVENTS_MAX, LINES_MAX, ROWS_MAX, TALLY_KEPT_MS

_TENTHS: Final = 10
_RULES: Final = Rules(
    int(STANDARD.thanks),
    int(STANDARD.day_max),
    STANDARD.weekly_max,
    tuple(Worth(measure.value, points) for measure, points in STANDARD.values.items()),
)


@dataclass(frozen=True, slots=True)
class Town:
    """Who is who at the time of a question: asked anew for each, so that who withdraws is gone at
    once."""

    members: frozenset[AccountId]
    taking_part: frozenset[AccountId]
    stewards: frozenset[AccountId]
    hidden_badges: Callable[[AccountId], frozenset[str]] = lambda _: frozenset()
    """Which badges somebody shows to nobody, by their rules."""


class Answers:
    """Answers from a ledger; tallies are kept for some seconds, names never are."""

    def __init__(self, ledger: Ledger, chronicle: Chronicle, rules: Sequence[Rule]) -> None:
        self._ledger: Final = ledger
        self._chronicle: Final = chronicle
        self._rules: Final = tuple(rules)
        self._tallies: dict[tuple[str, Channel | None, frozenset[AccountId]], Tally] = {}
        self._tallied_ms = 0

    def answer(
        self, question: RecognitionQuestion, asker: AccountId, town: Town, now_ms: int
    ) -> BoardAnswer | BadgesAnswer:
        """What is to be said to this member."""
        if isinstance(question, BoardQuestion):
            return self._board(question, asker, town, now_ms)
        return self._badges(question, asker, town, now_ms)

    # Boards.

    def _board(
        self, question: BoardQuestion, asker: AccountId, town: Town, now_ms: int
    ) -> BoardAnswer:
        tally = self._tally(question, town, now_ms)
        members, inside = self._people(town.members), self._people(town.taking_part & town.members)
        shown = board(tally.scores, members, inside, STANDARD)
        me = self._chronicle.known(asker)
        own = own_row(tally.scores, me, inside) if me is not None else None
        unfolded = self._unfolded(question.whose, asker, own, shown.rows)
        rows = shown.rows[:ROWS_MAX] if question.whose is None else ()
        return BoardAnswer(
            now_ms,
            tally.span.first_ms,
            tally.span.end_ms,
            tally.span.number,
            shown.taking_part,
            shown.left_out,
            asker in town.taking_part,
            _RULES,
            tuple(self._row(each) for each in rows),
            self._row(own) if own is not None else None,
            self._row(unfolded) if unfolded is not None else None,
            self._lines(unfolded),
        )

    def _tally(self, question: BoardQuestion, town: Town, now_ms: int) -> Tally:
        if not 0 <= now_ms - self._tallied_ms < TALLY_KEPT_MS:
            self._tallies, self._tallied_ms = {}, now_ms
        channel = None
        if question.channel is not None:
            # A channel in which nothing was said yet has a number that nothing has.
            channel = self._chronicle.channels.get(channel_stream(question.channel), -1)
        key = (question.period, channel, town.stewards)
        found = self._tallies.get(key)
        if found is None:
            stewards = self._people(town.stewards)
            found = self._ledger.tally(Period(question.period), now_ms, stewards, channel)
            self._tallies[key] = found
        return found

    def _unfolded(
        self, whose: AccountId | None, asker: AccountId, own: Row | None, rows: Iterable[Row]
    ) -> Row | None:
        """One's own row, or one that is on the board."""
        if whose is None or whose == asker:
            return None if whose is None else own
        person = self._chronicle.known(whose)
        return next((row for row in rows if row.score.person == person), None)

    def _row(self, row: Row) -> BoardRow:
        parts: dict[str, list[float]] = {}
        counts: dict[str, int] = {}
        for line in row.score.lines:
            if line.value > 0:
                parts.setdefault(line.measure.value, []).append(line.value)
                counts[line.measure.value] = counts.get(line.measure.value, 0) + len(line.refs)
        return BoardRow(
            self._chronicle.people[row.score.person],
            row.place,
            _tenths(row.score.total),
            tuple(
                Part(measure, counts[measure], _tenths(sum(values)))
                for measure, values in sorted(parts.items(), key=lambda part: -sum(part[1]))
            ),
        )

    def _lines(self, row: Row | None) -> tuple[Counted, ...]:
        if row is None:
            return ()
        lines = [line for line in row.score.lines if line.value > 0]
        return tuple(self._line(line) for line in lines[:LINES_MAX])

    def _line(self, line: Line) -> Counted:
        return Counted(
            line.measure.value,
            _tenths(line.value),
            len(line.refs),
            self._chronicle.people[line.other] if line.other is not None else None,
            self._evidence(line.refs),
        )

    # Badges.

    def _badges(
        self, question: BadgesQuestion, asker: AccountId, town: Town, now_ms: int
    ) -> BadgesAnswer:
        account, own = question.account, question.account == asker
        takes_part = account in town.taking_part and account in town.members
        if not takes_part and not own:
            return BadgesAnswer(now_ms, False, ())
        person = self._chronicle.known(account)
        if person is None:
            return BadgesAnswer(now_ms, takes_part, ())
        highest = {award.rule: award for award in held(self._ledger.badges.awards(person), ())}
        hidden = frozenset[str]() if own else town.hidden_badges(account)
        badges = (
            self._badge(rule, highest.get(rule.id), person, own)
            for rule in self._rules
            if rule.id not in hidden
        )
        return BadgesAnswer(
            now_ms,
            takes_part,
            tuple(badge for badge in badges if badge.tier or badge.missing is not None),
        )

    def _badge(self, rule: Rule, award: Award | None, person: Person, own: bool) -> Badge:
        lacks = self._ledger.badges.next_step(person, rule.id) if own else None
        return Badge(
            rule.id,
            tuple(Words(one, said.name, said.counts) for one, said in sorted(rule.words.items())),
            award.tier if award is not None else 0,
            award.at_ms if award is not None else 0,
            len(award.evidence) if award is not None else 0,
            award.people if award is not None else 0,
            self._evidence(award.evidence) if award is not None else (),
            Missing(lacks.tier, lacks.count, lacks.people, lacks.places) if lacks else None,
        )

    # Both.

    def _evidence(self, refs: Sequence[Ref]) -> tuple[Evidence, ...]:
        """The newest messages of these, the newest first."""
        places = (self._chronicle.place(ref) for ref in sorted(refs, reverse=True))
        known = [Evidence(*place) for place in places if place is not None]
        return tuple(known[:EVENTS_MAX])

    def _people(self, accounts: Collection[AccountId]) -> frozenset[Person]:
        numbers = (self._chronicle.known(account) for account in accounts)
        return frozenset(number for number in numbers if number is not None)


def _tenths(points: float) -> int:
    return round(points * _TENTHS)
