"""What the hub lost is offered back: in the old order, until our own log holds it again."""

from dataclasses import replace

import pytest

from hobnob_protocol.frames import Offer, OfferAck, OfferAnswer, Offered
from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    PEOPLE,
    EventId,
    StreamId,
    TargetId,
    conversation_stream,
    target_of,
)
from hobnob_protocol.limits import PAGE_BYTES_MAX, PUSH_EVENTS_MAX
from hobnob_sync.client_engine.inputs import Linked, NotSent
from hobnob_sync.client_engine.link import OFFER_MS
from hobnob_sync.ports import OrphanRow, TrayRow
from tests.sync.client_engine.orphans import answers, offers, orphan, orphaned
from tests.sync.client_engine.scene import Scene, pushed, said
from tests.sync.client_engine.scripted_hub import CELLAR, GARDEN, Member


def test_orphans_go_in_the_order_of_need_and_then_of_their_log() -> None:
    """People, directory, moderation, one's own, then channels and conversations by place."""
    talk = conversation_stream(b"c" * 16)  # type: ignore[arg-type]
    rows = [
        OrphanRow(stream, seq, 0, EventId(bytes([nth]) * 32), b"")
        for nth, (stream, seq) in enumerate(
            [
                (PEOPLE, 1), (PEOPLE, 2), (DIRECTORY, 1), (MODERATION, 9),
                (StreamId(b"u:" + bytes(20)), 1), (CELLAR, 2), (CELLAR, 3), (GARDEN, 1), (talk, 1),
            ]
        )
    ]  # fmt: skip
    same = replace(rows[-1], event_id=EventId(b"\xff" * 32))
    assert sorted([same, *reversed(rows)], key=lambda row: row.place) == [*rows, same]


def test_all_orphans_are_offered_before_anything_is_pushed() -> None:
    """One batch after the other, each after the answer to the last; then the outbox goes."""
    scene = Scene()
    scene.connect()
    rows = [orphan(scene.bob, f"{nth}", nth) for nth in range(1, PUSH_EVENTS_MAX + 2)]
    orphaned(scene, *rows)
    scene.write("mine")
    outputs = scene.step(Linked(scene.hub.welcome(same=True)))
    (first,) = offers(outputs)
    assert first == Offer(
        tuple(Offered(row.stream, row.seq, row.at_ms, row.event) for row in rows[:-1]), False
    )
    assert pushed(outputs) == ()
    outputs = scene.receive(answers(first, scene, *[0] * PUSH_EVENTS_MAX))
    (second,) = offers(outputs)
    assert ([one.seq for one in second.events], second.done) == ([PUSH_EVENTS_MAX + 1], True)
    assert pushed(outputs) == ()
    outputs = scene.receive(answers(second, scene, 0))
    assert offers(outputs) == []
    assert len(pushed(outputs)) == 1
    assert len(scene.state.orphans) == len(rows)


def test_exactly_one_batch_is_done_at_once() -> None:
    """As many as fit need no second."""
    scene = Scene()
    scene.connect()
    orphaned(scene, *(orphan(scene.bob, f"{n}", n) for n in range(1, PUSH_EVENTS_MAX + 1)))
    (first,) = offers(scene.step(Linked(scene.hub.welcome(same=True))))
    assert (len(first.events), first.done) == (PUSH_EVENTS_MAX, True)


def test_people_are_offered_by_themselves() -> None:
    """The hub judges all of an OFFER by whom it knew before: who said the rest comes first."""
    scene = Scene()
    scene.connect()
    rows = [orphan(scene.bob, f"{nth}", nth, PEOPLE if nth < 3 else GARDEN) for nth in range(1, 5)]
    orphaned(scene, *rows)
    (people,) = offers(scene.step(Linked(scene.hub.welcome(same=True))))
    assert ([one.stream for one in people.events], people.done) == ([PEOPLE] * 2, False)
    (others,) = offers(scene.receive(answers(people, scene, 0, 0)))
    assert ([one.stream for one in others.events], others.done) == ([GARDEN] * 2, True)


