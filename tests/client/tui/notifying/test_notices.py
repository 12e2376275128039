"""A notice says who and where; many are told in one line."""

from hobnob_client.attention.rule import How, Verdict, Why
from hobnob_client.tui.notifying.manners import Notice
from hobnob_client.tui.notifying.notices import Heard, of_many, of_one
from hobnob_protocol.ids import StreamId, TargetId

MENTION = Verdict(How.PING, Why.MENTION, "it mentions you")


def heard(author: str, place: str, text: str = "hello", *, private: bool = False) -> Heard:
    """A message that pings."""
    stream, target = StreamId(b"c:" + bytes(16)), TargetId(bytes(16))
    return Heard(stream, target, 1, author, place, text, private, MENTION)


def test_one_message_is_told_by_who_where_and_what() -> None:
    """Between two the place is the other."""
    assert of_one(heard("bob", "#rust")) == Notice("bob in #rust", "hello")
    assert of_one(heard("bob", "@bob", private=True)) == Notice("bob", "hello")
    assert of_one(heard("bob", "&plans", private=True)) == Notice("bob in &plans", "hello")


def test_what_shows_nothing_is_told_by_its_reason() -> None:
    """As a poll without a question."""
    assert of_one(heard("bob", "#rust", "")).body == "it mentions you"


def test_many_are_told_in_one_line() -> None:
    """How many, and where: the places with the most first."""
    several = [heard("x", place) for place in ("#a", "#b", "#b", "#c", "#d", "#e")]
    assert of_many(several, away=False) == Notice(
        "6 messages for you", "#b (2), #a, #c, 2 more places"
    )
    assert of_many(several[:1], away=True) == Notice("1 message for you while you were away", "#a")
