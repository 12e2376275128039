"""Why a thread stands where it does, in codes that are true."""

from hobnob_client.feed.features import FEATURES, Feature, measure
from hobnob_client.feed.habits import Habits
from hobnob_client.feed.reasons import ABOUT, Code, Reason, reasons
from hobnob_client.feed.talk import Talk
from hobnob_client.feed.weights import shipped
from tests.client.feed.community import DAY, HOUR, NOW, STRANGER, talk, weights


def why(of: Talk, habits: Habits = STRANGER) -> dict[Code, Reason]:
    """All reasons by the shipped weights."""
    terms = shipped().of(of).terms(measure(of, 0, 1, habits, NOW))
    return {reason.code: reason for reason in reasons(of, habits, terms)}


def test_each_feature_belongs_to_one_reason() -> None:
    """But for the two that mean nothing to anybody."""
    told = [feature for features in ABOUT.values() for feature in features]
    assert len(told) == len(set(told))
    assert set(FEATURES) - set(told) == {Feature.LENGTH, Feature.PACE}


def test_no_reason_is_told_that_is_not_true() -> None:
    """A stranger's thread that somebody has answered says nothing about oneself."""
    plain = talk("t", people=2, said=2)
    assert set(why(plain)) == {Code.PEOPLE, Code.RECENT, Code.YOUNG}


def test_what_is_true_is_told_with_its_values() -> None:
    """Whom it is about, and how many."""
    habits = Habits(
        NOW - DAY,
        5,
        {"garden": 5},
        {"garden": NOW - DAY},
        {"bob": 2},
        {"cem": 3},
        said=9,
        said_in={"garden": 9},
    )
    busy = talk(
        "t",
        last_by="cem",
        latest=("cem", "bob"),
        people=4,
        own=3,
        last_day=7,
        called=True,
        question=True,
        said=12,
    )
    told = why(busy, habits)
    assert (told[Code.PART].count, told[Code.PEOPLE].count, told[Code.BUSY].count) == (3, 4, 7)
    assert told[Code.RECENT].count == told[Code.YOUNG].count == NOW - HOUR
    assert (told[Code.ANSWERS_YOU].who, told[Code.YOU_ANSWER].who) == ("cem", "bob")
    assert told.keys() >= {Code.CALLED, Code.QUESTION, Code.CHANNEL, Code.FRESH}
    assert not told.keys() & {Code.UNANSWERED, Code.BEGUN}


def test_ones_own_thread_is_told_as_such_alone() -> None:
    """Not as one in which one wrote, and not as one that waits for an answer."""
    told = why(talk("t", own=1, mine=True))
    assert told.keys() & {Code.BEGUN, Code.PART, Code.UNANSWERED} == {Code.BEGUN}
    assert next(iter(told)) is Code.BEGUN


def test_the_strongest_reason_comes_first() -> None:
    """Of all features that it is about together."""
    of = talk("t", own=2, people=3, called=True)
    terms = weights(part=0.6, own=1.0, called=0.9).of(of).terms(measure(of, 0, 1, STRANGER, NOW))
    first, second, *_ = reasons(of, STRANGER, terms)
    assert (first.code, second.code) == (Code.PART, Code.CALLED)
    assert first.logit > second.logit > 0.8


def test_nothing_is_told_of_a_beginning_that_is_not_known() -> None:
    """Not who began it, nor when, nor that nobody has answered."""
    told = why(talk("t", begun_by=None), Habits(answers={"bob": 3.0}))
    assert not told.keys() & {Code.BEGUN, Code.YOU_ANSWER, Code.UNANSWERED, Code.YOUNG}
