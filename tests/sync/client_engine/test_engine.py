"""One step of a replica: what it asks for, what it commits, what it says only after that."""

import pytest

from hobnob_protocol.errors import OutboxFull
from hobnob_protocol.flow import page_cost_bytes
from hobnob_protocol.frames import Ack, Page, Ping
from hobnob_protocol.ids import DIRECTORY, PEOPLE, TargetId
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.limits import OUTBOX_BYTES_MAX
from hobnob_protocol.nouns import EDIT, NOUNS
from hobnob_protocol.registry import STANDARD
from hobnob_sync import cursor
from hobnob_sync.client_engine.engine import ClientEngine
from hobnob_sync.client_engine.inputs import (
    Backfill,
    Compose,
    Composed,
    Consumed,
    Discard,
    Healed,
    Inspect,
    Received,
    Retry,
    Tick,
    Unlinked,
    VerifySome,
)
from hobnob_sync.client_engine.link import PUSH_MS
from hobnob_sync.ports import CellsKey, EachCellsKey, Loaded, RangeKey, ReplicaTransaction
from tests.sync.client_engine.scene import Scene, alarms, kinds_of, pushed, said, waiting
from tests.sync.client_engine.scripted_hub import CELLAR, FIRST, GARDEN, SALT, TS_SECONDS

NOTHING = Loaded({})


def at_head(count: int = 3, tail_events: int = 50) -> Scene:
    """A replica at the head of a garden with so many posts."""
    scene = Scene(tail_events)
    scene.posts(count)
    scene.connect()
    return scene


def hello() -> Compose:
    """Alice says hello in the garden."""
    return Compose(GARDEN, *STANDARD.encode(Post("hello")), SALT, TS_SECONDS)


def test_what_is_said_is_released_by_the_commit_and_only_once() -> None:
    """Nothing goes out for a step that is not durable."""
    scene = Scene()
    decision = scene.engine.decide(hello(), NOTHING, 5)
    assert list(decision.transaction.outbox) == [1]
    scene.store.commit(decision.transaction)
    outputs = scene.engine.committed()
    assert isinstance(outputs[0], Composed)
    assert scene.engine.committed() == ()


def test_a_refused_input_leaves_the_engine_as_it_was() -> None:
    """The next step is as if it had never been."""
    scene = Scene()
    scene.put(ReplicaTransaction(outbox={1: waiting(1, size_bytes=OUTBOX_BYTES_MAX)}))
    with pytest.raises(OutboxFull):
        scene.engine.decide(hello(), NOTHING, 5)
    assert scene.engine.committed() == ()
    assert scene.step(Tick()) == ()


def test_the_digest_says_what_is_held() -> None:
    """Nothing before the first epoch; then epoch and cursors, whatever the order."""
    assert Scene().engine.digest() is None
    scene = at_head(2)
    assert scene.engine.digest() == cursor.digest(
        FIRST,
        [(log.stream, log.grant, *log.seen(log.seq)) for log in scene.hub.logs.values()],
    )


# What is asked for.


def test_what_needs_nothing_asks_for_nothing() -> None:
    """Most inputs are decided from memory."""
    scene = at_head()
    for incoming in (
        hello(), Discard(1), Retry(1, SALT, 1), scene.linked(), Unlinked(), Backfill(GARDEN),
        Tick(), Received(Ack((), 0), 1), Received(scene.garden.opened(3), 1),
        Received(scene.hub.grants(), 1), Received(Ping(1), 1),
    ):  # fmt: skip
        assert scene.engine.needs(incoming) == ()


def test_an_inspection_asks_for_all_of_a_stream() -> None:
    """Its log and every noun of its cells; of what is not held nothing."""
    scene = at_head()
    keys = scene.engine.needs(Inspect(GARDEN))
    assert isinstance(keys[0], RangeKey)
    assert keys[0].first_seq == 1
    assert keys[1:] == tuple(CellsKey(GARDEN, noun, b"") for noun in NOUNS)
    assert scene.engine.needs(Inspect(CELLAR)) == ()