@pytest.mark.parametrize(("spare_bytes", "together"), [(0, 2), (-1, 1)])
def test_a_batch_keeps_within_a_page(spare_bytes: int, together: int) -> None:
    """To the byte, 64 for each event's place; one alone always goes."""
    scene = Scene()
    scene.connect()
    rows = [orphan(scene.bob, "x" * 40, 1), orphan(scene.bob, "y" * 40, 2)]
    # Nobody reads the bytes before they are answered.
    half = (PAGE_BYTES_MAX - 128) // 2
    rows = [replace(row, event=bytes(half)) for row in rows]
    rows[1] = replace(rows[1], event=bytes(PAGE_BYTES_MAX - 128 - half - spare_bytes))
    orphaned(scene, *rows)
    (first,) = offers(scene.step(Linked(scene.hub.welcome(same=True))))
    assert (len(first.events), first.done) == (together, together == 2)


def test_an_event_larger_than_a_page_goes_alone() -> None:
    """It must not hold up all others for ever."""
    scene = Scene()
    scene.connect()
    orphaned(scene, replace(orphan(scene.bob, "big", 1), event=bytes(PAGE_BYTES_MAX + 1)))
    (first,) = offers(scene.step(Linked(scene.hub.welcome(same=True))))
    assert (len(first.events), first.done) == (1, True)


def test_the_duty_to_offer_survives_a_reboot_and_ends_with_the_last_answer() -> None:
    """Dead in between, the replica offers before it pushes."""
    scene = Scene()
    scene.connect()
    orphaned(scene, orphan(scene.bob, "lost", 1))
    scene.step(Linked(scene.hub.welcome(same=True)))
    scene.reboot()
    (offered,) = offers(scene.step(Linked(scene.hub.welcome(same=True))))
    assert scene.state.offer_due
    scene.receive(answers(offered, scene, 1))
    assert not scene.state.offer_due
    assert scene.transaction.meta == {"offer_due": b""}
    assert not scene.link.offering
    (again,) = offers(scene.tick(OFFER_MS))
    assert again == offered
    scene.receive(answers(again, scene, 1))
    assert scene.transaction.meta == {}


def test_an_orphan_the_hub_will_never_take_is_told_to_its_author() -> None:
    """Our own goes to the tray with the reason; of another it is only forgotten."""
    scene = Scene()
    scene.connect()
    ours, theirs = orphan(scene.alice, "mine", 1), orphan(scene.bob, "theirs", 2)
    orphaned(scene, ours, theirs)
    (offered,) = offers(scene.step(Linked(scene.hub.welcome(same=True))))
    n = scene.state.next_n
    outputs = scene.receive(answers(offered, scene, 2, 2, code="not_allowed"))
    assert scene.state.orphans == {}
    assert scene.store.orphans == {}
    assert scene.state.tray == {n: TrayRow(n, GARDEN, ours.event_id, ours.event, "not_allowed")}
    assert said(outputs, NotSent) == [NotSent(n, "not_allowed")]


def test_what_was_refused_and_comes_back_after_all_is_not_told_as_refused() -> None:
    """Another replica has brought what it lacked, and our words with it: said again they would
    stand there twice."""
    scene = Scene()
    scene.connect()
    ours = orphan(scene.alice, "mine", 1)
    orphaned(scene, ours, orphan(scene.alice, "else", 2))
    (offered,) = offers(scene.step(Linked(scene.hub.welcome(same=True))))
    scene.receive(answers(offered, scene, 2, 2, code="no_target"))
    assert len(scene.state.tray) == 2
    scene.serve(scene.receive(*(log.opened(log.seq) for log in scene.hub.logs.values())))
    scene.garden.append(ours.event, ours.event_id)
    scene.receive(scene.garden.page(1))
    (row,) = scene.state.tray.values()
    assert row.event_id != ours.event_id
    assert scene.store.tray == scene.state.tray


def test_what_was_erased_is_forgotten_without_a_word() -> None:
    """Its author, or who may, wanted it gone (matrix 28)."""
    scene = Scene()
    scene.connect()
    orphaned(scene, orphan(scene.alice, "mine", 1))
    (offered,) = offers(scene.step(Linked(scene.hub.welcome(same=True))))
    scene.receive(answers(offered, scene, 2, code="erased"))
    assert (scene.state.orphans, scene.state.tray) == ({}, {})


