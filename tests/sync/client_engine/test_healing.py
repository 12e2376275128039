"""A replica that checks itself: refold, repull, reopen, rebuild; each bounded, each told."""

from dataclasses import replace

import pytest

from hobnob_protocol.codec import encode
from hobnob_protocol.ids import EMPTY_HEAD, PEOPLE, EventId, Head, TargetId
from hobnob_protocol.kinds.messages import Edit, Post
from hobnob_protocol.nouns import EDIT, LINK, MESSAGE
from hobnob_sync.client_engine.healing import REPEATS_MAX
from hobnob_sync.client_engine.inputs import Alarm, Changed, Healed, Inspect, Send
from hobnob_sync.ports import ReplicaTransaction
from tests.sync.client_engine.scene import Outputs, Scene, alarms, asked, said
from tests.sync.client_engine.scripted_hub import CELLAR, GARDEN


def at_head(count: int = 4, tail_events: int = 50) -> Scene:
    """A replica at the head of a garden with so many posts."""
    scene = Scene(tail_events)
    scene.posts(count)
    scene.connect()
    return scene


def spoil(scene: Scene, seq: int) -> None:
    """One bit of an entry turns, in the middle of its body."""
    data = bytearray(next(entry.event for entry in scene.held() if entry.seq == seq))
    data[len(data) // 2] ^= 1
    scene.rot(seq, bytes(data))


def healed(outputs: Outputs) -> list[str]:
    """Which steps of the ladder were taken."""
    return [output.step for output in said(outputs, Healed)]


def test_a_sound_stream_is_left_alone() -> None:
    """Not a word, not a write; nor about a stream that is not held."""
    scene = at_head()
    assert scene.step(Inspect(GARDEN)) == ()
    assert not scene.transaction
    assert scene.step(Inspect(CELLAR)) == ()
    assert scene.state.heals == {}


@pytest.mark.parametrize("damage", ["gone", "another", "too many"])
def test_cells_that_differ_from_the_fold_are_folded_anew(damage: str) -> None:
    """First step: the log is sound, so only the cells are put right; nothing is asked for."""
    scene = at_head()
    entries = scene.garden.entries
    key = entries[1].event_id[:16]
    place = (GARDEN, MESSAGE, b"nobody said this" if damage == "too many" else key)
    found = scene.cells()[(MESSAGE, key)]
    cell = None if damage == "gone" else replace(found, seq=found.seq + 1)
    scene.store.commit(ReplicaTransaction(cells={place: cell}))
    assert scene.cells() != scene.folded(entries)
    outputs = scene.step(Inspect(GARDEN))
    assert outputs == (Healed(GARDEN, "refold"), Changed(GARDEN))
    assert scene.cells() == scene.folded(entries)
    assert scene.held() == tuple(entries)
    assert scene.state.heals == {GARDEN: 1}
    assert scene.step(Inspect(GARDEN)) == ()


def test_people_who_were_forgotten_are_known_again_at_once() -> None:
    """Their cells are put right, and so is what the engine knows of them."""
    scene = at_head(0)
    links = [key for noun, key in scene.cells(PEOPLE) if noun == LINK]
    (key,) = [key for key in links if key[:20] == scene.bob.account]
    scene.put(ReplicaTransaction(cells={(PEOPLE, LINK, key): None}))
    assert scene.state.accounts.author(scene.bob.author.device) is None
    assert healed(scene.step(Inspect(PEOPLE))) == ["refold"]
    assert scene.state.accounts.author(scene.bob.author.device) == scene.bob.author
    assert scene.state.accounts.account_of("carol") == scene.carol.account


def test_a_broken_entry_is_pulled_again_with_all_after_it() -> None:
    """Second step: what is sound stays; the stream is opened from there (matrix 14)."""
    scene = at_head(4)
    spoil(scene, 3)
    outputs = scene.step(Inspect(GARDEN))
    assert outputs[:2] == (Healed(GARDEN, "repull"), Changed(GARDEN))
    assert [(wish.stream, wish.seq, wish.head8) for wish in asked(outputs)] == [
        (GARDEN, *scene.garden.seen(2))
    ]
    assert (scene.row().lo, scene.row().hi, scene.row().head) == (1, 2, scene.garden.head(2))
    assert scene.cells() == scene.folded(scene.garden.entries[:2])
    assert scene.state.orphans == {} == scene.store.orphans
    scene.serve(outputs)
    assert scene.held() == tuple(scene.garden.entries)
    assert scene.cells() == scene.folded(scene.garden.entries)


@pytest.mark.parametrize("changed", ["at_ms", "event_id", "head"])
def test_an_entry_out_of_its_chain_is_broken(changed: str) -> None:
    """Its time, its name or its head is not what the bytes and the chain say."""
    scene = at_head(3)
    log = scene.store.logs[GARDEN]
    right = log.entries[1]
    log.entries[1] = {
        "at_ms": replace(right, at_ms=21),
        "event_id": replace(right, event_id=EventId(bytes(32))),
        "head": replace(right, head=Head(bytes(32))),
    }[changed]
    outputs = scene.step(Inspect(GARDEN))
    assert healed(outputs) == ["repull"]
    assert scene.row().hi == 1


def test_an_entry_that_is_missing_at_the_end_is_pulled_again() -> None:
    """The record says that it is held; the log does not hold it."""
    scene = at_head(3)
    del scene.store.logs[GARDEN].entries[2:]
    outputs = scene.step(Inspect(GARDEN))
    assert healed(outputs) == ["repull"]
    assert [wish.seq for wish in asked(outputs)] == [2]


def test_an_entry_by_somebody_unknown_is_broken() -> None:
    """It was taken from somebody known; what says who they were is put right first."""
    scene = at_head(3)
    stranger, _ = type(scene.bob)("dave").event(GARDEN, Post("who?"))
    scene.rot(2, stranger)
    assert healed(scene.step(Inspect(GARDEN))) == ["repull"]
    assert scene.row().hi == 1


def test_a_stream_whose_first_entry_is_broken_is_opened_anew() -> None:
    """Third step: nothing is kept of it, it starts at its tail."""
    scene = at_head(4, tail_events=3)
    spoil(scene, 2)
    outputs = scene.step(Inspect(GARDEN))
    assert healed(outputs) == ["reopen"]
    assert [wish.seq for wish in asked(outputs)] == [0]
    row = scene.row()
    assert (row.lo, row.hi, row.base, row.head) == (1, 0, EMPTY_HEAD, EMPTY_HEAD)
    assert scene.cells() == {}
    scene.serve(outputs)
    assert scene.held() == tuple(scene.garden.entries[1:])


def test_people_are_known_as_far_as_their_log_is_sound() -> None:
    """Whoever was enrolled beyond the break is nobody until the log is back."""
    scene = at_head(0)
    scene.rot(3, b"\xc1", PEOPLE)
    outputs = scene.step(Inspect(PEOPLE))
    assert healed(outputs) == ["repull"]
    assert scene.state.accounts.author(scene.carol.author.device) is None
    assert scene.state.accounts.author(scene.bob.author.device) == scene.bob.author
    scene.serve(outputs)
    assert scene.state.accounts.author(scene.carol.author.device) == scene.carol.author


def test_without_a_connection_healing_asks_with_the_next_one() -> None:
    """Offline, or before the announcement: the range is cut and nothing is said to anybody."""
    scene = at_head(4)
    scene.reboot()
    spoil(scene, 3)
    outputs = scene.step(Inspect(GARDEN))
    assert (healed(outputs), said(outputs, Send)) == (["repull"], [])
    scene.step(scene.linked())
    spoil(scene, 2)
    outputs = scene.step(Inspect(GARDEN))
    assert (healed(outputs), said(outputs, Send)) == (["repull"], [])
    scene.serve(scene.receive(scene.hub.grants()))
    assert scene.held() == tuple(scene.garden.entries)


@pytest.mark.parametrize(("seq", "left"), [(3, (1, 2)), (1, (1, 0))])
def test_what_is_dropped_no_longer_counts_as_checked(seq: int, left: tuple[int, int]) -> None:
    """Signatures of what comes again are checked again."""
    scene = at_head(4)
    scene.put(ReplicaTransaction(meta={f"verified:{GARDEN.hex()}": encode((1, 4))}))
    spoil(scene, seq)
    scene.step(Inspect(GARDEN))
    assert scene.state.verified == {GARDEN: left}


def test_a_stream_that_is_healed_again_and_again_raises_the_alarm() -> None:
    """With the third time, once."""
    scene = at_head(4)
    heard: list[list[Alarm]] = []
    for _ in range(REPEATS_MAX):
        spoil(scene, 3)
        outputs = scene.step(Inspect(GARDEN))
        heard.append(alarms(outputs))
        scene.serve(outputs)
    assert heard == [[], [], [Alarm("heal_repeats", GARDEN)]]
    assert scene.state.heals == {GARDEN: 3}


def worn_out(count: int = 4) -> Scene:
    """A garden that has been healed as often as may be."""
    scene = at_head(count)
    scene.state.heals[GARDEN] = REPEATS_MAX
    return scene


def test_the_last_step_builds_the_replica_anew() -> None:
    """All streams go and come again, people first; outbox, tray and orphans stay."""
    scene = worn_out()
    scene.put(ReplicaTransaction(meta={f"verified:{GARDEN.hex()}": encode((1, 4))}))
    scene.connect()
    scene.state.heals[GARDEN] = REPEATS_MAX
    (row,) = scene.write("mine")
    spoil(scene, 1)
    outputs = scene.step(Inspect(GARDEN))
    assert healed(outputs) == ["rebuild"] * 4
    assert {output.stream for output in said(outputs, Healed)} == set(scene.hub.logs)
    assert Changed(PEOPLE) in outputs
    assert sorted(scene.transaction.purges) == sorted(scene.hub.logs)
    assert scene.state.streams == {}
    assert scene.state.accounts.author(scene.bob.author.device) is None
    assert scene.state.verified == {}
    assert scene.store.meta.get(f"verified:{GARDEN.hex()}") is None
    assert scene.outbox == [replace(row, push_no=1)]
    assert [wish.stream for wish in asked(outputs)] == [
        stream for stream in scene.hub.logs if stream != GARDEN
    ]
    scene.serve(outputs)
    for stream, log in scene.hub.logs.items():
        assert scene.held(stream) == tuple(log.entries)
        assert scene.cells(stream) == scene.folded(log.entries, stream)


def test_a_refold_is_never_a_reason_to_build_anew() -> None:
    """The log is sound: however often cells rot, they are put right."""
    scene = worn_out()
    key = scene.garden.entries[1].event_id[:16]
    scene.store.commit(ReplicaTransaction(cells={(GARDEN, MESSAGE, key): None}))
    assert healed(scene.step(Inspect(GARDEN))) == ["refold"]


@pytest.mark.parametrize("linked", [False, True])
def test_building_anew_waits_for_the_announcement(linked: bool) -> None:
    """Offline or just connected, nothing is asked for; the announcement opens all."""
    scene = worn_out()
    scene.reboot()
    if linked:
        scene.step(scene.linked())
    scene.state.heals[GARDEN] = REPEATS_MAX
    spoil(scene, 1)
    outputs = scene.step(Inspect(GARDEN))
    assert healed(outputs) == ["rebuild"] * 4
    assert asked(outputs) == []
    scene.connect()
    assert scene.held() == tuple(scene.garden.entries)


def test_an_unknown_kind_is_sound() -> None:
    """It lies raw in the log and has no cell."""
    scene = at_head(1)
    scene.garden.append(*scene.bob.raw(GARDEN, 60_000, b"\xc0"))
    scene.receive(scene.garden.page(2))
    assert scene.step(Inspect(GARDEN)) == ()


def test_edits_are_folded_anew_like_all_else() -> None:
    """Every noun is compared, not messages alone."""
    scene = at_head(1)
    target = TargetId(scene.garden.entries[0].event_id[:16])
    scene.hears(Edit(target, "better"))
    key = next(key for noun, key in scene.cells() if noun == EDIT)
    scene.store.commit(ReplicaTransaction(cells={(GARDEN, EDIT, key): None}))
    assert healed(scene.step(Inspect(GARDEN))) == ["refold"]
    assert (EDIT, key) in scene.cells()
