"""Which streams are followed: in the order of need, from our own cursor, while they are ours."""

from dataclasses import replace

import pytest

from hobnob_protocol.frames import Open, OpenStream
from hobnob_protocol.ids import (
    DIRECTORY,
    EMPTY_HEAD,
    MODERATION,
    NO_GRANT,
    PEOPLE,
    ChannelId,
    ConversationId,
    GrantId,
    StreamId,
    channel_stream,
    conversation_stream,
    head8,
)
from hobnob_protocol.limits import OPEN_STREAMS_MAX, SEQ_MAX
from hobnob_sync.client_engine.following import is_control
from hobnob_sync.client_engine.link import STALL_MS
from tests.sync.client_engine.scene import Scene, accepted, ack, asked, sent
from tests.sync.client_engine.scripted_hub import CELLAR, GARDEN, Log

NOTHING = head8(EMPTY_HEAD)


def channel(nth: int) -> StreamId:
    """Some channel."""
    return channel_stream(ChannelId(b"%016d" % nth))


def conversation(nth: int) -> StreamId:
    """Some conversation."""
    return conversation_stream(ConversationId(b"%016d" % nth))


def at_head(count: int = 3, tail_events: int = 50) -> Scene:
    """A replica at the head of a garden with so many posts."""
    scene = Scene(tail_events)
    scene.posts(count)
    scene.connect()
    return scene


@pytest.mark.parametrize("stream", [DIRECTORY, PEOPLE, MODERATION, b"u:" + bytes(20)])
def test_control_streams_are_all_that_are_neither_channel_nor_conversation(
    stream: StreamId,
) -> None:
    """They are synced whole."""
    assert is_control(stream)
    assert not is_control(GARDEN)
    assert not is_control(conversation(1))


# What is opened, and when.


def test_control_streams_are_opened_first_and_whole() -> None:
    """Nothing else before they are held up to what was announced: they say who signs there."""
    scene = Scene(tail_events=7)
    scene.posts(1)
    wishes = asked(scene.announce())
    assert wishes == [
        OpenStream(stream, NO_GRANT, 0, NOTHING, SEQ_MAX)
        for stream in (scene.hub.user, DIRECTORY, PEOPLE)
    ]
    frames = [frame for wish in wishes for frame in scene.hub.answers(wish)]
    for frame in frames[:-1]:
        assert asked(scene.receive(frame)) == []
    assert asked(scene.receive(frames[-1])) == [
        OpenStream(GARDEN, scene.garden.grant, 0, NOTHING, 7)
    ]


def test_an_empty_control_stream_holds_nothing_up() -> None:
    """Its answer alone is all there is."""
    scene = Scene()
    scene.hub.logs[MODERATION] = Log(MODERATION, 9)
    scene.connect()
    assert scene.row(MODERATION).hi == 0
    assert GARDEN in scene.link.opened


def test_what_addresses_us_is_opened_first_then_what_is_unread() -> None:
    """Tails by need: mentions, unread, then by name."""
    scene = Scene()
    figures = {1: (0, 0), 2: (9, 0), 3: (1, 1), 4: (2, 0), 5: (0, 0), 6: (5, 1)}
    for nth, (unread, mentions) in figures.items():
        log = scene.hub.grant(channel(nth))
        log.unread, log.mentions = unread, mentions
    opened = [wish.stream for wish in asked(scene.connect()) if not is_control(wish.stream)]
    assert opened == [channel(nth) for nth in (6, 3, 2, 4, 1, 5)] + [GARDEN]


def test_streams_are_asked_for_in_frames_that_are_bounded() -> None:
    """So many in one OPEN, the rest in the next; none twice."""
    scene = Scene()
    for nth in range(OPEN_STREAMS_MAX):
        scene.hub.grant(channel(nth))
    frames = [
        frame.streams
        for frame in sent(scene.connect(), Open)
        if not is_control(frame.streams[0].stream)
    ]
    assert [len(streams) for streams in frames] == [OPEN_STREAMS_MAX, 1]
    assert len({one.stream for streams in frames for one in streams}) == OPEN_STREAMS_MAX + 1


def test_what_is_held_is_resumed_from_our_own_cursor() -> None:
    """The seq and the head we hold, whatever the hub has more."""
    scene = at_head(3)
    scene.reboot()
    scene.posts(2)
    wishes = {wish.stream: wish for wish in asked(scene.connect())}
    assert wishes[GARDEN] == OpenStream(
        GARDEN, scene.garden.grant, 3, head8(scene.garden.head(3)), 50
    )


# The answer.


def test_a_new_stream_begins_at_its_tail() -> None:
    """Its record is made where the hub says that the tail begins."""
    scene = Scene(tail_events=2)
    scene.posts(5)
    scene.garden.unread, scene.garden.mentions = 4, 1
    scene.announce()
    scene.serve(())
    scene.receive(scene.garden.opened(3))
    row = scene.row()
    assert (row.lo, row.hi, row.base, row.head) == (
        4, 3, scene.garden.head(3), scene.garden.head(3),
    )  # fmt: skip
    assert (row.number, row.grant, row.floor) == (scene.garden.number, scene.garden.grant, 0)
    assert (row.head_seq, row.unread, row.mentions) == (5, 4, 1)


