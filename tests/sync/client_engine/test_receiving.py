"""What each page leads to: taken, asked for again, waited for, or refused."""

import pytest

from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.nouns import LINK
from hobnob_sync.client_engine.inputs import Disconnect, Healed
from hobnob_sync.client_engine.link import STALL_MS
from hobnob_sync.ports import ReplicaTransaction
from tests.sync.client_engine.scene import Scene, alarms, asked, said
from tests.sync.client_engine.scripted_hub import CELLAR, GARDEN, Member


def at_head(count: int = 3) -> Scene:
    """A replica at the head of a garden with so many posts."""
    scene = Scene()
    scene.posts(count)
    scene.connect()
    return scene


def starving() -> tuple[Scene, Member]:
    """Somebody the replica does not know has spoken in the garden, at 2."""
    scene = at_head(1)
    dave = Member("dave")
    scene.hub.say(GARDEN, dave, Post("it is me"))
    scene.receive(scene.garden.page(2))
    return scene, dave


def test_a_gap_makes_one_request_from_our_own_cursor() -> None:
    """However many pages come behind it (matrix 7)."""
    scene = at_head(3)
    scene.posts(4)
    wishes = asked(scene.receive(scene.garden.page(5, 5)))
    assert [(wish.stream, wish.seq, wish.head8) for wish in wishes] == [
        (GARDEN, *scene.garden.seen(3))
    ]
    assert asked(scene.receive(scene.garden.page(6, 6), scene.garden.page(7, 7))) == []
    scene.serve(scene.receive(*scene.hub.answers(wishes[0])))
    assert scene.held() == tuple(scene.garden.entries)


def test_what_a_gap_shows_is_remembered_until_it_comes() -> None:
    """The lost seq exists: if the answer brings nothing, the stream is opened once more."""
    scene = at_head(3)
    scene.posts(2)
    scene.receive(scene.garden.page(5))
    assert scene.link.heads[GARDEN] == 4
    scene.receive(scene.garden.opened(3))
    scene.link.heads[GARDEN] = 4
    assert [wish.seq for wish in asked(scene.tick(STALL_MS))] == [3]


def test_a_gap_does_not_lower_what_was_announced() -> None:
    """The hub has named a higher head already."""
    scene = at_head(3)
    scene.posts(6)
    scene.receive(scene.garden.opened(3), scene.garden.page(6, 6))
    assert scene.link.heads[GARDEN] == 9


def test_a_starved_stream_waits_for_people_and_asks_for_nothing() -> None:
    """Pages that follow are behind a gap that is explained."""
    scene, _ = starving()
    scene.posts(1)
    assert asked(scene.receive(scene.garden.page(3))) == []
    assert scene.row().hi == 1


def test_the_wait_begins_with_the_first_page_that_starves() -> None:
    """The same page again does not put it off."""
    scene, _ = starving()
    since = scene.link.starved[GARDEN]
    scene.tick(500)
    scene.receive(scene.garden.page(2))
    assert scene.link.starved == {GARDEN: since}


def test_people_who_become_known_feed_what_starved() -> None:
    """The stream is asked for again at once, from our own cursor, and then taken."""
    scene, dave = starving()
    outputs = scene.hears(dave.enrol, scene.hub.voice, PEOPLE)
    assert [(wish.stream, wish.seq) for wish in asked(outputs)] == [(GARDEN, 1)]
    assert scene.link.starved == {}
    scene.serve(outputs)
    assert scene.held() == tuple(scene.garden.entries)


def test_news_of_another_stream_feed_nobody() -> None:
    """Only the people's log says who somebody is."""
    scene, _ = starving()
    scene.hub.grant(CELLAR)
    user = scene.hub.logs[scene.hub.user]
    assert GARDEN not in [wish.stream for wish in asked(scene.receive(user.page(user.seq)))]
    assert list(scene.link.starved) == [GARDEN]


def test_a_starved_stream_is_asked_for_again_after_a_while() -> None:
    """The people may have come on another way; it waits no longer than a stall."""
    scene, _ = starving()
    assert scene.deadline_ms == scene.now_ms + STALL_MS
    assert asked(scene.tick(STALL_MS - 1)) == []
    assert [wish.seq for wish in asked(scene.tick(1))] == [1]
    assert scene.link.starved == {}
    assert scene.state.suspects == {PEOPLE: None}


def test_a_stream_that_starves_for_somebody_forgotten_is_fed_by_healing() -> None:
    """A cell of the people's has rotted: their log is looked at, and the stream goes on."""
    scene = at_head(1)
    (key,) = [
        key for noun, key in scene.cells(PEOPLE) if noun == LINK and key[:20] == scene.bob.account
    ]
    scene.put(ReplicaTransaction(cells={(PEOPLE, LINK, key): None}))
    scene.posts(1)
    scene.serve(scene.connect())
    assert scene.row().hi == 1
    outputs = scene.tick(STALL_MS)
    wishes = asked(outputs)
    assert [wish.stream for wish in wishes] == [GARDEN]
    assert said(scene.tick(), Healed) == [Healed(PEOPLE, "refold")]
    scene.receive(*scene.hub.answers(wishes[0]))
    assert scene.held() == tuple(scene.garden.entries)


def test_a_stream_that_is_only_slow_makes_nobody_suspect() -> None:
    """It is behind, not starved."""
    scene = at_head(1)
    scene.posts(1)
    scene.receive(scene.garden.opened(1))
    assert len(asked(scene.tick(STALL_MS))) == 1
    assert scene.state.suspects == {}


def test_a_page_that_is_taken_ends_the_wait() -> None:
    """What could not be read can be read now."""
    scene, dave = starving()
    scene.hub.say(PEOPLE, scene.hub.voice, dave.enrol)
    scene.link.granted.pop(GARDEN)
    scene.receive(scene.hub.logs[PEOPLE].page(4))
    scene.link.starved[GARDEN] = scene.now_ms
    scene.receive(scene.garden.page(2))
    assert scene.link.starved == {}
    assert scene.row().hi == 2


def test_pages_before_the_announcement_is_whole_are_dropped() -> None:
    """A stream may be no longer ours: nothing of it is taken before we know (matrix 18)."""
    scene = at_head(3)
    scene.posts(1)
    scene.reboot()
    scene.step(scene.linked())
    scene.link.subscribed(GARDEN, scene.garden.number)
    scene.receive(scene.garden.page(4), scene.garden.back(1, 3))
    assert scene.row().hi == 3
    assert not scene.transaction


@pytest.mark.parametrize("stream", [GARDEN, PEOPLE])
def test_only_what_is_followed_is_opened_by_what_moves(stream: bytes) -> None:
    """A page of a stream at its head asks for nothing more."""
    scene = at_head(1)
    voice = scene.hub.voice if stream == PEOPLE else None
    body = Member("dave").enrol if stream == PEOPLE else Post("hello")
    outputs = scene.hears(body, voice, PEOPLE if stream == PEOPLE else GARDEN)
    assert asked(outputs) == []
    assert alarms(outputs) == []
    assert said(outputs, Disconnect) == []
