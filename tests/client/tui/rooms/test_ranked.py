"""The feed as entries: in its order, with reasons, told by the width there is."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest

from hobnob.testing import Community, User
from hobnob_client.feed.features import Feature
from hobnob_client.feed.fewer import Fewer, Sort
from hobnob_client.tui.listing import place_name
from hobnob_client.tui.rooms.contents import INSIDE, Contents
from hobnob_client.tui.rooms.ranked import Entry, age_words, cards, entry, order, term_cards

THREAD = f"#general{INSIDE}why is it locked?"
NEW = "1 new · 2 people"
MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS


@pytest.fixture
def ada() -> Iterator[User]:
    """Who asked something and was answered, beside other talk."""
    with Community() as community:
        one, two = community.user("ada"), community.user("ben")
        root = one.say("why is it locked?")
        community.wait(1)
        two.say("two writers", thread=root)
        community.wait(1)
        two.say("good morning")
        yield one


def entries(user: User, *fewer: Fewer, by_time: bool = False) -> list[Entry]:
    """What somebody's feed shows, some minutes after the last message."""
    while user.seat.index_some():
        pass
    reader = user.seat.reader
    newest = reader.before(user.stream("general"), None, 1).messages[-1].at_ms
    contents, now_ms = Contents(reader, partial(place_name, reader)), newest + 12 * MINUTE_MS
    told = order(reader.finder().feed(now_ms), fewer, now_ms, by_time=by_time)
    found = (entry(contents, each, lambda _: "then", now_ms) for each in told)
    return [each for each in found if each is not None]


def where(found: list[Entry]) -> list[str]:
    """Where each leads, from top to bottom."""
    return [each.line.where for each in found]


def test_ranked_they_have_two_reasons_and_by_time_none(ada: User) -> None:
    """What concerns one before what was said last; the newest message is where Enter leads."""
    thread, talk = THREAD, "#general"
    ranked = entries(ada)
    assert where(ranked) == [thread, talk]
    assert [len(each.reasons) for each in ranked] == [2, 2]
    first = ranked[0]
    assert (first.line.who, first.line.text, first.new) == (
        "ben",
        "two writers",
        NEW,
    )
    assert first.line.root is not None
    assert first.line.root != first.line.target
    by_time = entries(ada, by_time=True)
    assert where(by_time) == [talk, thread]
    assert [(each.reasons, each.why) for each in by_time] == [((), None)] * 2


def test_what_one_sees_fewer_of_is_hidden_but_not_by_time(ada: User) -> None:
    """Whoever turns the ranking off sees all."""
    hidden = Fewer(Sort.THREAD, entries(ada)[0].spot, 1_800_000_000_000)
    assert where(entries(ada, hidden)) == ["#general"]
    assert len(entries(ada, hidden, by_time=True)) == 2


def test_they_are_laid_out_by_the_width_there_is(ada: User) -> None:
    """What is new stands behind the title, or below it; reasons in one line, or one each."""
    one = replace(entries(ada)[0], reasons=("you began it", "ben wrote last"))
    (wide,) = cards([one], 100)
    assert (wide.head, wide.side) == (f" 1 {THREAD}", f"{NEW} · 12 m")
    assert wide.rest == ("ben: “two writers”", "because you began it · ben wrote last")
    (narrow,) = cards([one], 38)
    assert narrow.side == "12 m"
    assert narrow.rest == (
        NEW,
        "ben: “two writers”",
        "because you began it",
        "· ben wrote last",
    )
    (tried,) = cards([replace(one, explored=True, line=replace(one.line, sign="✦"))], 100)
    assert tried.head == f" 1 ✦ try: {THREAD}"


def test_all_terms_are_told_below_what_they_come_to(ada: User) -> None:
    """The sum with its reasons, the start, and each of the terms; how many weigh nothing."""
    first = entries(ada)[0]
    assert first.why is not None
    found = term_cards(first.why, first.reasons)
    assert "that you write in it within a day" in found[0].head
    assert found[0].rest[1:] == first.reasons
    assert len(found) == 1 + 1 + len(Feature)
    most, *others = first.why.terms
    weightless = (most, *(replace(term, logit=0.0002 * (-1) ** n) for n, term in enumerate(others)))
    found = term_cards(replace(first.why, terms=weightless), first.reasons)
    assert len(found) == 1 + 1 + 1 + 1
    assert found[-1].head == f"{len(others)} more that weigh nothing here"


@pytest.mark.parametrize(
    ("age_ms", "words"),
    [
        (-5, "now"),
        (MINUTE_MS, "1 m"),
        (59 * MINUTE_MS, "59 m"),
        (HOUR_MS, "1 h"),
        (47 * HOUR_MS, "1 d"),
        (3 * DAY_MS, "3 d"),
    ],
)
def test_ages_are_one_number_or_word(age_ms: int, words: str) -> None:
    """Now, minutes, hours, days."""
    assert age_words(age_ms) == words
