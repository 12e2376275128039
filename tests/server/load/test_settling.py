"""What members ask of load, settled on a hub's own log and file."""

import shutil
from pathlib import Path
from typing import TypeVar

from hobnob_protocol.ids import DIRECTORY, PEOPLE, DeviceId
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.people import ProfileField
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.limits import (
    ASKS_DEFAULT,
    HELPED_AFTER_MS,
    LOAD_WEEK_MS,
    REQUEST_KEPT_MS,
    REQUEST_OPEN_MS,
    SHOWS_DEFAULT,
)
from hobnob_protocol.question_frames import THERE, Ask
from hobnob_protocol.questions import decode_answer, encode_question
from hobnob_protocol.request_questions import (
    ACTS,
    DUE,
    REASONS,
    STATES,
    WEEKLY_BUDDIES,
    WEEKLY_REQUESTS,
    ActQuestion,
    CountedAnswer,
    Displayed,
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
    buddy_request,
)
from hobnob_protocol.wire import encode_frame
from hobnob_server.engines.load.commands import Refusal
from hobnob_server.engines.load.request import Act, Notice, State
from hobnob_server.engines.load.rows import Rows
from hobnob_server.load.caps import Caps
from hobnob_server.load.settling import Said, Settling
from hobnob_server.store.ledger import SqliteLedger
from tests.server.load.town import NOW, STRANGER, Town, named, town
from tests.server.places import directory, opened
from tests.stories.waiting import until

A = TypeVar("A", bound=LoadAnswer)


def test_nobody_is_asked_beyond_what_they_chose_however_often_it_is_said(tmp_path: Path) -> None:
    """Also at once, and as one answer for who is full, takes none, is a bot, or is nobody; what
    changes nothing writes nothing."""

    async def story(here: Town) -> None:
        ada, bo, cy = here.ada, here.bo, here.cy
        asks = [(bo, RequestQuestion(named(1), ada.account)) for _ in range(3)]
        assert here.all_said(*asks) == [SettledAnswer("asked", "")] * 3
        more = [(cy, RequestQuestion(named(2), ada.account)), (bo, asks[0][1])]
        assert here.all_said(*more) == [SettledAnswer("asked", "")] * 2
        full = SettledAnswer("", "full")
        assert here.say(here.cy, RequestQuestion(named(3), bo.account)) == SettledAnswer(
            "asked", ""
        )
        ada.say(PEOPLE, ProfileField(WEEKLY_REQUESTS, "1"))
        await until(lambda: ada.settled)
        store = here.hub.app.hub.store
        store.ledger = counting = Counting(store.ledger.database)
        assert here.say(bo, RequestQuestion(named(4), ada.account)) == SettledAnswer("", "again")
        for person in (cy.account, STRANGER):
            assert here.say(bo, RequestQuestion(named(4), person)) == full
        free = here.say(cy, LoadsQuestion((ada.account, bo.account, cy.account, STRANGER)))
        assert free == LoadsAnswer(
            (
                Load(ada.account, 0, 0, 2, 0),
                Load(bo.account, ASKS_DEFAULT - 1, SHOWS_DEFAULT, SHOWS_DEFAULT, 0),
                Load(cy.account, 0, 0, 0, 0),
                Load(STRANGER, 0, 0, 0, 0),
            )
        )
        done = here.hub.app.board.operate(DIRECTORY, RoleGrant(bo.account, "bot"))
        await done
        late = NOW + LOAD_WEEK_MS
        assert here.say(cy, RequestQuestion(named(5), bo.account), late) == full
        assert here.say(bo, RequestQuestion(named(6), ada.account), late) is None
        ada.say(PEOPLE, Consent("matching", on=False))
        await until(lambda: ada.settled)
        assert here.say(cy, RequestQuestion(named(7), ada.account), late) == full
        assert counting.commits == 0

    town(tmp_path, story)


