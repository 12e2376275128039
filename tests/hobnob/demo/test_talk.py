"""Talks as files say them, and moments before a given now."""

import pytest

from hobnob.demo.talk import Edit, Moment, Option, Poll, read_talk
from hobnob_client.durations import DAY_MS, MINUTE_MS
from tests.hobnob.demo import MIDNIGHT_MS


def test_a_moment_of_an_earlier_day_is_on_that_days_clock() -> None:
    """Two days ago at 01:30 UTC, whatever the hour is now."""
    then_ms = MIDNIGHT_MS - 2 * DAY_MS + 90 * MINUTE_MS
    assert Moment(2, 90).at_ms(MIDNIGHT_MS) == then_ms
    assert Moment(2, 90).at_ms(MIDNIGHT_MS + DAY_MS - 1) == then_ms


def test_a_moment_of_today_counts_back_from_now() -> None:
    """Nine minutes ago is nine minutes ago at any hour."""
    assert Moment(0, 9).at_ms(MIDNIGHT_MS + 5) == MIDNIGHT_MS + 5 - 9 * MINUTE_MS


def test_a_talk_lends_its_day_to_its_messages() -> None:
    """A message may name a day of its own; an edit happens on the message's day."""
    talk = read_talk(
        "tea",
        "general",
        {
            "days_ago": 3,
            "answer": 2,
            "message": [
                {"id": 1, "by": "ada", "at": "09:00", "text": "\nTea?\n"},
                {
                    "id": 2,
                    "by": "bo",
                    "days_ago": 2,
                    "at": "10:05",
                    "reply": 1,
                    "text": "Yes, @ada.",
                    "edited_at": "10:06",
                    "text_before": "No.",
                    "reactions": {"👍": ["ada"]},
                },
                {
                    "id": 3,
                    "by": "ada",
                    "minutes_ago": 4,
                    "text": "Which?",
                    "option": [{"text": "black", "votes": ["bo"]}, {"text": "green", "votes": []}],
                },
            ],
        },
    )
    first, second, third = talk.messages
    assert (first.id, first.text, first.moment) == ("tea.1", "Tea?", Moment(3, 540))
    assert (second.reply, second.moment, talk.answer) == ("tea.1", Moment(2, 605), "tea.2")
    assert second.edit == Edit(Moment(2, 606), "No.")
    assert (second.mentions, second.reactions) == (("ada",), (("👍", ("ada",)),))
    assert third.moment == Moment(0, 4)
    assert third.poll == Poll((Option("black", ("bo",)), Option("green", ())), False, False)


@pytest.mark.parametrize("where", ["talk", "message"])
def test_a_misspelt_key_is_an_error(where: str) -> None:
    """What a file says is never silently left out."""
    message: dict[str, object] = {"id": 1, "by": "ada", "at": "09:00", "text": "Tea?"}
    talk: dict[str, object] = {"days_ago": 3, "message": [message]}
    (talk if where == "talk" else message)["titel"] = "x"
    with pytest.raises(TypeError, match="titel"):
        read_talk("tea", "general", talk)
