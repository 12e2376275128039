"""More orphans than memory holds: all are kept, and offered in their order, a slice at a time."""

import pytest

from hobnob_protocol.frames import Offer, OfferAck, OfferAnswer
from hobnob_protocol.ids import PEOPLE, EventId, StreamId, target_of
from hobnob_sync.client_engine.inputs import Linked, Received
from hobnob_sync.client_engine.link import OFFER_MS
from hobnob_sync.keys import ORPHANS_AT_ONCE
from hobnob_sync.ports import OrphanRow, OrphansKey, ReplicaTransaction
from tests.sync.client_engine.orphans import orphan, orphaned
from tests.sync.client_engine.scene import Outputs, Scene, pushed, sent
from tests.sync.client_engine.scripted_hub import CELLAR, GARDEN, SECOND

MANY = 2 * ORPHANS_AT_ONCE + 10


def holding(count: int, stream: StreamId = GARDEN) -> tuple[Scene, list[OrphanRow]]:
    """A replica that holds so many, of an epoch that has just ended."""
    scene = Scene()
    scene.connect()
    rows = [orphan(scene.bob, f"{seq}", seq, stream) for seq in range(1, count + 1)]
    orphaned(scene, *rows)
    return scene, rows


def names(scene: Scene) -> dict[bytes, EventId]:
    """What the store's orphans are called, by their bytes."""
    return {row.event: row.event_id for row in scene.store.orphans.values()}


def taken(scene: Scene, outputs: Outputs) -> list[Offer]:
    """Answer every OFFER with yes until the last one: all of them in their order."""
    known = names(scene)
    found: list[Offer] = []
    while offers := sent(outputs, Offer):
        (offer,) = offers
        found.append(offer)
        answers = (OfferAnswer(target_of(known[one.event]), 0) for one in offer.events)
        outputs = scene.receive(OfferAck(tuple(answers)))
        if offer.done:
            break
    return found


def places(offers: list[Offer]) -> list[tuple[StreamId, int]]:
    """What was offered."""
    return [(one.stream, one.seq) for offer in offers for one in offer.events]


@pytest.mark.parametrize("count", [ORPHANS_AT_ONCE, ORPHANS_AT_ONCE + 1, MANY])
def test_all_are_offered_in_their_order_however_many_there_are(count: int) -> None:
    """Memory holds a slice; only the last OFFER says that it is the last, and then we speak."""
    scene, rows = holding(count)
    scene.write("mine")
    assert len(scene.state.orphans) <= ORPHANS_AT_ONCE
    offers = taken(scene, scene.step(Linked(scene.hub.welcome(same=True))))
    assert places(offers) == [(row.stream, row.seq) for row in rows]
    assert [offer.done for offer in offers] == [False] * (len(offers) - 1) + [True]
    assert len(scene.state.orphans) <= ORPHANS_AT_ONCE
    assert len(scene.store.orphans) == count
    assert not scene.link.offering


def test_a_long_log_that_the_hub_lost_is_kept_whole() -> None:
    """Also what memory does not hold; nothing is pushed before all of it was offered."""
    scene = Scene(tail_events=2 * ORPHANS_AT_ONCE)
    scene.posts(ORPHANS_AT_ONCE + 100)
    scene.connect()
    held = scene.held()
    assert len(held) > ORPHANS_AT_ONCE
    scene.hub.lose(GARDEN, 0)
    scene.hub.restore(SECOND)
    scene.write("mine")
    scene.engine.link = None
    outputs = scene.announce()
    assert pushed(outputs) == ()
    assert sorted(scene.store.orphans) == sorted(entry.event_id for entry in held)
    assert places(taken(scene, outputs)) == [(GARDEN, entry.seq) for entry in held]


def test_who_people_are_comes_before_what_they_said() -> None:
    """Whichever of them memory held first."""
    scene, rows = holding(ORPHANS_AT_ONCE)
    first = orphan(scene.bob, "9", 9, PEOPLE)
    scene.put(ReplicaTransaction(orphans={first.event_id: first}))
    offers = taken(scene, scene.step(Linked(scene.hub.welcome(same=True))))
    assert places(offers) == [(PEOPLE, 9), *((row.stream, row.seq) for row in rows)]