def test_an_answer_to_an_earlier_offer_is_no_answer() -> None:
    """Late or doubled, it names other events: nothing is dropped for what they were told."""
    scene = Scene()
    scene.connect()
    rows = [orphan(scene.alice, f"{nth}", nth) for nth in range(1, 2 * PUSH_EVENTS_MAX + 1)]
    orphaned(scene, *rows)
    (first,) = offers(scene.step(Linked(scene.hub.welcome(same=True))))
    told = answers(first, scene, *[2] * PUSH_EVENTS_MAX)
    (second,) = offers(scene.receive(told))
    assert len(second.events) == PUSH_EVENTS_MAX
    assert offers(scene.receive(told)) == []
    assert len(scene.state.orphans) == PUSH_EVENTS_MAX
    assert scene.link.offering
    scene.receive(answers(second, scene, *[0] * PUSH_EVENTS_MAX))
    assert not scene.link.offering


@pytest.mark.parametrize("count", [0, 2])
def test_an_answer_of_another_length_is_no_answer(count: int) -> None:
    """The offer stays under way."""
    scene = Scene()
    scene.connect()
    row = orphan(scene.bob, "lost", 1)
    orphaned(scene, row)
    scene.step(Linked(scene.hub.welcome(same=True)))
    scene.receive(OfferAck((OfferAnswer(target_of(row.event_id), 0),) * count))
    assert scene.link.offered_at == scene.now_ms
    assert scene.link.offering


def test_an_answer_nobody_waits_for_is_passed_by() -> None:
    """Nothing is under way."""
    scene = Scene()
    scene.connect()
    assert scene.receive(OfferAck(())) == ()
    assert not scene.transaction


def test_later_needs_no_name() -> None:
    """The hub cannot name what was signed by somebody it does not know yet."""
    scene = Scene()
    scene.connect()
    orphaned(scene, orphan(scene.bob, "lost", 1))
    scene.step(Linked(scene.hub.welcome(same=True)))
    scene.receive(OfferAck((OfferAnswer(TargetId(b"hash of the body"), 1),)))
    assert not scene.link.offering
    assert len(scene.state.orphans) == 1


def test_what_came_back_before_its_answer_is_settled() -> None:
    """The page was faster than the word: the answer finds nothing to do."""
    scene = Scene()
    scene.connect()
    row = orphan(scene.bob, "lost", 1)
    orphaned(scene, row)
    (offered,) = offers(scene.step(Linked(scene.hub.welcome(same=True))))
    told = answers(offered, scene, 2)
    scene.garden.append(row.event, row.event_id)
    scene.receive(scene.garden.page(1))
    assert scene.state.orphans == {}
    scene.receive(told)
    assert not scene.link.offering
    assert scene.state.tray == {}


def test_orphans_that_have_rotted_are_given_up_when_the_hub_says_so() -> None:
    """Bytes that are no event, or another's event now: the answer is taken, nothing crashes."""
    scene = Scene()
    scene.connect()
    ours = orphan(scene.alice, "mine", 1)
    other = orphan(scene.alice, "other", 9)
    orphaned(
        scene, replace(ours, event=b"\xc1"), replace(orphan(scene.bob, "his", 2), event=other.event)
    )
    scene.step(Linked(scene.hub.welcome(same=True)))
    scene.receive(
        OfferAck(
            (
                OfferAnswer(TargetId(bytes(16)), 2, "invalid"),
                OfferAnswer(target_of(other.event_id), 2, "bad_signature"),
            )
        )
    )
    assert scene.state.orphans == {}
    assert [row.code for row in scene.state.tray.values()] == ["bad_signature"]


def test_an_orphan_of_somebody_we_do_not_know_is_known_by_its_name() -> None:
    """Their account was lost too; the hub may know it again."""
    scene = Scene()
    scene.connect()
    row = orphan(Member("dave"), "lost", 1)
    orphaned(scene, row)
    (offered,) = offers(scene.step(Linked(scene.hub.welcome(same=True))))
    scene.receive(answers(offered, scene, 2))
    assert scene.state.orphans == {}
