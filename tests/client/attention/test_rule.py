"""The rule of attention, as a table of decisions."""

from dataclasses import replace
from datetime import UTC
from typing import Any

import pytest

from hobnob_client.attention.keywords import Keyword
from hobnob_client.attention.quiet import parse
from hobnob_client.attention.rule import How, Moment, Said, Why, weigh
from hobnob_client.attention.wishes import Level, Spot, Wish, Wishes
from hobnob_protocol.ids import StreamId, TargetId

CHANNEL = StreamId(b"c:" + b"g" * 16)
TALK = StreamId(b"d:" + b"t" * 16)
ROOT = TargetId(b"r" * 16)
OTHER = TargetId(b"o" * 16)
NOW = Moment(1_772_600_000_000, UTC)
"""A Wednesday, 04:53."""
LATER = NOW.now_ms + 1
WORDS = (Keyword("deploy"), Keyword("standup", pings=False))

IN_CHANNEL = Said(CHANNEL, OTHER, NOW.now_ms, "hello", ROOT)
IN_TALK = Said(TALK, OTHER, NOW.now_ms, "hello", ROOT, private=True)
TO_ME = {"mentions_me": True}


def wishes(channel: Wish | None = None, thread: Wish | None = None) -> Wishes:
    """What was set for both streams and for the thread there."""
    places: dict[Spot, Wish] = {}
    for stream in (CHANNEL, TALK):
        if channel is not None:
            places[stream, None] = channel
        if thread is not None:
            places[stream, ROOT] = thread
    return Wishes(places, WORDS)


ALL, MENTIONS = Wish(Level.ALL), Wish(Level.MENTIONS)
MUTED, FOR_NOW, IS_OVER = Wish(muted=True), Wish(until_ms=LATER), Wish(until_ms=NOW.now_ms)
N, P = How.NOTHING, How.PING


@pytest.mark.parametrize(
    ("said", "more", "channel", "thread", "how", "why"),
    [
        # Where nothing was set.
        (IN_CHANNEL, {}, None, None, N, Why.NOT_TO_ME),
        (IN_CHANNEL, TO_ME, None, None, P, Why.MENTION),
        (IN_CHANNEL, {"answers_me": True}, None, None, P, Why.ANSWER),
        (IN_CHANNEL, {"takes_part": True}, None, None, P, Why.TAKES_PART),
        (IN_CHANNEL, {"text": "Deploy!"}, None, None, P, Why.KEYWORD),
        (IN_TALK, {}, None, None, P, Why.DIRECT),
        # What never pings, whatever is in it and whatever was set.
        (IN_CHANNEL, {**TO_ME, "mine": True}, ALL, ALL, N, Why.OWN),
        (IN_CHANNEL, {**TO_ME, "gone": True}, ALL, ALL, N, Why.GONE),
        (IN_CHANNEL, {**TO_ME, "blocked": True}, ALL, ALL, N, Why.BLOCKED),
        (IN_TALK, {"closed": True}, ALL, ALL, N, Why.CLOSED),
        (IN_CHANNEL, {**TO_ME, "imported": True}, ALL, ALL, N, Why.IMPORTED),
        (IN_TALK, {**TO_ME, "request": True}, ALL, ALL, N, Why.REQUEST),
        # A channel's level.
        (IN_CHANNEL, {}, ALL, None, P, Why.ALL),
        (IN_CHANNEL, TO_ME, ALL, None, P, Why.MENTION),
        (IN_CHANNEL, {}, MENTIONS, None, N, Why.NOT_TO_ME),
        (IN_TALK, {}, MENTIONS, None, N, Why.NOT_TO_ME),
        (IN_TALK, TO_ME, MENTIONS, None, P, Why.MENTION),
        (IN_CHANNEL, TO_ME, MUTED, None, N, Why.MUTED),
        (IN_CHANNEL, {"text": "deploy"}, MUTED, None, N, Why.MUTED),
        (IN_TALK, {}, MUTED, None, N, Why.MUTED),
        (IN_CHANNEL, TO_ME, FOR_NOW, None, N, Why.MUTED),
        (IN_CHANNEL, TO_ME, IS_OVER, None, P, Why.MENTION),
        (IN_CHANNEL, {}, replace(FOR_NOW, level=Level.ALL), None, N, Why.MUTED),
        (IN_CHANNEL, {}, replace(IS_OVER, level=Level.ALL), None, P, Why.ALL),
        # A thread's own goes before its channel's.
        (IN_CHANNEL, {}, None, ALL, P, Why.FOLLOWED),
        (IN_CHANNEL, {}, MUTED, ALL, P, Why.FOLLOWED),
        (IN_CHANNEL, TO_ME, ALL, MUTED, N, Why.THREAD_MUTED),
        (IN_CHANNEL, TO_ME, ALL, FOR_NOW, N, Why.THREAD_MUTED),
        (IN_CHANNEL, {}, ALL, MENTIONS, N, Why.NOT_TO_ME),
        (IN_CHANNEL, {"takes_part": True}, None, MENTIONS, N, Why.NOT_TO_ME),
        (IN_CHANNEL, TO_ME, None, MENTIONS, P, Why.MENTION),
        # Keywords that never ping: not even where one hears all, but who means me is heard.
        (IN_CHANNEL, {"text": "standup"}, ALL, None, N, Why.NEVER),
        (IN_CHANNEL, {"text": "standup", **TO_ME}, None, None, P, Why.MENTION),
        (IN_CHANNEL, {"text": "standup"}, None, ALL, N, Why.NEVER),
    ],
)
def test_the_table(
    said: Said,
    more: dict[str, Any],
    channel: Wish | None,
    thread: Wish | None,
    how: How,
    why: Why,
) -> None:
    """Who says what, where, and what was set there: does it ping, and why?"""
    found = weigh(replace(said, **more), wishes(channel, thread), NOW)
    assert (found.how, found.why) == (how, why)
    assert found.words.startswith(why.value)


def test_a_keyword_is_named() -> None:
    """So that one knows which of them it was."""
    found = weigh(replace(IN_CHANNEL, text="deploy now"), wishes(), NOW)
    assert found.words == "a keyword: deploy"


@pytest.mark.parametrize(
    ("stands", "how"),
    [
        ({}, How.PING),
        ({"seen": True}, How.COUNT),
        ({"read": True}, How.COUNT),
        ({"late": True}, How.SUM),
        ({"read": True, "late": True}, How.COUNT),
    ],
)
def test_what_is_seen_or_late_pings_not_by_itself(stands: dict[str, Any], how: How) -> None:
    """Nor what was read on another device; each says so behind the reason."""
    found = weigh(replace(IN_CHANNEL, mentions_me=True), wishes(), replace(NOW, **stands))
    assert found.how is how
    assert found.why is Why.MENTION


def test_in_quiet_hours_it_waits() -> None:
    """Until their end, which is told; what asks for nothing waits for nothing."""
    quiet = Wishes(quiet=parse("22:00-07:00"))
    found = weigh(replace(IN_CHANNEL, mentions_me=True), quiet, NOW)
    assert found.how is How.HOLD
    assert found.words == "it mentions you, after your quiet hours, at 07:00"
    assert weigh(IN_CHANNEL, quiet, NOW).how is How.NOTHING
    by_day = replace(NOW, now_ms=NOW.now_ms + 6 * 3_600_000)
    assert weigh(replace(IN_CHANNEL, mentions_me=True), quiet, by_day).how is How.PING
