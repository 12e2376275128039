"""What stands in the rooms, out of a replica."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest

from hobnob.testing import Community, User
from hobnob_client.tui.attention_cards import place
from hobnob_client.tui.listing import Listing, place_name
from hobnob_client.tui.rooms.contents import Contents, Standing
from hobnob_client.tui.rooms.line import Lately, Line
from hobnob_client.tui.rooms.room import Room
from hobnob_client.tui.rows import ChannelRows
from hobnob_protocol.ids import TargetId, user_stream
from hobnob_protocol.kinds.personal import Block, Save
from hobnob_protocol.kinds.threads import ThreadResolve, ThreadTitle


@pytest.fixture
def community() -> Iterator[Community]:
    """Two who talk in #general and #rust."""
    with Community() as fresh:
        fresh.channel("rust")
        yield fresh


def contents(user: User) -> Contents:
    """Reads somebody's replica, all of which is indexed."""
    while user.seat.index_some():
        pass
    return Contents(user.seat.reader, partial(place_name, user.seat.reader))


def home(user: User, done: tuple[TargetId, ...] = ()) -> Standing:
    """What somebody's Home says."""
    found, listing = contents(user), Listing(user.seat.reader)
    while listing.count_one():
        pass
    return found.home(listing.items({}), found.quiet(done, {}))


def said(lines: tuple[Line, ...]) -> list[tuple[str, str, str, str]]:
    """What entries say: who, where, why, what."""
    return [(line.who, line.where, line.why, line.text) for line in lines]


def test_home_says_what_needs_one_and_what_can_wait(community: Community) -> None:
    """Each with its reason; what was done with is gone, and what was not read waits still."""
    ada, ben = community.user("ada"), community.user("ben")
    root = ada.say("why is it locked?")
    community.wait(1)
    ben.say("two writers", thread=root)
    mention = ben.say("look, @ada", "rust")
    ben.say("nothing much", "rust")
    found = home(ada)
    assert (found.needs, found.wait, found.mentions, found.replies) == (2, 1, 1, 1)
    assert said(found.lines) == [
        ("ben", "#rust", "mentions you", "look, @ada"),
        ("ben", "#general", "replies to you", "two writers"),
        ("", "#rust", "2 new", ""),
        ("", "#general", "1 new", ""),
    ]
    assert [line.later for line in found.lines] == [False, False, True, True]
    assert said(home(ada, (mention,)).lines[:1]) == [
        ("ben", "#general", "replies to you", "two writers")
    ]


def test_what_was_said_last_is_told_of_what_can_wait(community: Community) -> None:
    """By others whom one hears, oldest first, and no more than is new."""
    ada, ben, cem = community.user("ada"), community.user("ben"), community.user("cem")
    for text in ("one", "two", "three"):
        ben.say(text, "rust")
    cem.say("noise", "rust")
    ada.say("mine", "rust")
    (rust,) = home(ada).lines
    found = contents(ada)
    blocked = (cem.seat.reader.me,)
    assert found.lately(rust, 2, blocked) == (Lately("ben", "two"), Lately("ben", "three"))
    assert [each.text for each in found.lately(rust, 9, ())] == ["one", "two", "three", "noise"]
    assert found.lately(replace(rust, count=1), 9, blocked) == (Lately("ben", "three"),)


def test_threads_say_where_by_whom_and_how_they_stand(community: Community) -> None:
    """The one that was last spoken in first; an untitled one by how it begins."""
    ada, ben = community.user("ada"), community.user("ben")
    titled, plain = ada.say("one question"), ada.say("another **question**")
    community.wait(1)
    ben.say("an answer", thread=plain)
    community.wait(1)
    ben.say("first", thread=titled)
    ada.say("second", thread=titled)
    stream = ada.stream("general")
    ada.seat.say(stream, ThreadTitle(titled, "Wheels"))
    ada.seat.say(stream, ThreadResolve(titled))
    community.wait(1)
    assert said(contents(ada).lines(Room.THREADS)) == [
        ("Wheels", "", "#general · ada, ben · 1 new · ✓ resolved", "second"),
        ("another question", "", "#general · ben · 1 new", "an answer"),
    ]


def test_what_is_saved_is_there_newest_first(community: Community) -> None:
    """Also what is gone by now, which says so."""
    ada, ben = community.user("ada"), community.user("ben")
    own, stream = user_stream(ada.account), ada.stream("general")
    first, second = ben.say("keep this"), ben.say("and this")
    for target in (first, second):
        ada.seat.say(own, Save(stream, target))
    ben.delete(second)
    community.wait(1)
    assert said(contents(ada).lines(Room.SAVED)) == [
        ("ben", "#general", "(deleted by its author)", ""),
        ("ben", "#general", "", "keep this"),
    ]


def test_what_may_not_be_shown_is_shown_nowhere(community: Community) -> None:
    """Neither where it is saved, nor where its thread is named: its note stands there instead."""
    ada, ben, cleo = map(community.user, ("ada", "ben", "cleo"))
    own, stream = user_stream(ada.account), ada.stream("general")
    root = ben.say("an insult")
    community.wait(1)
    cleo.say("please stop", thread=root)
    ada.seat.say(own, Save(stream, root))
    ada.seat.say(own, Block(ben.account))
    community.wait(1)
    assert said(contents(ada).lines(Room.SAVED)) == [
        ("ben", "#general", "(somebody you have blocked)", ""),
    ]
    (thread,) = contents(ada).lines(Room.THREADS)
    assert thread.who == "a thread"
    assert place(ada.seat.reader, stream, root) == "#general ▸ a thread"
    rows = ChannelRows(ada.seat.reader, stream).older(None, 9)
    assert [row.quote for row in rows] == ["", "a thread"]


def test_lists_mark_what_is_new(community: Community) -> None:
    """By a sign, not by a colour."""
    ada, ben = community.user("ada"), community.user("ben")
    ben.say("look, @ada")
    (line,) = contents(ada).lines(Room.MENTIONS)
    assert (line.sign, line.covers) == ("●", (line.target,))
    assert contents(ada).lines(Room.REPLIES) == ()