def test_nobody_is_asked_beyond_what_the_operator_lets_them_take(tmp_path: Path) -> None:
    """Who has not chosen takes the default, who chose more the most; from one question to the
    next, and what was asked before counts."""

    async def story(here: Town) -> None:
        ada, bo, cy = here.ada, here.bo, here.cy
        caps = [Caps(most_requests=1)]
        here.settling = Settling(lambda: caps[-1])
        full, asked = SettledAnswer("", "full"), SettledAnswer("asked", "")
        assert here.say(bo, RequestQuestion(named(1), ada.account)) == asked
        assert here.say(cy, RequestQuestion(named(2), ada.account)) == full
        assert here.say(cy, LoadsQuestion((bo.account,))) == LoadsAnswer(
            (Load(bo.account, 1, 2, 2, 0),)
        )
        caps.append(Caps(default_requests=0))
        assert here.say(cy, RequestQuestion(named(2), ada.account)) == asked
        assert here.say(cy, RequestQuestion(named(3), bo.account)) == full
        assert here.say(ada, ShowQuestion((bo.account,))) == ReservedAnswer(())

    town(tmp_path, story)


def test_nobody_shows_more_newcomers_around_than_they_offered(tmp_path: Path) -> None:
    """Not at once either; whoever offers nothing is asked by none, and it is settled once for all
    devices of a newcomer."""

    async def story(here: Town) -> None:
        ada, bo, cy = here.ada, here.bo, here.cy
        full, asked = SettledAnswer("", "full"), SettledAnswer("asked", "")
        of_bo = RequestQuestion(buddy_request(bo.account, 0), ada.account)
        of_cy = RequestQuestion(buddy_request(cy.account, 0), ada.account)
        assert here.say(bo, of_bo) == full
        ada.say(PEOPLE, ProfileField(WEEKLY_BUDDIES, "1"))
        await until(lambda: ada.settled)
        assert here.all_said((bo, of_bo), (cy, of_cy), (bo, of_bo)) == [asked, full, asked]
        other = RequestQuestion(of_bo.request, bo.account)
        assert here.say(bo, other) == SettledAnswer("", "no_such")
        assert here.say(cy, RequestQuestion(named(1), ada.account)) == asked
        late = NOW + LOAD_WEEK_MS
        assert here.say(cy, RequestQuestion(buddy_request(cy.account, 1), ada.account), late) == (
            asked
        )

    town(tmp_path, story)


def test_a_decline_looks_like_silence_and_what_is_due_is_told(tmp_path: Path) -> None:
    """The asker sees it asked, then expired, then the next one offered; who accepts is asked about
    after a week. Everything is forgotten after thirty days."""

    async def story(here: Town) -> None:
        ada, bo, cy = here.ada, here.bo, here.cy
        for who, number in ((bo, 1), (cy, 2)):
            here.say(who, RequestQuestion(named(number), ada.account))
        assert here.say(ada, ActQuestion(named(1), "decline")) == SettledAnswer("declined", "")
        assert here.say(ada, ActQuestion(named(1), "decline")) == SettledAnswer("declined", "")
        assert here.requests(ada) == [Request(named(2), cy.account, False, "asked", NOW, 0, "")]
        assert here.requests(bo) == [Request(named(1), ada.account, True, "asked", NOW, 0, "")]
        assert [each.state for each in here.requests(ada, over=True)] == ["asked", "declined"]
        assert here.say(ada, ActQuestion(named(2), "accept"), NOW + 5) == SettledAnswer(
            "accepted", ""
        )
        late = NOW + REQUEST_OPEN_MS
        assert here.requests(bo, late) == [
            Request(named(1), ada.account, True, "expired", NOW, 0, "offer_next")
        ]
        assert here.say(cy, ActQuestion(named(1), "dismiss"), late) == SettledAnswer("", "no_such")
        assert here.say(bo, ActQuestion(named(1), "dismiss"), late) == SettledAnswer("expired", "")
        assert here.requests(bo, late) == []
        week = NOW + 5 + HELPED_AFTER_MS
        assert [each.due for each in here.requests(cy, week - 1)] == [""]
        assert [each.due for each in here.requests(cy, week)] == ["did_it_help"]
        assert here.say(cy, ActQuestion(named(2), "helped"), week) == SettledAnswer("helped", "")
        assert here.requests(cy, week) == []
        assert [each.state for each in here.requests(cy, week, over=True)] == ["helped"]
        end = NOW + REQUEST_KEPT_MS
        here.say(cy, RequestQuestion(named(3), bo.account), end + 1)
        assert [each.request for each in here.requests(cy, end + 1, over=True)] == [named(3)]

    town(tmp_path, story)


