"""What the ledger decides, case by case."""

import pytest

from hobnob_protocol.ids import AccountId, DeviceId, TargetId
from hobnob_protocol.limits import (
    ASKED_BY_ONE_MAX,
    LOAD_WEEK_MS,
    OFFLINE_SHOWS_MAX,
    REQUEST_OPEN_MS,
    SHOWN_TO_ONE_MAX,
)
from hobnob_server.engines.load.batch import decide_all
from hobnob_server.engines.load.commands import (
    Answer,
    Ask,
    Choose,
    Command,
    Counted,
    Do,
    Refusal,
    Refused,
    Reserved,
    Settled,
    Show,
    Showed,
)
from hobnob_server.engines.load.person import CLOSED, Limits
from hobnob_server.engines.load.request import Act, State
from hobnob_server.engines.load.rows import Rows

NOW = 1_700_000_000_000
LAPTOP = DeviceId(b"laptop00")


def who(number: int) -> AccountId:
    """An account."""
    return AccountId(number.to_bytes(20, "big"))


def named(number: int) -> TargetId:
    """A request."""
    return TargetId(number.to_bytes(16, "big"))


ANA, BOB, CAROL = who(1), who(2), who(3)


class Ledger:
    """Rows, and what is said to them."""

    def __init__(self) -> None:
        self.rows = Rows()

    def say(self, command: Command, now_ms: int = NOW) -> Answer:
        """One command, committed."""
        changes, answers = decide_all(self.rows, [command], now_ms)
        self.rows.take(changes)
        return answers[0]


@pytest.fixture
def ledger() -> Ledger:
    """One in which ana takes two requests and four shows a week."""
    made = Ledger()
    made.say(Choose(ANA, Limits(2, 4)))
    return made


def test_nobody_is_open_to_requests_before_they_said_so() -> None:
    """Consent comes first."""
    ledger = Ledger()
    assert ledger.say(Ask(named(1), BOB, ANA)) == Refused(Refusal.FULL)
    assert ledger.say(Show(BOB, (ANA,))) == Reserved(())


def test_the_last_free_request_is_given_once_in_a_batch(ledger: Ledger) -> None:
    """Two who ask at once for the last place: one has it."""
    asks = [Ask(named(n), who(10 + n), ANA) for n in range(3)]
    _, answers = decide_all(ledger.rows, asks, NOW)
    assert answers == [
        Settled(State.ASKED),
        Settled(State.ASKED),
        Refused(Refusal.FULL),
    ]


def test_a_week_later_there_is_room_again(ledger: Ledger) -> None:
    """To the millisecond."""
    for n in range(2):
        ledger.say(Ask(named(n), who(10 + n), ANA))
    late = NOW + LOAD_WEEK_MS
    assert ledger.say(Ask(named(5), BOB, ANA), late - 1) == Refused(Refusal.FULL)
    assert ledger.say(Ask(named(6), BOB, ANA), late) == Settled(State.ASKED)


def test_an_ask_said_again_changes_nothing(ledger: Ledger) -> None:
    """It tells how the request stands, and takes no place."""
    for _ in range(5):
        assert ledger.say(Ask(named(1), BOB, ANA)) == Settled(State.ASKED)
    assert ledger.rows.person(ANA).asks_free(NOW) == 1
    assert ledger.say(Ask(named(1), CAROL, ANA)) == Refused(Refusal.NO_SUCH)


def test_a_lower_limit_holds_at_once_and_consent_given_again_frees_nothing(
    ledger: Ledger,
) -> None:
    """What was counted stays counted."""
    ledger.say(Ask(named(1), BOB, ANA))
    ledger.say(Choose(ANA, Limits(1, 4)))
    assert ledger.say(Ask(named(2), CAROL, ANA)) == Refused(Refusal.FULL)
    ledger.say(Choose(ANA, CLOSED))
    ledger.say(Choose(ANA, Limits(1, 4)))
    assert ledger.say(Ask(named(3), CAROL, ANA)) == Refused(Refusal.FULL)


def test_shows_are_reserved_up_to_the_limit_and_three_at_once(ledger: Ledger) -> None:
    """Whoever has none left is passed over, and the next one is taken."""
    for n in range(4):
        assert ledger.say(Show(who(20 + n), (ANA,))) == Reserved(((ANA, 2),))
    others = tuple(who(30 + n) for n in range(5))
    for other in others:
        ledger.say(Choose(other, Limits()))
    found = ledger.say(Show(BOB, (BOB, ANA, *others)))
    assert found == Reserved(tuple((other, 5) for other in others[:3]))


