"""The outbox goes out: what is sent when, in which batches, and what each answer does to it."""

from dataclasses import replace

import pytest

from hobnob_protocol.errors import Refusal
from hobnob_protocol.frames import Acked, Push, Pushed
from hobnob_protocol.ids import Head8
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.membership import Join, Leave
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import PAGE_BYTES_MAX, PUSH_EVENTS_MAX, TRAY_EVENTS_MAX
from hobnob_sync.client_engine.inputs import Changed, Linked, NotSent
from hobnob_sync.client_engine.link import PUSH_MS
from hobnob_sync.ports import ReplicaTransaction, TrayRow
from tests.sync.client_engine.scene import (
    Scene,
    accepted,
    ack,
    pause,
    pushed,
    queue,
    refused,
    sent,
    waiting,
)
from tests.sync.client_engine.scripted_hub import CELLAR, GARDEN


def test_what_is_said_goes_out_at_once_as_it_lies_in_the_outbox() -> None:
    """One event, under the number after the hub's last."""
    scene = Scene()
    scene.connect(last_push_no=7)
    out = pushed(scene.compose(Post("hello")))
    (row,) = scene.outbox
    assert out == (Pushed(8, GARDEN, row.event),)
    assert (row.push_no, row.state) == (8, "queued")
    assert scene.link.pushed_at == scene.now_ms


def test_what_was_said_offline_goes_out_in_its_order_with_the_announcement() -> None:
    """Not before the announcement is whole, then at once."""
    scene = Scene()
    rows = scene.write("one", "two", "three")
    assert sent(scene.step(Linked(scene.hub.welcome(4))), Push) == []
    out = pushed(scene.receive(scene.hub.grants()))
    assert out == tuple(Pushed(5 + nth, GARDEN, row.event) for nth, row in enumerate(rows))


def test_nothing_is_pushed_while_the_announcement_is_incomplete() -> None:
    """What is said in between waits; a tick does not let it go either."""
    scene = Scene()
    scene.step(Linked(scene.hub.welcome()))
    assert pushed(scene.compose(Post("too early"))) == ()
    assert pushed(scene.tick(1)) == ()
    assert len(pushed(scene.receive(scene.hub.grants()))) == 1


def test_only_one_push_is_under_way() -> None:
    """What is said meanwhile goes out with the answer, under the next numbers."""
    scene = Scene()
    scene.connect()
    scene.write("one")
    assert pushed(scene.compose(Post("two"))) == ()
    assert pushed(scene.compose(Post("three"))) == ()
    out = pushed(scene.receive(ack(accepted(scene.outbox[0], 1))))
    assert [one.push_no for one in out] == [2, 3]


def test_an_announcement_that_says_same_lets_the_outbox_go_at_once() -> None:
    """Nothing else has to be awaited."""
    scene = Scene()
    scene.connect()
    scene.reboot()
    scene.write("hello")
    out = pushed(scene.step(Linked(scene.hub.welcome(3, same=True))))
    assert [one.push_no for one in out] == [4]


def test_nothing_goes_out_without_a_connection() -> None:
    """It waits, without a number."""
    scene = Scene()
    scene.connect()
    scene.reboot()
    assert pushed(scene.compose(Post("hello"))) == ()
    assert scene.outbox[0].push_no == 0


def test_a_batch_has_its_bound_of_events() -> None:
    """One more than fit: the last gets its number with the next batch."""
    scene = Scene()
    rows = [waiting(n) for n in range(1, PUSH_EVENTS_MAX + 2)]
    queue(scene, *rows)
    out = pushed(scene.announce())
    assert [one.push_no for one in out] == list(range(1, PUSH_EVENTS_MAX + 1))
    assert scene.outbox[-1].push_no == 0
    answers = [accepted(row, row.n) for row in scene.outbox[:-1]]
    assert [one.push_no for one in pushed(scene.receive(ack(*answers)))] == [PUSH_EVENTS_MAX + 1]


def test_a_full_batch_of_events_goes_out_whole() -> None:
    """Exactly as many as are allowed."""
    scene = Scene()
    queue(scene, *(waiting(n) for n in range(1, PUSH_EVENTS_MAX + 1)))
    assert len(pushed(scene.announce())) == PUSH_EVENTS_MAX