def test_shows_are_reserved_and_what_was_shown_offline_counts_once(tmp_path: Path) -> None:
    """Each to the same person once a week, whoever says it again, and however late."""

    async def story(here: Town) -> None:
        ada, bo, cy = here.ada, here.bo, here.cy
        people = (STRANGER, cy.account, ada.account, bo.account)
        assert here.say(cy, ShowQuestion(people)) == ReservedAnswer(
            (Free(ada.account, 2), Free(bo.account, ASKS_DEFAULT))
        )
        shown = here.say(bo, LoadsQuestion((ada.account,)))
        assert shown == LoadsAnswer((Load(ada.account, 2, 3, 4, 1_000),))
        at = tuple(Displayed(each, NOW - 1) for each in (ada.account, STRANGER, bo.account))
        assert here.say(bo, ShowedQuestion(at)) == CountedAnswer(1, 5)
        assert here.say(bo, ShowedQuestion(at)) == CountedAnswer(0, 5)
        late = NOW + LOAD_WEEK_MS
        assert here.say(bo, ShowedQuestion(at), late) == CountedAnswer(0, 6)
        answer = here.say(bo, RequestsQuestion(), late)
        assert answer == RequestsAnswer(ASKS_DEFAULT, 0, 6, ())
        again = ShowedQuestion((Displayed(ada.account, late),))
        for device, counted in ((b"tablet--", 1), (b"laptop--", 0)):
            said = Said(bo.account, DeviceId(device), again)
            assert here.settled(said, now_ms=late) == [CountedAnswer(counted, 6 - counted)]

    town(tmp_path, story)


def test_what_was_answered_is_on_the_disk(tmp_path: Path) -> None:
    """A hub killed at that moment knows it when it is back: no limit is ever passed."""

    async def story(here: Town) -> None:
        ada, bo, cy = here.ada, here.bo, here.cy
        for who, number in ((bo, 1), (cy, 2)):
            assert here.say(who, RequestQuestion(named(number), ada.account)) == SettledAnswer(
                "asked", ""
            )
        killed = directory(tmp_path / "killed")
        for name in ("hub.db", "hub.db-wal", "hub.key", "beacon"):
            shutil.copy(tmp_path / "hub" / name, killed.path / name)
        with opened(killed) as again:
            olga = Said(here.cy.account, DeviceId(bytes(8)), RequestQuestion(named(3), ada.account))
            state, settling = again.boot(0).state, Settling()
            while (
                told := settling.settle(state, again.store, again.store.ledger, [olga], NOW)
            ) is None:
                pass
            assert told in ([SettledAnswer("", "again")], [SettledAnswer("", "full")])
            assert [one for one, _ in again.store.ledger.concerning(ada.account)] == [
                named(2),
                named(1),
            ]

    town(tmp_path, story)


def test_a_running_hub_answers_on_the_wire(tmp_path: Path) -> None:
    """Who is logged in, from the device they are logged in with."""

    async def story(here: Town) -> None:
        bo, ada = here.bo, here.ada
        numbers = iter(range(1, 100))

        async def ask(question: LoadQuestion, cls: type[A]) -> A:
            number = next(numbers)
            await bo.send_raw(encode_frame(Ask(number, encode_question(question))))
            await until(lambda: bo.told and bo.told[-1].number == number)
            assert bo.told[-1].status == THERE
            return decode_answer(cls, bo.told[-1].answer)

        asked = await ask(RequestQuestion(named(1), ada.account), SettledAnswer)
        assert asked == SettledAnswer("asked", "")
        (mine,) = (await ask(RequestsQuestion(), RequestsAnswer)).requests
        assert (mine.account, mine.mine, mine.state) == (ada.account, True, "asked")
        counted = await ask(ShowedQuestion((Displayed(ada.account, mine.at_ms),)), CountedAnswer)
        assert counted == CountedAnswer(1, 5)

    town(tmp_path, story)


class Counting(SqliteLedger):
    """How often something was written."""

    commits = 0

    def commit(self, rows: Rows, forget_before_ms: int) -> None:
        """Once more."""
        self.commits += 1
        super().commit(rows, forget_before_ms)


def test_the_wire_and_the_engine_use_the_same_words() -> None:
    """Each state, act, reason and reminder."""
    assert tuple(State) == STATES
    assert tuple(Act) == ACTS
    assert tuple(Refusal) == REASONS
    assert tuple(Notice) == DUE