def test_who_is_shown_to_the_same_person_again_counts_once(ledger: Ledger) -> None:
    """So nobody can use up somebody's week by looking."""
    for _ in range(10):
        assert ledger.say(Show(BOB, (ANA,))) == Reserved(((ANA, 2),))
    assert ledger.rows.person(ANA).shows_free(NOW) == 3


def test_who_takes_no_shows_any_more_is_shown_to_nobody(ledger: Ledger) -> None:
    """Nor to those who have seen them this week; who asks them directly still may."""
    assert ledger.say(Show(BOB, (ANA,))) == Reserved(((ANA, 2),))
    ledger.say(Choose(ANA, Limits(2, 0)))
    assert ledger.say(Show(BOB, (ANA,))) == Reserved(())
    assert ledger.say(Show(CAROL, (ANA,))) == Reserved(())
    assert ledger.say(Ask(named(1), BOB, ANA)) == Settled(State.ASKED)


def test_one_cannot_list_a_community(ledger: Ledger) -> None:
    """So many different people a week, and no more."""
    people = [who(100 + n) for n in range(SHOWN_TO_ONE_MAX + 6)]
    for person in people:
        ledger.say(Choose(person, Limits()))
    shown = 0
    for at in range(0, len(people), 3):
        answer = ledger.say(Show(BOB, tuple(people[at : at + 3])))
        assert isinstance(answer, Reserved)
        shown += len(answer.people)
    assert shown == SHOWN_TO_ONE_MAX


def test_offline_shows_count_within_the_lease_of_a_device(ledger: Ledger) -> None:
    """What is beyond it counts for nobody, and the lease is back after a week."""
    people = tuple(who(40 + n) for n in range(OFFLINE_SHOWS_MAX))
    assert ledger.say(Showed(BOB, LAPTOP, people)) == Counted(OFFLINE_SHOWS_MAX, 0)
    assert ledger.say(Showed(BOB, LAPTOP, (ANA,))) == Counted(0, 0)
    assert ledger.rows.person(ANA).shows_free(NOW) == 4
    late = NOW + LOAD_WEEK_MS
    assert ledger.say(Showed(BOB, LAPTOP, (ANA,)), late) == Counted(1, OFFLINE_SHOWS_MAX - 1)


def test_one_asks_neither_oneself_nor_somebody_twice_nor_without_end(ledger: Ledger) -> None:
    """Each with its reason."""
    assert ledger.say(Ask(named(1), ANA, ANA)) == Refused(Refusal.OWN)
    ledger.say(Ask(named(2), BOB, ANA))
    assert ledger.say(Ask(named(3), BOB, ANA)) == Refused(Refusal.AGAIN)
    for n in range(ASKED_BY_ONE_MAX):
        ledger.say(Choose(who(50 + n), Limits()))
        ledger.say(Ask(named(10 + n), CAROL, who(50 + n)))
    assert ledger.say(Ask(named(30), CAROL, ANA)) == Refused(Refusal.TOO_MANY)


def test_the_next_person_after_an_expired_request_is_asked_without_a_new_beginning(
    ledger: Ledger,
) -> None:
    """Once for each that expired, and not before it has."""
    for n in range(ASKED_BY_ONE_MAX + 2):
        ledger.say(Choose(who(50 + n), Limits()))
    for n in range(ASKED_BY_ONE_MAX):
        ledger.say(Ask(named(10 + n), CAROL, who(50 + n)))
    follow = Ask(named(30), CAROL, ANA, follows=named(10))
    assert ledger.say(follow, NOW + REQUEST_OPEN_MS - 1) == Refused(Refusal.TOO_MANY)
    assert ledger.say(follow, NOW + REQUEST_OPEN_MS) == Settled(State.ASKED)
    again = Ask(named(31), CAROL, who(61), follows=named(10))
    assert ledger.say(again, NOW + REQUEST_OPEN_MS) == Refused(Refusal.TOO_MANY)


def test_acts_upon_a_request_are_for_those_two_alone(ledger: Ledger) -> None:
    """The asked accepts, the asker tells whether it helped, and others do nothing."""
    ledger.say(Ask(named(1), BOB, ANA))
    assert ledger.say(Do(named(1), CAROL, Act.ACCEPT)) == Refused(Refusal.NO_SUCH)
    assert ledger.say(Do(named(1), BOB, Act.ACCEPT)) == Refused(Refusal.NO_SUCH)
    assert ledger.say(Do(named(1), ANA, Act.ACCEPT)) == Settled(State.ACCEPTED)
    assert ledger.say(Do(named(1), ANA, Act.HELPED)) == Refused(Refusal.NO_SUCH)
    assert ledger.say(Do(named(1), BOB, Act.HELPED)) == Settled(State.HELPED)
    assert ledger.say(Do(named(2), BOB, Act.HELPED)) == Refused(Refusal.NO_SUCH)