def test_what_comes_back_is_forgotten_though_memory_does_not_hold_it() -> None:
    """Our own log has it again."""
    scene, rows = holding(MANY)
    scene.step(Linked(scene.hub.welcome(same=True)))
    last = rows[-1]
    assert last.event_id not in scene.state.orphans
    scene.garden.append(last.event, last.event_id)
    scene.receive(scene.garden.page(scene.garden.seq))
    assert last.event_id not in scene.store.orphans
    assert len(scene.store.orphans) == MANY - 1


def test_what_was_not_brought_back_is_offered_again_from_the_first_on() -> None:
    """When its time has come; what is there again is not offered twice."""
    scene, rows = holding(MANY)
    taken(scene, scene.step(Linked(scene.hub.welcome(same=True))))
    for row in rows[1:]:
        scene.state.orphans.pop(row.event_id, None)
        del scene.store.orphans[row.event_id]
    assert sent(scene.tick(OFFER_MS - 1), Offer) == []
    assert places(sent(scene.tick(1), Offer)) == [(GARDEN, 1)]
    assert not scene.state.spilled


def test_when_all_has_come_back_nothing_is_awaited() -> None:
    """The store is asked once more, and then it is known."""
    scene, _ = holding(MANY)
    taken(scene, scene.step(Linked(scene.hub.welcome(same=True))))
    scene.state.orphans.clear()
    scene.store.orphans.clear()
    assert scene.engine.deadline_ms(scene.now_ms) is not None
    assert sent(scene.tick(OFFER_MS), Offer) == []
    assert (scene.state.orphans, scene.state.spilled, scene.deadline_ms) == ({}, False, None)


def test_an_offer_that_was_lost_is_made_again() -> None:
    """Also the empty one with which the next ones are read."""
    scene, rows = holding(MANY)
    scene.state.rewind_orphans()
    (empty,) = sent(scene.step(Linked(scene.hub.welcome(same=True))), Offer)
    assert empty == Offer((), False)
    outputs = scene.tick(OFFER_MS)
    assert sent(outputs, Offer) == [empty]
    assert places(taken(scene, outputs)) == [(row.stream, row.seq) for row in rows]


def test_on_a_new_connection_they_are_offered_from_the_first_on() -> None:
    """However far the one before had come."""
    scene, rows = holding(2 * ORPHANS_AT_ONCE + 1)
    known = names(scene)
    outputs = scene.step(Linked(scene.hub.welcome(same=True)))
    while not scene.state.orphans_before:
        (offer,) = sent(outputs, Offer)
        answers = (OfferAnswer(target_of(known[one.event]), 0) for one in offer.events)
        outputs = scene.receive(OfferAck(tuple(answers)))
    offers = taken(scene, scene.step(Linked(scene.hub.welcome(same=True))))
    assert places(offers) == [(row.stream, row.seq) for row in rows]


def test_a_right_that_ends_takes_its_orphans_with_it() -> None:
    """Those in the store too; another stream's stay."""
    scene, _ = holding(MANY)
    other = orphan(scene.bob, "1", 1, CELLAR)
    scene.put(ReplicaTransaction(orphans={other.event_id: other}))
    del scene.hub.logs[GARDEN]
    scene.engine.link = None
    scene.announce()
    assert list(scene.store.orphans) == [other.event_id]


def test_the_store_is_asked_for_the_next_only_when_memory_has_no_more() -> None:
    """Each slice once."""
    scene, rows = holding(ORPHANS_AT_ONCE + 1)
    outputs = scene.step(Linked(scene.hub.welcome(same=True)))
    known = names(scene)
    asked: list[tuple[object, ...]] = []
    while offers := sent(outputs, Offer):
        ack = OfferAck(
            tuple(OfferAnswer(target_of(known[one.event]), 0) for one in offers[0].events)
        )
        asked.append(scene.engine.needs(Received(ack, 1)))
        outputs = scene.receive(ack)
    turn = (OrphansKey(rows[-2].place),)
    assert asked == [()] * (len(asked) - 2) + [turn, ()]
