"""Reasons of the feed in words: each code and each number has some, in both languages."""

import pytest

from hobnob_client import feed_words
from hobnob_client.catalogue import Language, speaking
from hobnob_client.feed.features import Feature
from hobnob_client.feed.habits import Habits
from hobnob_client.feed.reasons import Code, Reason
from hobnob_client.feed.scoring import explain, score
from tests.client.feed.community import NOW, STRANGER, talk, weights


def said(code: Code, count: int = 3) -> str:
    """A reason of bob's."""
    return feed_words.reason(
        Reason(code, 1.0, count, "bob"), lambda who: f"@{who}", lambda at_ms: f"at {at_ms}"
    )


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("code", Code)
def test_each_reason_is_told_with_its_values(code: Code, language: Language) -> None:
    """Nothing is left open, and whom it is about is named."""
    with speaking(language):
        words = said(code)
    assert words
    assert "{" not in words
    whose = (Code.ANSWERS_YOU, Code.YOU_ANSWER, Code.KNOWN, Code.EXPLORED)
    assert ("@bob" in words) == (code in whose)
    counted = (Code.PART, Code.PEOPLE, Code.BUSY, Code.RECENT, Code.YOUNG)
    assert ("3" in words) == (code in counted)


def test_one_is_told_as_one() -> None:
    """And several as several."""
    assert said(Code.PEOPLE, 1) == "1 person takes part"
    assert said(Code.PEOPLE, 2) == "2 people take part"


def test_every_term_is_told_with_its_weight_and_its_number() -> None:
    """What holds for all before them, what they come to behind them."""
    shipped = weights(question=2.0)
    (one,) = score([talk("t", question=True)], STRANGER, (), shipped, NOW)
    told = feed_words.terms(explain(one, Habits(), shipped))
    assert len(told) == 1 + len(Feature) + 1
    assert told[0] == (" +0.000", "to begin with", "")
    assert told[1] == (" +2.000", "a question at the end", "1.00")
    assert told[-1][:2] == (
        " +2.000",
        "in all: 88.1% that you write in it within a day",
    )
