"""Settles what devices say of load, on the writer's thread: several of it in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import floor
from typing import Final, TypeAlias

from hobnob_protocol.ids import AccountId, DeviceId, TargetId
from hobnob_protocol.limits import ANSWER_ROWS_MAX, LOAD_WEEK_MS, OFFERED_MAX, REQUEST_KEPT_MS
from hobnob_protocol.request_questions import (
    ActQuestion,
    CountedAnswer,
    Free,
    Load,
    LoadAnswer,
    LoadQuestion,
    LoadsAnswer,
    LoadsQuestion,
    Request,
    RequestQuestion,
    RequestsAnswer,
    RequestsQuestion,
    ReservedAnswer,
    SettledAnswer,
    ShowedQuestion,
    ShowQuestion,
    buddy_nth,
)
from hobnob_server.engines.load import batch, commands, request
from hobnob_server.engines.load.asker import Asker
from hobnob_server.engines.load.deciding import needs
from hobnob_server.engines.load.person import within_week
from hobnob_server.engines.load.rows import Keys, Rows
from hobnob_server.load.caps import SHIPPED, Caps
from hobnob_server.load.choices import BOT, Choices
from hobnob_server.store.ledger import SqliteLedger
from hobnob_sync.hub_engine.state import HubState
from hobnob_sync.ports import EventStore

_OPEN: Final = frozenset((request.State.ASKED, request.State.ACCEPTED, request.State.MET))
_THOUSAND: Final = 1_000


@dataclass(frozen=True, slots=True)
class Said:
    """A question, and who asks it from which device."""

    asker: AccountId
    device: DeviceId
    question: LoadQuestion


Told: TypeAlias = LoadAnswer | None
"""None: it is not answered to them."""


class Settling:
    """The ledger of one hub."""

    def __init__(self, caps: Callable[[], Caps] = lambda: SHIPPED) -> None:
        """`caps` says what people take as of now."""
        self._caps: Final = caps
        self._choices: Final = Choices()
        self._now_ms = 0

    def settle(
        self,
        state: HubState,
        store: EventStore,
        ledger: SqliteLedger,
        said: Sequence[Said | None],
        now_ms: int,
    ) -> list[Told] | None:
        """An answer to each, once all that it changed is durable; None where more of the log is to
        be read first. What changes nothing writes nothing. Nobody is answered who is gone or a bot.
        """
        if not self._choices.read_on(state, store):
            return None
        # The ledger's time goes on, even where the machine's was set back.
        self._now_ms = now_ms = max(self._now_ms, now_ms)
        asked = [
            each if each is not None and state.role(each.asker) != BOT else None for each in said
        ]
        ordered = [self._command(each, now_ms) if each is not None else None for each in asked]
        told = [command for command in ordered if command is not None]
        rows = self._loaded(state, ledger, told, [each for each in asked if each is not None])
        changes, answers = batch.decide_all(rows, told, now_ms)
        changed = _changed(rows, changes)
        if changed.people or changed.askers or changed.requests:
            ledger.commit(changed, now_ms - REQUEST_KEPT_MS)
        rows.take(changes)
        settled = iter(answers)
        return [
            None
            if each is None
            else _answer(next(settled))
            if command is not None
            else _looked_up(rows, ledger, each, now_ms)
            for each, command in zip(asked, ordered, strict=True)
        ]

    def _command(self, said: Said, now_ms: int) -> commands.Command | None:
        """What the ledger is told; None for what only looks."""
        match said.question:
            case ShowQuestion(people=people):
                return commands.Show(said.asker, people)
            case ShowedQuestion(displayed=displayed):
                # What is older than a week counts no more: said again, it would count twice.
                people = tuple(
                    each.account
                    for each in displayed
                    if now_ms - each.at_ms < LOAD_WEEK_MS and self._choices.has_agreed(each.account)
                )
                return commands.Showed(said.asker, said.device, people)
            case RequestQuestion(request=name, account=account, follows=follows):
                return commands.Ask(name, said.asker, account, follows)
            case ActQuestion(request=name, act=act):
                return commands.Do(name, said.asker, request.Act(act))
            case LoadsQuestion() | RequestsQuestion():
                return None

    def _loaded(
        self,
        state: HubState,
        ledger: SqliteLedger,
        told: Sequence[commands.Command],
        asked: Sequence[Said],
    ) -> Rows:
        keys = [needs(command) for command in told]
        for each in asked:
            if isinstance(each.question, LoadsQuestion):
                keys.append(Keys(people=each.question.people[:OFFERED_MAX]))
            elif isinstance(each.question, RequestsQuestion):
                keys.append(Keys(people=(each.asker,), askers=(each.asker,)))
        rows, caps = ledger.load(keys), self._caps()
        for account in {account for key in keys for account in key.people}:
            limits = self._choices.limits(state, account, caps)
            rows.people[account] = replace(rows.person(account), limits=limits)
        for command in told:
            if isinstance(command, commands.Ask):
                self._guide(ledger, rows, command)
        return rows

    def _guide(self, ledger: SqliteLedger, rows: Rows, ask: commands.Ask) -> None:
        """Of one who is asked by a newcomer: whom they have shown around already."""
        if buddy_nth(ask.request, ask.asker) is None:
            return
        guided = sorted(
            each.at_ms
            for name, each in ledger.concerning(ask.asked)
            if each.asked == ask.asked and buddy_nth(name, each.asker) is not None
        )
        person = rows.person(ask.asked)
        buddies = self._choices.buddies(ask.asked)
        rows.people[ask.asked] = replace(person, buddies=buddies, guided=tuple(guided))


def _changed(before: Rows, after: Rows) -> Rows:
    """The rows that are not what they were."""
    return Rows(
        {key: row for key, row in after.people.items() if row != before.person(key)},
        {key: row for key, row in after.askers.items() if row != before.askers.get(key, Asker())},
        {key: row for key, row in after.requests.items() if row != before.requests.get(key)},
    )


def _answer(answer: commands.Answer) -> LoadAnswer:
    match answer:
        case commands.Reserved(people):
            return ReservedAnswer(tuple(Free(account, free) for account, free in people))
        case commands.Counted(shows, lease):
            return CountedAnswer(shows, lease)
        case commands.Settled(standing):
            return SettledAnswer(standing.value, "")
        case commands.Refused(why):
            return SettledAnswer("", why.value)
        case commands.Chosen():
            raise AssertionError("the log tells what people chose, no question does")


def _looked_up(rows: Rows, ledger: SqliteLedger, said: Said, now_ms: int) -> Told:
    if isinstance(said.question, LoadsQuestion):
        people = said.question.people[:OFFERED_MAX]
        return LoadsAnswer(tuple(_load(rows, account, now_ms) for account in people))
    assert isinstance(said.question, RequestsQuestion), "the other questions are commands"
    person, asker = rows.person(said.asker), rows.asker(said.asker, now_ms)
    found = [
        told
        for name, each in ledger.concerning(said.asker)
        if (told := _told(name, each, said.asker, now_ms)).due
        or said.question.over
        or told.state in _OPEN
    ]
    return RequestsAnswer(
        person.limits.asks,
        len(within_week(person.asked, now_ms)),
        asker.lease(said.device),
        tuple(found[:ANSWER_ROWS_MAX]),
    )


def _load(rows: Rows, account: AccountId, now_ms: int) -> Load:
    person = rows.person(account)
    return Load(
        account,
        person.asks_free(now_ms),
        person.shows_free(now_ms),
        person.limits.shows,
        # Of who does not agree nothing is told, not even what was.
        floor(person.shown_lately(now_ms) * _THOUSAND) if person.limits.shows else 0,
    )


def _told(name: TargetId, each: request.Request, me: AccountId, now_ms: int) -> Request:
    mine = each.asker == me
    due = each.due(now_ms) if mine else None
    return Request(
        name,
        each.asked if mine else each.asker,
        mine,
        (each.seen_by_asker(now_ms) if mine else each.standing(now_ms)).value,
        each.at_ms,
        each.accepted_ms,
        due.value if due is not None else "",
    )