def test_a_slice_of_signatures_asks_for_its_events() -> None:
    """And for nothing when all are checked."""
    scene = at_head(3)
    assert scene.engine.needs(VerifySome(2)) == (RangeKey(GARDEN, 2, 2, 1 << 30),)
    scene.step(VerifySome(3))
    assert scene.engine.needs(VerifySome(2)) == ()


def test_a_page_asks_first_for_cells_and_then_for_what_it_erases() -> None:
    """The second round only where something is withdrawn."""
    scene = at_head(1)
    target = TargetId(scene.garden.entries[0].event_id[:16])
    scene.hub.say(GARDEN, scene.bob, Edit(target, "better"))
    edit = Received(scene.garden.page(2), 1)
    first = scene.engine.needs(edit)
    assert first
    assert scene.engine.needs(edit, scene.store.load(first)) == ()
    scene.step(edit)
    scene.hub.say(GARDEN, scene.bob, Delete(target))
    withdrawal = Received(scene.garden.page(3), 1)
    loaded = scene.store.load(scene.engine.needs(withdrawal))
    assert EachCellsKey(GARDEN, EDIT, (target,)) in scene.engine.needs(withdrawal)
    second = scene.engine.needs(withdrawal, loaded)
    assert second == (RangeKey(GARDEN, 1, 1, 1), RangeKey(GARDEN, 2, 1, 1))
    assert scene.engine.needs(withdrawal, loaded.merged(scene.store.load(second))) == ()


def test_what_was_loaded_is_not_asked_for_again() -> None:
    """Only what is missing."""
    scene = at_head(2)
    keys = scene.engine.needs(Inspect(GARDEN))
    some = scene.store.load(keys[:5])
    assert scene.engine.needs(Inspect(GARDEN), some) == keys[5:]


def test_a_page_that_does_not_fit_asks_for_nothing() -> None:
    """Neither a gap nor what came before."""
    scene = at_head(3)
    scene.posts(2)
    assert scene.engine.needs(Received(scene.garden.page(5), 1)) == ()
    assert scene.engine.needs(Received(scene.garden.page(1, 2), 1)) == ()


def test_an_input_that_is_given_twice_is_read_twice() -> None:
    """A page that fitted is old news the second time."""
    scene = at_head(1)
    scene.posts(1)
    incoming = Received(scene.garden.page(2), 1)
    scene.step(incoming)
    assert len(scene.transaction.entries) == 1
    scene.step(incoming)
    assert not scene.transaction


def test_a_checkpoint_asks_for_our_own_head() -> None:
    """Where it lies within the range."""
    scene = at_head(3)
    found = scene.engine.needs(Received(scene.hub.checkpoint(GARDEN, 2), 1))
    assert found == (RangeKey(GARDEN, 2, 1, 1),)


def test_an_answer_that_forks_asks_for_what_is_held() -> None:
    """The whole range, which becomes orphans; of what is not held nothing."""
    scene = at_head(3)
    (key,) = scene.engine.needs(Received(scene.garden.opened(0, 1), 1))
    assert isinstance(key, RangeKey)
    assert (key.stream, key.first_seq) == (GARDEN, 1)
    del scene.engine.state.streams[GARDEN]
    assert scene.engine.needs(Received(scene.garden.opened(0, 1), 1)) == ()


# Without a connection.


@pytest.mark.parametrize("frame", [Page(4, 1, ()), Ack((), 0), Ping(1)])
def test_a_frame_without_a_connection_is_dropped(frame: Page) -> None:
    """It came from one that is gone."""
    scene = Scene()
    assert scene.engine.needs(Received(frame, 1)) == ()
    assert scene.step(Received(frame, 1)) == ()
    assert not scene.transaction


def test_a_connection_that_ends_is_forgotten_and_nothing_else() -> None:
    """What is held stays; nothing is awaited any more."""
    scene = at_head(3)
    scene.write("hello")
    assert scene.deadline_ms == scene.now_ms + PUSH_MS
    assert scene.step(Unlinked()) == ()
    assert scene.engine.link is None
    assert scene.deadline_ms is None
    assert scene.row().hi == 3
    assert len(scene.outbox) == 1
    assert pushed(scene.compose(Post("offline"))) == ()


