"""What does not come back is offered again: ever more seldom, and without holding up the rest."""

from hobnob_protocol.frames import Push
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import PUSH_EVENTS_MAX
from hobnob_sync.client_engine.inputs import Linked
from hobnob_sync.client_engine.link import OFFER_MS, OFFER_MS_MAX, STALL_MS
from tests.sync.client_engine.orphans import answers, offers, orphan, orphaned
from tests.sync.client_engine.scene import Scene, pushed, sent


def test_an_offer_without_an_answer_is_made_again() -> None:
    """To the millisecond, the same events, and still before any push."""
    scene = Scene()
    scene.connect()
    scene.write("mine")
    orphaned(scene, orphan(scene.bob, "lost", 1))
    first = offers(scene.step(Linked(scene.hub.welcome(same=True))))
    assert scene.deadline_ms == scene.now_ms + OFFER_MS
    assert offers(scene.tick(OFFER_MS - 1)) == []
    outputs = scene.tick(1)
    assert offers(outputs) == first
    assert pushed(outputs) == ()


def test_what_the_log_has_not_brought_back_is_offered_ever_more_seldom() -> None:
    """After 10 s, 20 s, 40 s, up to an hour; without holding up the outbox."""
    scene = Scene()
    scene.connect()
    orphaned(scene, orphan(scene.bob, "lost", 1))
    offered = offers(scene.step(Linked(scene.hub.welcome(same=True))))
    waits: list[int] = []
    wait_ms = OFFER_MS
    while len(waits) < 12:
        scene.receive(answers(offered[0], scene, 1))
        assert scene.deadline_ms == scene.now_ms + wait_ms
        assert offers(scene.tick(wait_ms - 1)) == []
        offered = offers(scene.tick(1))
        assert len(offered) == 1
        waits.append(wait_ms)
        wait_ms = min(2 * wait_ms, OFFER_MS_MAX)
    assert waits[-1] == OFFER_MS_MAX == 3_600_000
    assert sent(scene.compose(Post("meanwhile")), Push) != []


def test_a_later_round_of_several_batches_is_not_begun_anew_on_its_way() -> None:
    """However long it takes: its time is counted from its end."""
    scene = Scene()
    scene.connect()
    rows = [orphan(scene.bob, f"{nth}", nth) for nth in range(1, 3 * PUSH_EVENTS_MAX + 1)]
    orphaned(scene, *rows, due=False)
    scene.announce()
    (batch,) = offers(scene.tick())
    seen = [one.seq for one in batch.events]
    for _ in range(2):
        assert offers(scene.tick(OFFER_MS - 1)) == []
        (batch,) = offers(scene.receive(answers(batch, scene, *[1] * PUSH_EVENTS_MAX)))
        seen += [one.seq for one in batch.events]
    assert seen == [row.seq for row in rows]
    assert offers(scene.tick(2)) == []
    assert offers(scene.receive(answers(batch, scene, *[1] * PUSH_EVENTS_MAX))) == []
    assert scene.link.offer_again_at == scene.now_ms + 2 * OFFER_MS


def test_a_later_round_ends_where_the_log_has_brought_back_the_rest() -> None:
    """Nothing is left to offer: no empty offer is made outside of a repair."""
    scene = Scene()
    scene.connect()
    rows = [orphan(scene.bob, f"{nth}", nth) for nth in range(1, PUSH_EVENTS_MAX + 2)]
    orphaned(scene, *rows, due=False)
    scene.announce()
    scene.serve(scene.receive(*(log.opened(log.seq) for log in scene.hub.logs.values())))
    (first,) = offers(scene.tick())
    told = answers(first, scene, *[1] * PUSH_EVENTS_MAX)
    scene.garden.append(rows[-1].event, rows[-1].event_id)
    scene.receive(scene.garden.page(1))
    assert len(scene.state.orphans) == PUSH_EVENTS_MAX
    assert offers(scene.receive(told)) == []
    assert scene.link.offered_at is None


def test_a_later_offer_that_is_not_answered_waits_for_its_turn() -> None:
    """The fork is repaired: it is not urgent any more."""
    scene = Scene()
    scene.connect()
    orphaned(scene, orphan(scene.bob, "lost", 1))
    offered = offers(scene.step(Linked(scene.hub.welcome(same=True))))
    scene.receive(answers(offered[0], scene, 1))
    assert len(offers(scene.tick(OFFER_MS))) == 1
    assert offers(scene.tick(OFFER_MS)) == []
    assert scene.link.offered_at is None
    assert offers(scene.tick(OFFER_MS - 1)) == []
    assert len(offers(scene.tick(1))) == 1


def test_orphans_from_before_are_offered_on_every_connection() -> None:
    """At the first look after the announcement, and no push waits for them."""
    scene = Scene()
    scene.connect()
    orphaned(scene, orphan(scene.bob, "lost", 1), due=False)
    scene.write("mine")
    outputs = scene.announce()
    assert offers(outputs) == []
    assert len(pushed(outputs)) == 1
    assert scene.deadline_ms == 0 < scene.now_ms
    assert len(offers(scene.tick())) == 1


def test_orphans_do_not_hurry_a_connection_that_is_not_announced() -> None:
    """Nothing can be offered yet: the deadline is the announcement's alone."""
    scene = Scene()
    scene.connect()
    orphaned(scene, orphan(scene.bob, "lost", 1), due=False)
    scene.step(scene.linked())
    assert scene.deadline_ms == scene.now_ms + STALL_MS


def test_nothing_is_offered_where_nothing_is_lost() -> None:
    """No fork, no orphan, no word; and what is lost later does not wait for it."""
    scene = Scene()
    scene.connect()
    assert offers(scene.tick(OFFER_MS)) == []
    assert scene.link.offered_at is None
    assert (scene.link.offer_again_at, scene.link.offer_wait_ms) == (0, OFFER_MS)