@pytest.mark.parametrize(("more", "expected"), [(-1, 3), (0, 3), (1, 2)])
def test_a_batch_has_its_bound_of_bytes(more: int, expected: int) -> None:
    """Each event counts 64 bytes beside its own; what would pass the bound waits."""
    scene = Scene()
    third = PAGE_BYTES_MAX // 3 - 64
    sizes = (third, third, third + more)
    queue(scene, *(waiting(n, size_bytes=size) for n, size in enumerate(sizes, 1)))
    assert len(pushed(scene.announce())) == expected


def test_one_event_of_any_size_goes_out_alone() -> None:
    """The bound never holds up the first; the next waits for its answer."""
    scene = Scene()
    queue(scene, waiting(1, size_bytes=PAGE_BYTES_MAX), waiting(2, size_bytes=1))
    assert [one.push_no for one in pushed(scene.announce())] == [1]
    assert [one.push_no for one in pushed(scene.receive(ack(accepted(scene.outbox[0], 1))))] == [2]


def test_what_the_hub_has_is_not_sent_again() -> None:
    """Accepted events wait for their page; what follows them goes out."""
    scene = Scene()
    queue(scene, replace(waiting(1, 1, state="acked"), seq=1), waiting(2))
    out = pushed(scene.announce(last_push_no=1))
    assert [(one.push_no, one.event) for one in out] == [(2, scene.outbox[1].event)]


def test_a_push_without_an_answer_is_sent_again_to_the_millisecond() -> None:
    """The same events under the same numbers, each time after the same wait."""
    scene = Scene()
    scene.connect()
    first = pushed(scene.compose(Post("hello")))
    assert scene.deadline_ms == scene.now_ms + PUSH_MS
    assert pushed(scene.tick(PUSH_MS - 1)) == ()
    assert pushed(scene.tick(1)) == first
    assert pushed(scene.tick(PUSH_MS - 1)) == ()
    assert pushed(scene.tick(1)) == first


def test_an_accepted_event_is_kept_until_our_own_log_holds_it() -> None:
    """The answer came, the echo is lost (matrix 5): the row stays, with its place."""
    scene = Scene()
    scene.connect()
    (row,) = scene.write("hello")
    outputs = scene.receive(ack(*scene.hub.accept(scene.author, *_pushed(scene))))
    assert scene.outbox == [replace(row, state="acked", seq=1)]
    assert Changed(GARDEN) in outputs
    scene.receive(scene.garden.page())
    assert scene.outbox == []
    assert [entry.event_id for entry in scene.held()] == [row.event_id]


def test_an_echo_before_its_answer_settles_the_event() -> None:
    """The answer is lost or late (matrix 5): one row in the log, nothing in the outbox."""
    scene = Scene()
    scene.connect()
    scene.write("hello")
    answers = scene.hub.accept(scene.author, *_pushed(scene))
    scene.receive(scene.garden.page())
    assert scene.outbox == []
    scene.receive(ack(*answers))
    assert scene.outbox == []
    assert len(scene.held()) == 1
    assert pushed(scene.compose(Post("next")))[0].push_no == 2


def _pushed(scene: Scene) -> tuple[Pushed, ...]:
    return tuple(Pushed(row.push_no, row.stream, row.event) for row in scene.outbox)


@pytest.mark.parametrize(("seq", "kept"), [(2, False), (5, False), (6, True)])
def test_an_answer_that_names_a_held_place_settles_the_event(seq: int, kept: bool) -> None:
    """Before our tail or within it no page will bring it; above our head one will."""
    scene = Scene(tail_events=2)
    scene.posts(5)
    scene.connect()
    (row,) = scene.write("hello")
    outputs = scene.receive(ack(accepted(row, seq)))
    assert [left.seq for left in scene.outbox] == ([seq] if kept else [])
    assert Changed(GARDEN) in outputs