def test_a_frame_that_means_nothing_here_is_passed_by() -> None:
    """The connection answers it, not the replica."""
    scene = at_head()
    assert scene.receive(Ping(1)) == ()
    assert not scene.transaction


# Credit.


def test_every_page_gives_its_credit_back() -> None:
    """Taken or dropped, at the head or history, by the same arithmetic as the hub's."""
    scene = at_head(3, tail_events=1)
    scene.posts(1)
    page = scene.garden.page(4)
    back = scene.garden.back(1, 2)
    for frame, answer in ((page, page), (page, page), (back, back)):
        expected = page_cost_bytes(one.event for one in answer.events)
        assert said(scene.receive(frame), Consumed) == [Consumed(expected)]


# Upgrades and suspects.


def test_an_upgrade_folds_what_was_kept_raw() -> None:
    """Unknown kinds lie in the log as they came; a newer version reads them (matrix 26)."""
    old = STANDARD.without("edit")
    scene = Scene(registry=old)
    scene.posts(1)
    target = TargetId(scene.garden.entries[0].event_id[:16])
    scene.hub.say(GARDEN, scene.bob, Edit(target, "better"))
    scene.connect()
    assert [noun for noun, _ in scene.cells() if noun == EDIT] == []
    assert alarms(scene.tick()) == []
    scene.registry = STANDARD
    scene.reboot()
    assert list(scene.state.suspects) == [PEOPLE, GARDEN, DIRECTORY, scene.hub.user]
    healed: list[Healed] = []
    for _ in range(len(scene.hub.logs)):
        assert scene.deadline_ms is None or scene.deadline_ms <= scene.now_ms
        healed += said(scene.step(Tick()), Healed)
        assert scene.store.meta["kinds"] == kinds_of(old)
    assert healed == [Healed(GARDEN, "refold")]
    assert scene.cells() == scene.folded(scene.garden.entries)
    assert scene.deadline_ms == scene.now_ms
    scene.step(Tick())
    assert scene.store.meta["kinds"] == kinds_of(STANDARD)
    assert scene.deadline_ms is None
    scene.reboot()
    assert scene.state.suspects == {}


def test_an_upgrade_killed_half_way_begins_again() -> None:
    """The new kinds count as folded only when every stream was looked at (matrix 27)."""
    scene = Scene(registry=STANDARD.without("edit"))
    scene.posts(1)
    scene.connect()
    scene.registry = STANDARD
    scene.reboot()
    scene.step(Tick())
    scene.reboot()
    assert len(scene.state.suspects) == len(scene.hub.logs)


def test_a_fresh_replica_notes_its_kinds_at_once() -> None:
    """With nothing to fold, the first look is enough; the next start inspects nothing."""
    scene = Scene()
    scene.put(ReplicaTransaction(meta={"kinds": b""}))
    assert scene.engine.deadline_ms(7) == 7
    assert scene.step(Tick()) == ()
    assert scene.transaction.meta == {"kinds": kinds_of(STANDARD)}
    assert scene.deadline_ms is None
    assert scene.step(Tick()) == ()
    assert not scene.transaction


def test_a_suspect_is_inspected_with_the_next_look() -> None:
    """One a tick, and the connection goes on beside it."""
    scene = at_head(3)
    scene.write("hello")
    scene.state.suspects.update({GARDEN: None, CELLAR: None})
    assert scene.engine.deadline_ms(9) == 9
    keys = scene.engine.needs(Tick())
    assert {key.stream for key in keys} == {GARDEN}  # type: ignore[attr-defined]
    assert len(pushed(scene.tick(PUSH_MS))) == 1
    assert list(scene.state.suspects) == [CELLAR]
    scene.tick()
    assert scene.state.suspects == {}


def test_the_nouns_kept_in_memory_say_who_signs() -> None:
    """They are all that a boot reads of the cells."""
    scene = at_head()
    booted = scene.store.boot(ClientEngine.NOUNS)
    assert {noun for _, noun, _, _ in booted.cells} == {"link", "handle"}
