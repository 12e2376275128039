"""What a timeline shows of a replica: names, marks, and nothing that is not safe to draw."""

from collections.abc import Iterator

import pytest

from hobnob.testing import Community
from hobnob.testing.people import User
from hobnob_client.tui.listing import Listing, place_name
from hobnob_client.tui.rows import ChannelRows, ThreadRows
from hobnob_client.tui.timeline.row import Ballot, Choice, Reacted, Row, Sending
from hobnob_protocol.ids import TargetId, user_stream
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.personal import Block, Mute
from hobnob_protocol.kinds.polls import Poll, PollClose, Vote
from hobnob_protocol.kinds.threads import AcceptAnswer, ThreadResolve, ThreadTitle


@pytest.fixture
def community() -> Iterator[Community]:
    """With nobody in it."""
    with Community() as fresh:
        yield fresh


def rows(user: User) -> list[Row]:
    """All of #general as this user sees it."""
    return list(ChannelRows(user.seat.reader, user.stream("general")).older(None, 100))


def test_a_row_says_who_said_what_and_whether_it_was_me(community: Community) -> None:
    """By handle."""
    ada, ben = community.user("ada"), community.user("ben")
    ada.say("hello @ben")
    community.wait(1)
    (mine,), (theirs,) = rows(ada), rows(ben)
    assert (mine.author, mine.text, mine.mine) == ("ada", "hello @ben", True)
    assert (theirs.author, theirs.mine, theirs.sending) == ("ada", False, Sending.THERE)


def test_a_thread_is_named_at_its_root_and_beside_its_replies(community: Community) -> None:
    """With what is settled and accepted; by its first words where it has no title."""
    ada, ben = community.user("ada"), community.user("ben")
    stream = ada.stream("general")
    root = ada.say("Two writers, db is locked.")
    answer = ben.seat.say(stream, Post("Use one writer.", root)).event_id[:16]
    community.wait(1)
    asked, said = rows(ada)
    assert (asked.title, said.quote) == ("", "Two writers, db is locked.")
    ada.seat.say(stream, ThreadTitle(root, "WAL on NFS"))
    ada.seat.say(stream, ThreadResolve(root))
    ada.seat.say(stream, AcceptAnswer(root, said.target))
    community.wait(1)
    asked, said = rows(ada)
    assert (asked.title, asked.resolved, asked.thread) == ("WAL on NFS", True, root)
    assert (said.quote, said.accepted, said.thread) == ("WAL on NFS", True, root)
    assert said.target == answer
    inside = ThreadRows(ada.seat.reader, stream, root).older(None, 10)
    assert [row.quote for row in inside] == ["", ""]


def test_reactions_edits_and_ends_are_marked(community: Community) -> None:
    """Counted, with mine told apart; a deleted message says so instead of its text."""
    ada, ben = community.user("ada"), community.user("ben")
    first, second = ada.say("helo"), ada.say("oops")
    ada.edit(first, "hello")
    ben.react(first, "👍")
    ada.delete(second)
    community.wait(1)
    edited, gone = rows(ben)
    assert (edited.text, edited.edited, edited.reactions) == (
        "hello",
        True,
        (Reacted("👍", 1, True),),
    )
    assert (gone.text, gone.note) == ("", "(deleted by its author)")
    assert rows(ada)[0].reactions == (Reacted("👍", 1, False),)


def test_a_poll_has_a_ballot(community: Community) -> None:
    """With what I chose, also while it waits; what is hidden from me has none."""
    ada, ben = community.user("ada"), community.user("ben")
    stream = ada.stream("general")
    target = ada.seat.say(stream, Poll("Which?", ("tea\u202e", "coffee"))).event_id[:16]
    community.wait(1)
    ben.seat.say(stream, Vote(TargetId(target), (1,)))
    community.wait(1)
    (asked,) = rows(ada)
    assert asked.text == "Which?"
    assert asked.ballot == Ballot(
        (Choice("tea\ufffd", 0, False), Choice("coffee", 1, False)), 1, False, False
    )
    assert rows(ben)[0].ballot is not None
    ben.seat.cut()
    ben.seat.say(stream, Vote(TargetId(target), (0,)))
    waits = rows(ben)[0].ballot
    assert waits is not None
    assert (waits.mine, waits.pending, waits.open) == ((0,), True, True)
    ada.seat.say(stream, PollClose(TargetId(target)))
    community.wait(1)
    closed = rows(ada)[0].ballot
    assert closed is not None
    assert not closed.open
    ada.delete(TargetId(target))
    community.wait(1)
    assert rows(ada)[0].ballot is None