def test_what_is_accepted_where_we_do_not_follow_is_settled() -> None:
    """No page will ever come from there; from a stream about to be opened one will."""
    scene = Scene()
    scene.connect()
    scene.compose(Post("where?"), CELLAR)
    scene.receive(ack(accepted(scene.outbox[0], 9)))
    assert scene.outbox == []
    scene = Scene()
    scene.announce()
    (row,) = scene.write("soon")
    assert GARDEN not in scene.state.streams
    scene.receive(ack(accepted(row, 9)))
    assert [(left.state, left.seq) for left in scene.outbox] == [("acked", 9)]


def test_what_is_accepted_in_a_stream_that_is_held_but_no_longer_ours_waits() -> None:
    """As long as its log is here, a page may still have brought it."""
    scene = Scene()
    scene.connect()
    (row,) = scene.write("hello")
    del scene.link.granted[GARDEN]
    scene.receive(ack(accepted(row, 9)))
    assert [left.state for left in scene.outbox] == ["acked"]


def test_a_refused_event_lies_in_the_tray_with_its_reason() -> None:
    """And makes way: the next goes out under the next number."""
    scene = Scene()
    scene.connect()
    scene.write("rude", "kind")
    rude, kind = scene.outbox
    outputs = scene.receive(ack(refused(rude, "not_allowed")))
    assert scene.state.tray == {
        rude.n: TrayRow(rude.n, GARDEN, rude.event_id, rude.event, "not_allowed")
    }
    assert NotSent(rude.n, "not_allowed") in outputs
    assert Changed(GARDEN) in outputs
    assert pushed(outputs) == (Pushed(2, GARDEN, kind.event),)
    assert [row.n for row in scene.outbox] == [kind.n]


@pytest.mark.parametrize(
    ("body", "code", "lost"),
    [
        (Join(), Refusal.EXISTS, False),
        (Join(), Refusal.BANNED, True),
        (Leave(), Refusal.NOT_MEMBER, False),
        (Leave(), Refusal.BANNED, True),
        (Post("hello"), Refusal.NOT_MEMBER, True),
    ],
)
def test_what_asks_for_what_is_so_already_is_no_refusal(
    body: Body, code: Refusal, *, lost: bool
) -> None:
    """One has joined, or left, on another device meanwhile: there is nothing to tell of."""
    scene = Scene()
    scene.connect()
    scene.compose(body)
    (row,) = scene.outbox
    outputs = scene.receive(ack(refused(row, code)))
    assert scene.outbox == []
    assert [each.code for each in scene.state.tray.values()] == [code] * lost
    assert (NotSent(row.n, code) in outputs) is lost
    assert Changed(GARDEN) in outputs


def test_each_answer_of_a_batch_counts_for_its_own_event() -> None:
    """Accepted, refused, accepted: each where it belongs."""
    scene = Scene()
    scene.write("one", "two", "three")
    scene.connect()
    one, two, three = scene.outbox
    scene.receive(ack(accepted(one, 4), refused(two, "gone"), accepted(three, 5)))
    assert [(row.n, row.state, row.seq) for row in scene.outbox] == [
        (one.n, "acked", 4),
        (three.n, "acked", 5),
    ]
    assert [(row.n, row.code) for row in scene.state.tray.values()] == [(two.n, "gone")]


@pytest.mark.parametrize("status", [0, 1, 3])
def test_an_answer_for_another_event_is_no_answer(status: int) -> None:
    """One byte of the name differs: nothing changes and the push is sent again."""
    scene = Scene()
    scene.connect()
    (row,) = scene.write("hello")
    name = row.event_id[:7] + bytes((row.event_id[7] ^ 1,))
    outputs = scene.receive(ack(Acked(row.push_no, status, Head8(name), 99, Head8(b""), "gone")))
    assert pushed(outputs) == (Pushed(1, GARDEN, row.event),)
    assert scene.outbox == [row]
    assert scene.state.tray == {}
    assert scene.link.paused_until == 0


def test_an_answer_to_a_number_that_nobody_has_is_passed_by() -> None:
    """The others of its batch still count."""
    scene = Scene()
    scene.connect()
    (row,) = scene.write("hello")
    stray = Acked(row.push_no + 1, 1, Head8(row.event_id[:8]), 0, Head8(b""), "gone")
    scene.receive(ack(stray, accepted(row, 1)))
    assert [left.state for left in scene.outbox] == ["acked"]
    assert scene.state.tray == {}


