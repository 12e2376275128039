"""When something awaited is overdue: the earliest of all that is, nothing where nothing is."""

import pytest

from hobnob_protocol.frames import Welcome
from hobnob_protocol.ids import EventId
from hobnob_sync.client_engine.link import BACK_MS, OFFER_MS, PUSH_MS, STALL_MS, Asked, Link
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.ports import OrphanRow
from tests.sync.client_engine.scene import Scene, waiting
from tests.sync.client_engine.scripted_hub import CELLAR, FIRST, GARDEN, SECOND


@pytest.fixture
def state() -> ReplicaState:
    """A replica at the head of a garden with three posts."""
    scene = Scene()
    scene.posts(3)
    scene.connect()
    return scene.state


@pytest.fixture
def link() -> Link:
    """A connection that has been announced."""
    return Link(Welcome((FIRST, SECOND), 0, 0, False, 3), 100, ready=True)


def test_a_quiet_connection_awaits_nothing(state: ReplicaState, link: Link) -> None:
    """No timer runs for what is at rest."""
    link.opened[GARDEN] = 4
    link.heads[GARDEN] = 3
    assert link.deadline_ms(state) is None


def test_the_announcement_is_awaited(state: ReplicaState, link: Link) -> None:
    """From the welcome on."""
    link.ready = False
    assert link.deadline_ms(state) == 100 + STALL_MS


def test_answers_and_history_are_awaited_each_in_its_time(state: ReplicaState, link: Link) -> None:
    """The earliest decides."""
    link.opening = {GARDEN: 500, CELLAR: 300}
    assert link.deadline_ms(state) == 300 + STALL_MS
    link.backs = {GARDEN: Asked(1, 10), CELLAR: Asked(1, 20)}
    assert link.deadline_ms(state) == min(10 + BACK_MS, 300 + STALL_MS)
    link.opening = {}
    assert link.deadline_ms(state) == 10 + BACK_MS


@pytest.mark.parametrize(("head", "starved", "due"), [
    (3, False, None), (4, False, 700 + STALL_MS), (3, True, 700 + STALL_MS),
])  # fmt: skip
def test_what_is_behind_or_starved_is_awaited(
    state: ReplicaState, link: Link, head: int, starved: bool, due: int | None
) -> None:
    """From when it last moved."""
    link.opened[GARDEN] = 4
    link.heads[GARDEN] = head
    link.progressed[GARDEN] = 700
    if starved:
        link.starved[GARDEN] = 900
    assert link.deadline_ms(state) == due


def test_an_offer_is_awaited_or_planned(state: ReplicaState, link: Link) -> None:
    """Its answer while it is under way, else the next one; not before the announcement."""
    name = EventId(bytes(32))
    state.orphans[name] = OrphanRow(GARDEN, 1, 1, name, b"")
    link.offer_again_at = 4_000
    assert link.deadline_ms(state) == 4_000
    link.offered_at = 50
    assert link.deadline_ms(state) == 50 + OFFER_MS
    link.offered_at = None
    link.ready = False
    assert link.deadline_ms(state) == 100 + STALL_MS


def test_a_push_is_awaited_or_planned(state: ReplicaState, link: Link) -> None:
    """Its answer while it is under way; else when the pause ends, where something waits."""
    link.paused_until = 6_000
    assert link.deadline_ms(state) is None
    state.outbox[1] = waiting(1, state="acked")
    assert link.deadline_ms(state) is None
    state.outbox[2] = waiting(2)
    assert link.deadline_ms(state) == 6_000
    link.offering = True
    assert link.deadline_ms(state) is None
    link.offering = False
    link.pushed_at = 70
    assert link.deadline_ms(state) == 70 + PUSH_MS
    link.pushed_at = None
    link.ready = False
    assert link.deadline_ms(state) == 100 + STALL_MS


def test_the_present_epoch_is_the_last_of_the_lineage(link: Link) -> None:
    """Oldest first."""
    assert link.epoch == SECOND


def test_a_stream_is_subscribed_and_forgotten(link: Link) -> None:
    """Under its number; nothing of it is awaited after that."""
    link.opening = {GARDEN: 1, CELLAR: 1}
    link.subscribed(GARDEN, 7)
    assert (link.opening, link.opened, link.numbers) == ({CELLAR: 1}, {GARDEN: 7}, {7: GARDEN})
    for awaited in (link.opening, link.starved, link.opened):
        awaited.update({GARDEN: 1, CELLAR: 1})
    link.backs = {GARDEN: Asked(1, 10), CELLAR: Asked(1, 10)}
    link.forget(GARDEN)
    assert link.opening == link.starved == link.opened == {CELLAR: 1}
    assert list(link.backs) == [CELLAR]