def test_whom_i_have_blocked_i_do_not_read(community: Community) -> None:
    """The row stays, so that talk around it can be followed."""
    ada, ben = community.user("ada"), community.user("ben")
    ben.say("noise")
    ada.seat.say(user_stream(ada.account), Block(ben.account))
    community.wait(1)
    assert [(row.text, row.note) for row in rows(ada)] == [("", "(somebody you have blocked)")]
    assert [row.text for row in rows(ben)] == ["noise"]


def test_what_waits_comes_last_and_says_so(community: Community) -> None:
    """Pages before and after find it too."""
    ada = community.user("ada")
    ada.say("sent")
    ada.seat.cut()
    ada.seat.say(ada.stream("general"), Post("waits"))
    sent, waits = rows(ada)
    assert (sent.sending, waits.sending) == (Sending.THERE, Sending.QUEUED)
    source = ChannelRows(ada.seat.reader, ada.stream("general"))
    assert list(source.older(waits.order, 10)) == [sent]
    assert list(source.newer(sent.order, 10)) == [waits]
    assert list(source.newer(waits.order, 10)) == []


def test_hostile_text_is_made_safe_once_for_all(community: Community) -> None:
    """What the protocol takes may still hold direction marks."""
    ada = community.user("ada")
    ada.say("abc\u202edef")
    community.wait(1)
    assert rows(ada)[0].text == "abc\ufffddef"


def test_the_list_shows_what_is_unread_and_muted(community: Community) -> None:
    """At first as the hub has counted, then as counted here; read on this screen at once."""
    ada, ben = community.user("ada"), community.user("ben")
    stream = ada.stream("general")
    listing = Listing(ada.seat.reader)
    ben.say("one")
    ben.say("two")
    community.wait(1)
    listing.changed([stream])
    while listing.count_one():
        pass
    (item,) = listing.items({})
    assert (item.label, item.unread, item.muted, item.joined) == ("#general", 2, False, True)
    held = ada.seat.reader.held(stream)
    assert held is not None
    assert listing.items({stream: held.hi})[0].unread == 0
    own = user_stream(ada.account)
    ada.seat.say(own, Mute(stream))
    listing.changed([own])
    assert listing.items({})[0].muted
    assert place_name(ada.seat.reader, stream) == "#general"


def test_only_what_may_have_changed_is_counted_again(community: Community) -> None:
    """Muting, reading elsewhere and checking signatures leave the counts as they are."""
    ada, ben = community.user("ada"), community.user("ben")
    stream, own = ada.stream("general"), user_stream(ada.account)
    listing = Listing(ada.seat.reader)
    ben.say("one")
    community.wait(1)
    listing.changed([stream])
    while listing.count_one():
        pass
    ada.seat.set_up(Mute(stream))
    listing.changed([own, stream])
    assert listing.items({})[0].muted
    assert listing.uncounted == 0
    assert listing.items({})[0].unread == 1
    ben.say("two")
    community.wait(1)
    listing.changed([stream])
    assert listing.uncounted == 1
    listing.count_one()
    assert listing.items({})[0].unread == 2


def test_what_one_reads_along_with_is_counted_from_there(community: Community) -> None:
    """Also before it is said how far that is, and it is not counted anew once it is."""
    ada, ben = community.user("ada"), community.user("ben")
    stream, own = ada.stream("general"), user_stream(ada.account)
    listing = Listing(ada.seat.reader)
    for text in ("one", "two", "three"):
        ben.say(text)
    community.wait(1)
    listing.changed([stream])
    held = ada.seat.reader.held(stream)
    assert held is not None
    listing.count_one({stream: held.hi - 1})
    assert listing.items({})[0].unread == 1
    assert listing.differs
    listing.differs = False
    listing.changed([own])
    assert (listing.uncounted, listing.differs) == (0, False)


def test_what_waits_is_paged_like_all_else(community: Community) -> None:
    """However much it is: back to what is in the log, and on again, each message once."""
    ada = community.user("ada")
    for n in range(3):
        ada.say(f"said {n}")
    ada.cut()
    for n in range(70):
        ada.say(f"waits {n}")
    source = ChannelRows(ada.seat.reader, ada.stream("general"))
    older: list[Row] = []
    while page := source.older(older[0].order if older else None, 64):
        assert len(page) <= 64
        older = [*page, *older]
    texts = [*(f"said {n}" for n in range(3)), *(f"waits {n}" for n in range(70))]
    assert [row.text for row in older] == texts
    newer: list[Row] = []
    while page := source.newer(newer[-1].order if newer else 0, 64):
        newer = [*newer, *page]
    assert [row.text for row in newer] == texts