def test_an_answer_that_comes_twice_counts_once() -> None:
    """Twice in one batch, and again later (matrix 6)."""
    scene = Scene()
    scene.connect()
    (row,) = scene.write("rude")
    outputs = scene.receive(ack(refused(row, "gone"), refused(row, "banned")))
    assert [said for said in outputs if isinstance(said, NotSent)] == [NotSent(row.n, "gone")]
    assert [left.code for left in scene.state.tray.values()] == ["gone"]
    assert scene.receive(ack(refused(row, "banned"))) == ()
    assert [left.code for left in scene.state.tray.values()] == ["gone"]


def test_a_pause_is_kept_to_the_millisecond() -> None:
    """Nothing goes out before, whatever is said; then the same events go again."""
    scene = Scene()
    scene.connect()
    (row,) = scene.write("hello")
    assert pushed(scene.receive(ack(pause(row, 250)))) == ()
    assert scene.outbox == [row]
    assert scene.deadline_ms == scene.now_ms + 250
    assert pushed(scene.compose(Post("and"))) == ()
    assert pushed(scene.tick(249)) == ()
    assert [one.push_no for one in pushed(scene.tick(1))] == [1, 2]


@pytest.mark.parametrize("waits", [(300, 500), (500, 300)])
def test_of_several_pauses_the_longest_is_kept(waits: tuple[int, int]) -> None:
    """Whichever came first."""
    scene = Scene()
    scene.write("one", "two")
    scene.connect()
    one, two = scene.outbox
    scene.receive(ack(pause(one, waits[0]), pause(two, waits[1])))
    assert scene.link.paused_until == scene.now_ms + 500


def test_a_pause_delays_and_settles_nothing_else() -> None:
    """What was accepted before it in the batch is accepted."""
    scene = Scene()
    scene.write("one", "two")
    scene.connect()
    one, two = scene.outbox
    scene.receive(ack(accepted(one, 1), pause(two, 10)))
    assert [(row.n, row.state) for row in scene.outbox] == [(one.n, "acked"), (two.n, "queued")]
    assert [each.push_no for each in pushed(scene.tick(10))] == [two.push_no]


@pytest.mark.parametrize("before", [TRAY_EVENTS_MAX - 1, TRAY_EVENTS_MAX])
def test_the_tray_has_its_bound_and_the_oldest_goes(before: int) -> None:
    """The newest refusal is always there."""
    scene = Scene()
    rows = [waiting(n) for n in range(1, before + 1)]
    tray = {row.n: TrayRow(row.n, row.stream, row.event_id, row.event, "gone") for row in rows}
    queue(scene, waiting(before + 1))
    scene.put(ReplicaTransaction(tray=dict(tray)))
    scene.announce()
    scene.receive(ack(refused(scene.outbox[0], "banned")))
    assert len(scene.state.tray) == TRAY_EVENTS_MAX
    first = before + 2 - TRAY_EVENTS_MAX
    assert list(scene.state.tray) == list(range(first, before + 2))


def test_what_has_no_answer_yet_is_kept_through_a_reboot() -> None:
    """It goes out again under its number: dead after the commit, before the send (matrix 2)."""
    scene = Scene()
    scene.connect()
    first = pushed(scene.compose(Post("hello")))
    scene.reboot()
    assert pushed(scene.announce()) == first
    scene.reboot()
    assert pushed(scene.announce()) == first


def test_a_replica_from_an_old_copy_recognises_what_it_had_sent() -> None:
    """Its cursor moves forward again and the event is there once (matrix 24)."""
    scene = Scene()
    scene.connect()
    scene.write("hello")
    old = scene.store.snapshot()
    scene.receive(ack(*scene.hub.accept(scene.author, *_pushed(scene))), scene.garden.page())
    scene.posts(2)
    scene.store.restore(old)
    scene.reboot()
    scene.connect(last_push_no=1)
    assert scene.outbox == []
    assert scene.held() == tuple(scene.garden.entries)