@pytest.mark.parametrize(("base", "made"), [(1, False), (2, True), (3, True)])
def test_a_stream_never_begins_below_its_floor(base: int, made: bool) -> None:
    """What a hub says that we may not see is not begun (S8)."""
    scene = Scene()
    scene.posts(5)
    scene.hub.grant(GARDEN, 2)
    scene.announce()
    scene.receive(scene.garden.opened(base))
    assert (GARDEN in scene.state.streams) is made


@pytest.mark.parametrize(("base", "made"), [(0, True), (1, False)])
def test_a_control_stream_never_begins_in_its_middle(base: int, made: bool) -> None:
    """Whoever skips its beginning hides who may do what."""
    scene = Scene()
    scene.announce()
    scene.receive(scene.hub.logs[PEOPLE].opened(base))
    assert (PEOPLE in scene.state.streams) is made


def test_a_channel_may_begin_above_its_floor() -> None:
    """That is what a tail is."""
    scene = Scene()
    scene.posts(5)
    scene.hub.grant(GARDEN, 2)
    scene.announce()
    scene.receive(scene.garden.opened(4))
    assert (scene.row().lo, scene.row().floor) == (5, 2)


def test_an_answer_for_another_grant_is_no_answer() -> None:
    """It was given before we left and came back; nor is one for what is not ours."""
    scene = Scene()
    scene.announce()
    scene.receive(replace(scene.garden.opened(0), grant=GrantId(b"formerly")))
    scene.receive(replace(scene.garden.opened(0), stream=CELLAR))
    assert list(scene.state.streams) == []
    assert scene.link.opened == {}


def test_not_yours_is_heeded() -> None:
    """The stream is not waited for, and nothing is made of it."""
    scene = Scene()
    scene.announce()
    assert PEOPLE in scene.link.opening
    scene.receive(scene.hub.logs[PEOPLE].opened(0, 2))
    assert PEOPLE not in scene.link.opening
    assert PEOPLE not in scene.state.streams


def test_the_number_of_a_held_stream_may_change() -> None:
    """A restored hub counts anew: pages are taken under the number it names now."""
    scene = at_head(2)
    scene.garden.number = 77
    scene.posts(1)
    scene.receive(scene.garden.opened(2), scene.garden.page(3))
    assert (scene.row().number, scene.row().hi, scene.row().lo) == (77, 3, 1)


def test_a_second_answer_leaves_what_is_held() -> None:
    """The range stands; only the announced head may grow."""
    scene = at_head(3)
    before = scene.row()
    scene.receive(replace(scene.garden.opened(3), head_seq=9))
    assert scene.row() == replace(before, head_seq=9)
    scene.receive(replace(scene.garden.opened(3), head_seq=2))
    assert scene.row() == replace(before, head_seq=3)
    assert scene.link.heads[GARDEN] == 9


def test_a_stream_without_an_announcement_keeps_its_counts() -> None:
    """Granted on the way, its unread are not announced."""
    scene = at_head(2)
    scene.link.grants.clear()
    scene.put_row(unread=3, mentions=2)
    scene.receive(scene.garden.opened(2))
    assert (scene.row().unread, scene.row().mentions) == (3, 2)


@pytest.mark.parametrize(("seq", "kept"), [(3, False), (4, True)])
def test_what_was_accepted_before_the_tail_is_settled(seq: int, kept: bool) -> None:
    """No page at the head will bring it."""
    scene = Scene()
    scene.posts(5)
    scene.announce()
    (row,) = scene.write("hello")
    scene.receive(ack(accepted(row, seq)), scene.garden.opened(3))
    assert bool(scene.outbox) is kept


# What does not come.


def test_a_stream_that_is_not_answered_is_asked_for_again() -> None:
    """To the millisecond, from our own cursor, once each time."""
    scene = Scene()
    first = asked(scene.announce())
    assert asked(scene.tick(STALL_MS - 1)) == []
    assert asked(scene.tick(1)) == first
    assert asked(scene.tick(STALL_MS - 1)) == []
    assert asked(scene.tick(1)) == first


def test_what_was_announced_and_does_not_come_is_asked_for_again() -> None:
    """The page after the answer was lost: the stream is opened anew from our cursor."""
    scene = at_head(2)
    scene.posts(2)
    scene.receive(scene.garden.opened(2))
    assert asked(scene.tick(STALL_MS - 1)) == []
    assert [wish.seq for wish in asked(scene.tick(1))] == [2]
    assert GARDEN not in scene.link.opened


def test_progress_puts_the_alarm_clock_back() -> None:
    """A stream that moves is not stuck, however far it is behind."""
    scene = at_head(2)
    scene.posts(4)
    scene.receive(scene.garden.opened(2))
    scene.tick(STALL_MS - 1)
    scene.receive(scene.garden.page(3, 3))
    assert asked(scene.tick(STALL_MS - 1)) == []
    assert [wish.seq for wish in asked(scene.tick(1))] == [3]


def test_a_stream_at_its_head_is_left_alone() -> None:
    """However long nothing happens there."""
    scene = at_head(2)
    assert scene.tick(100 * STALL_MS) == ()
    assert scene.deadline_ms is None


def test_a_request_for_what_is_no_longer_ours_is_dropped() -> None:
    """The answer never came and the right is gone: it is not asked for again."""
    scene = Scene()
    scene.announce()
    scene.link.opening[CELLAR] = scene.now_ms
    assert CELLAR not in [wish.stream for wish in asked(scene.tick(STALL_MS))]
    assert CELLAR not in scene.link.opening
