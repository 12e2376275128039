"""The messages of a stream in order: a window of the log, then what waits."""

from collections.abc import Mapping

import pytest

from hobnob_protocol.ids import EMPTY_HEAD, NO_GRANT, TargetId
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.limits import EVENT_BYTES_MAX
from hobnob_sync.client_engine.reading import Read
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.ports import RangeKey, ReplicaStream
from hobnob_sync.views import message, overlay, timeline
from hobnob_sync.views.message import Message
from hobnob_sync.views.overlay import PENDING_SEQ, Pending
from hobnob_sync.views.timeline import Window
from tests.sync.views.scene import ALICE, BOB, GARDEN, Tale


def shown(
    tale: Tale,
    window: Window,
    reads: tuple[Read, ...] = (),
    refused: Mapping[TargetId, tuple[str, ...]] | None = None,
) -> tuple[Message, ...]:
    """The window as the replica shows it, asked for in two rounds."""
    store = tale.store()
    loaded = store.load(timeline.asks(window))
    wanted = timeline.asks_messages(window, loaded, reads)
    base = Overlay(GARDEN, store.load(overlay.asks(reads, wanted)))
    return timeline.view(window, loaded, Pending(base, reads), reads, refused)


def texts(messages: tuple[Message, ...]) -> list[str]:
    """What they say."""
    return [found.text for found in messages]


def garden(count: int) -> Tale:
    """Bob has posted so often."""
    tale = Tale()
    for nth in range(count):
        tale.tell(BOB, Post(f"post {nth + 1}"))
    return tale


def record(lo: int, hi: int) -> ReplicaStream:
    """A stream of which this is held."""
    return ReplicaStream(GARDEN, 1, NO_GRANT, 0, lo, hi, EMPTY_HEAD, EMPTY_HEAD)


@pytest.mark.parametrize(
    ("lo", "hi", "limit", "first"), [(1, 10, 3, 8), (1, 10, 10, 1), (1, 10, 99, 1), (9, 10, 5, 9)]
)
def test_the_tail_is_what_was_said_last(lo: int, hi: int, limit: int, first: int) -> None:
    """As much as is wished and held."""
    assert Window.tail(record(lo, hi), limit) == Window(GARDEN, first, limit)


def test_a_window_costs_what_it_holds() -> None:
    """So many events, however large each may be."""
    window = Window(GARDEN, 5, 3)
    assert timeline.asks(window) == (RangeKey(GARDEN, 5, 3, 3 * EVENT_BYTES_MAX),)


def test_messages_come_in_the_order_of_the_log() -> None:
    """Of the window alone; what is no message takes no place."""
    tale = garden(2)
    target = tale.facts[0].target
    tale.tell(ALICE, React(target, "👍"))
    tale.tell(ALICE, Post("three"))
    assert texts(shown(tale, Window(GARDEN, 2, 3))) == ["post 2", "three"]
    assert texts(shown(tale, Window(GARDEN, 1, 2))) == ["post 1", "post 2"]
    assert texts(shown(tale, Window(GARDEN, 9, 2))) == []


def test_a_message_shows_what_became_of_it_outside_the_window() -> None:
    """Its edit and its end lie elsewhere in the log; its place stays."""
    tale = garden(2)
    one, two = (fact.target for fact in tale.facts)
    tale.tell(BOB, Edit(one, "better"))
    tale.tell(BOB, Delete(two))
    first, second = shown(tale, Window(GARDEN, 1, 2))
    assert (first.text, first.edited) == ("better", True)
    assert (second.text, second.dead is not None, second.seq) == ("", True, 2)


def test_what_waits_comes_last_in_the_order_it_was_said() -> None:
    """Below all of the log, whatever its clock says."""
    tale = garden(2)
    reads = tuple(tale.wait(n, ALICE, Post(f"waiting {n}")) for n in (3, 5))
    found = shown(tale, Window(GARDEN, 1, 10), reads)
    assert texts(found) == ["post 1", "post 2", "waiting 3", "waiting 5"]
    assert [each.order for each in found] == [1, 2, PENDING_SEQ + 3, PENDING_SEQ + 5]
    assert [each.pending for each in found] == [False, False, True, True]


def test_of_what_waits_the_newest_are_shown() -> None:
    """As many as of the log; what is no message is not counted."""
    tale = garden(3)
    reads = (
        *(tale.wait(n, ALICE, Post(f"waiting {n}")) for n in (1, 2, 3)),
        tale.wait(4, ALICE, React(tale.facts[0].target, "👍")),
    )
    assert texts(shown(tale, Window(GARDEN, 2, 2), reads)) == [
        "post 2", "post 3", "waiting 2", "waiting 3",
    ]  # fmt: skip


def test_what_waits_and_is_in_the_log_already_is_shown_once() -> None:
    """The echo came, the outbox row goes with the same step: still one message (P2)."""
    tale = garden(1)
    target = tale.facts[0].target
    fact = tale.facts[0]
    again = tale.wait(1, BOB, Post("post 1"))
    same = Read(again.entry, again.event, again.author, fact, again.kind, "", again.writes)
    window = Window(GARDEN, 1, 5)
    loaded = tale.store().load(timeline.asks(window))
    assert timeline.targets(window, loaded, (same,)) == (target,)
    assert timeline.asks_messages(window, loaded, (same,)) == message.asks_each(GARDEN, (target,))


def test_what_cannot_be_folded_takes_no_place() -> None:
    """A waiting event of a kind that is not known here."""
    tale = garden(1)
    read = tale.wait(1, ALICE, Post("waiting"))
    raw = Read(read.entry, read.event, read.author, read.fact, None, "", ())
    assert texts(shown(tale, Window(GARDEN, 1, 5), (raw,))) == ["post 1"]


def test_why_an_act_was_refused_stands_at_its_message() -> None:
    """And nowhere else."""
    tale = garden(2)
    refused = {tale.facts[1].target: ("not_allowed",)}
    found = shown(tale, Window(GARDEN, 1, 5), (), refused)
    assert [each.refused for each in found] == [(), ("not_allowed",)]
