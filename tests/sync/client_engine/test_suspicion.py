"""A hub is believed until it contradicts itself: then there is evidence, and else silence."""

from dataclasses import replace

import pytest

from hobnob_protocol.codec import encode
from hobnob_protocol.frames import Checkpoint
from hobnob_protocol.ids import EMPTY_HEAD, Head, Head8, head8
from hobnob_protocol.kinds.hub_acts import Grant
from hobnob_protocol.kinds.messages import Post
from hobnob_sync import checkpoint as checkpoints
from hobnob_sync.client_engine.inputs import Alarm, Backfill, Received
from hobnob_sync.client_engine.state import encode_checkpoint
from hobnob_sync.client_engine.suspicion import checkpoint_asks
from hobnob_sync.ports import Entry, RangeKey, ReplicaTransaction
from hobnob_sync.witness import UNKNOWN_FORKS, Forks
from tests.sync.client_engine.scene import Outputs, Scene, accepted, ack, alarms
from tests.sync.client_engine.scripted_hub import (
    CAUSE,
    CELLAR,
    FIRST,
    GARDEN,
    HUB,
    HUB_SIGNER,
    SECOND,
    Seen,
)

ELSEWHERE = Head8(b"not ours")


def at_head(count: int = 5, tail_events: int = 50) -> Scene:
    """A replica at the head of a garden with so many posts."""
    scene = Scene(tail_events)
    scene.posts(count)
    scene.connect()
    return scene


def tells(scene: Scene, seen: Seen, author_seq: int = 0) -> tuple[Entry, Outputs]:
    """Bob posts, having seen that."""
    entry = scene.hub.say(GARDEN, scene.bob, Post("hello"), seen, author_seq)
    return entry, scene.receive(scene.garden.page(entry.seq))


def accused(entry: Entry) -> list[Alarm]:
    """The alarm that an author's event raises."""
    return [Alarm("seen", GARDEN, (entry.event,))]


# What authors have seen.


@pytest.mark.parametrize("seq", [0, 1, 3, 5])
def test_an_author_who_saw_what_we_hold_raises_nothing(seq: int) -> None:
    """Nothing, the first place, one within, the head before."""
    scene = at_head(5)
    _, outputs = tells(scene, scene.garden.seen(seq) if seq else (0, Head8(bytes(8))))
    assert alarms(outputs) == []


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_an_author_who_saw_another_history_is_the_proof(seq: int) -> None:
    """Within one message of cross-talk (matrix 25): their signed event is the evidence."""
    scene = at_head(5)
    entry, outputs = tells(scene, (seq, ELSEWHERE))
    assert alarms(outputs) == accused(entry)
    assert scene.row().hi == 6


@pytest.mark.parametrize("seq", [6, 7])
def test_nobody_has_seen_what_came_after_their_own_event(seq: int) -> None:
    """Its own place or beyond: another history had them."""
    scene = at_head(5)
    entry, outputs = tells(scene, (seq, ELSEWHERE))
    assert alarms(outputs) == accused(entry)


def test_what_an_author_saw_in_the_same_page_is_compared_there() -> None:
    """The head of an event that has only just come."""
    scene = at_head(2)
    scene.posts(1)
    scene.hub.say(GARDEN, scene.carol, Post("right"), scene.garden.seen(3))
    wrong = scene.hub.say(GARDEN, scene.carol, Post("wrong"), (3, ELSEWHERE))
    outputs = scene.receive(scene.garden.page(3))
    assert alarms(outputs) == accused(wrong)


def test_what_lies_before_the_held_range_proves_nothing() -> None:
    """All but its very base, whose head is known."""
    scene = at_head(5, tail_events=2)
    assert scene.row().lo == 4
    _, outputs = tells(scene, (2, ELSEWHERE))
    assert alarms(outputs) == []
    entry, outputs = tells(scene, (3, ELSEWHERE))
    assert alarms(outputs) == accused(entry)
    _, outputs = tells(scene, scene.garden.seen(3))
    assert alarms(outputs) == []


def test_history_is_judged_like_what_is_new() -> None:
    """By the heads of its own page and what is held above it."""
    scene = Scene(tail_events=1)
    scene.posts(2)
    scene.hub.say(GARDEN, scene.bob, Post("right"), scene.garden.seen(1))
    wrong = scene.hub.say(GARDEN, scene.bob, Post("wrong"), (1, ELSEWHERE))
    scene.posts(1)
    scene.connect()
    scene.step(Backfill(GARDEN))
    assert alarms(scene.receive(scene.garden.back(1, 4))) == accused(wrong)


def test_what_the_hub_says_it_has_seen_proves_nothing() -> None:
    """It is no witness of itself."""
    scene = at_head(1)
    user = scene.hub.user
    entry = scene.hub.say(user, scene.hub.voice, Grant(GARDEN, 0, CAUSE), (1, ELSEWHERE))
    outputs = scene.receive(scene.hub.logs[user].page(entry.seq))
    assert alarms(outputs) == []


def test_our_own_head_that_is_missing_on_the_disk_proves_nothing() -> None:
    """An inspection will tell."""
    scene = at_head(5)
    del scene.store.logs[GARDEN].entries[3:]
    scene.posts(1)
    entry = scene.hub.say(GARDEN, scene.bob, Post("hello"), (4, ELSEWHERE))
    incoming = Received(scene.garden.page(6), 1)
    loaded = scene.store.load(scene.engine.needs(incoming))
    scene.engine.decide(incoming, loaded, scene.now_ms)
    assert scene.row().hi == entry.seq
    assert alarms(scene.engine.committed()) == []


# After a restore.


def forked(low: int, high: int) -> Scene:
    """The garden went another way at these places; the replica knows."""
    scene = at_head(5)
    scene.put(
        ReplicaTransaction(meta={"forked": b"\1", f"fork:{GARDEN.hex()}": encode((low, high))})
    )
    scene.connect()
    return scene


@pytest.mark.parametrize(("seq", "proves"), [(2, True), (3, False), (4, False), (6, False)])
def test_above_the_first_fork_a_difference_is_excused(seq: int, proves: bool) -> None:
    """It may have been composed in the lost history: no false alarm (S20)."""
    scene = forked(2, 3)
    entry, outputs = tells(scene, (seq, ELSEWHERE))
    assert alarms(outputs) == (accused(entry) if proves else [])


def test_a_device_that_lives_in_the_new_history_is_a_witness_again() -> None:
    """A match above the last fork is remembered; what it says after that must fit."""
    scene = forked(2, 3)
    _, outputs = tells(scene, scene.garden.seen(4), 10)
    assert alarms(outputs) == []
    device = scene.bob.author.device
    assert scene.state.witnesses == {GARDEN: {device: 10}}
    assert scene.store.meta[f"witness:{GARDEN.hex()}"] == encode(((device, 10),))
    _, outputs = tells(scene, (5, ELSEWHERE), 9)
    assert alarms(outputs) == []
    entry, outputs = tells(scene, (5, ELSEWHERE), 11)
    assert alarms(outputs) == accused(entry)


def test_a_match_up_to_the_last_fork_makes_no_witness() -> None:
    """Both histories share that place."""
    scene = forked(2, 3)
    tells(scene, scene.garden.seen(3), 10)
    assert scene.state.witnesses == {}


def test_a_witness_may_arise_and_speak_in_one_page() -> None:
    """The events of a page are judged in their order, each with what the ones before have shown."""
    scene = forked(2, 3)
    scene.hub.say(GARDEN, scene.bob, Post("here"), scene.garden.seen(4), 10)
    scene.hub.say(GARDEN, scene.carol, Post("too"), scene.garden.seen(5), 4)
    wrong = scene.hub.say(GARDEN, scene.bob, Post("wrong"), (5, ELSEWHERE), 11)
    assert alarms(scene.receive(scene.garden.page(6))) == accused(wrong)
    assert scene.state.witnesses == {
        GARDEN: {scene.bob.author.device: 10, scene.carol.author.device: 4}
    }


def test_where_a_stream_forked_unknown_nothing_in_it_is_proved() -> None:
    """The hub has lost something and has not said where in this stream."""
    scene = at_head(5)
    scene.put(ReplicaTransaction(meta={"forked": b"\1"}))
    scene.connect()
    assert scene.state.fork_seqs(GARDEN) == UNKNOWN_FORKS
    _, outputs = tells(scene, (1, ELSEWHERE))
    assert alarms(outputs) == []


def test_where_a_stream_forked_is_learned_with_its_answer() -> None:
    """A stream granted after the announcement: first and last, written once."""
    scene = at_head(5)
    answer = replace(scene.garden.opened(5), forks=(4, 2, 3))
    scene.receive(answer)
    assert scene.state.forks == {GARDEN: Forks(2, 4)}
    assert scene.transaction.meta == {f"fork:{GARDEN.hex()}": encode((2, 4))}
    scene.receive(answer)
    assert scene.transaction.meta == {}
    scene.receive(replace(answer, forks=()))
    assert scene.state.forks == {GARDEN: Forks(2, 4)}


# What the hub has acknowledged.


def test_an_acknowledged_place_that_another_event_takes_is_proof() -> None:
    """Acked and dropped (matrix 25): our event and what stands in its place."""
    scene = at_head(1)
    (row,) = scene.write("mine")
    scene.accept_at(row, 3)
    assert alarms(scene.hears(Post("before"))) == []
    outputs = scene.hears(Post("instead"))
    assert alarms(outputs) == [Alarm("acked", GARDEN, (row.event, scene.garden.entries[2].event))]


@pytest.mark.parametrize(("promised", "told"), [(2, False), (3, True)])
def test_an_acknowledged_event_stands_where_it_was_promised(promised: int, told: bool) -> None:
    """At another place it is proof, and settled all the same."""
    scene = at_head(1)
    (row,) = scene.write("mine")
    scene.accept_at(row, promised)
    scene.garden.append(row.event, row.event_id)
    outputs = scene.receive(scene.garden.page(2))
    assert alarms(outputs) == ([Alarm("acked", GARDEN, (row.event,))] if told else [])
    assert scene.outbox == []


def test_what_was_not_acknowledged_may_stand_anywhere() -> None:
    """Nor does another stream's place bind this one."""
    scene = at_head(1)
    scene.hub.grant(CELLAR)
    scene.serve(scene.receive(scene.hub.logs[scene.hub.user].page(2)))
    (queued,) = scene.write("mine")
    scene.compose(Post("below"), CELLAR)
    below = scene.outbox[1]
    scene.receive(ack(accepted(queued, 9)))
    scene.receive(ack(accepted(below, 2)))
    assert alarms(scene.hears(Post("another"))) == []
    (_, _, unanswered) = scene.write("not yet")
    scene.garden.append(unanswered.event, unanswered.event_id)
    assert alarms(scene.receive(scene.garden.page(3))) == []


# Checkpoints.


def test_the_newest_checkpoint_of_a_stream_is_kept() -> None:
    """An older one, or the same again, changes nothing and proves nothing."""
    scene = at_head(5)
    newest = scene.hub.checkpoint(GARDEN, 4)
    assert scene.receive(newest) == ()
    assert scene.state.checkpoints == {GARDEN: newest}
    assert scene.transaction.meta == {f"checkpoint:{GARDEN.hex()}": encode_checkpoint(newest)}
    for other in (scene.hub.checkpoint(GARDEN, 3), newest):
        assert scene.receive(other) == ()
        assert not scene.transaction
    later = scene.hub.checkpoint(GARDEN, 5)
    scene.receive(later)
    assert scene.state.checkpoints == {GARDEN: later}


def signed(seq: int, head: Head, at_ms: int = 1) -> Checkpoint:
    """The hub's signature under any head."""
    return checkpoints.sign(HUB, HUB_SIGNER, FIRST, GARDEN, seq, head, at_ms)


@pytest.mark.parametrize("seq", [2, 3, 4, 5])
def test_a_checkpoint_of_another_head_than_ours_is_proof(seq: int) -> None:
    """At the base, within, at the head: signed by the hub itself; it is not kept."""
    scene = at_head(5, tail_events=3)
    lie = signed(seq, Head(bytes(32)))
    assert alarms(scene.receive(lie)) == [Alarm("equivocation", GARDEN, (encode_checkpoint(lie),))]
    assert scene.state.checkpoints == {}


@pytest.mark.parametrize("seq", [1, 6])
def test_a_checkpoint_of_what_is_not_held_is_kept(seq: int) -> None:
    """There is nothing to compare it with yet."""
    scene = at_head(5, tail_events=3)
    word = signed(seq, Head(bytes(32)))
    assert scene.receive(word) == ()
    assert scene.state.checkpoints == {GARDEN: word}


def test_two_checkpoints_for_one_place_are_proof() -> None:
    """Both signatures are the evidence; the first is kept."""
    scene = at_head(5)
    first = signed(9, Head(b"1" * 32))
    second = signed(9, Head(b"2" * 32))
    scene.receive(first)
    outputs = scene.receive(second)
    assert alarms(outputs) == [
        Alarm("equivocation", GARDEN, (encode_checkpoint(first), encode_checkpoint(second)))
    ]
    assert scene.state.checkpoints == {GARDEN: first}


def test_a_checkpoint_the_hub_never_signed_is_told_and_ignored() -> None:
    """Whoever stands between us and the hub made it up."""
    scene = at_head(5)
    forged = replace(scene.hub.checkpoint(GARDEN, 4), signature=bytes(64))
    assert alarms(scene.receive(forged)) == [
        Alarm("checkpoint", GARDEN, (encode_checkpoint(forged),))
    ]
    assert scene.state.checkpoints == {}


def test_a_checkpoint_of_another_epoch_or_stream_says_nothing() -> None:
    """It was true once, or is none of our business."""
    scene = at_head(5)
    old = checkpoints.sign(HUB, HUB_SIGNER, SECOND, GARDEN, 4, Head(bytes(32)), 1)
    other = checkpoints.sign(HUB, HUB_SIGNER, FIRST, CELLAR, 4, Head(bytes(32)), 1)
    for word in (old, other):
        assert scene.receive(word) == ()
        assert not scene.transaction


@pytest.mark.parametrize(("seq", "asked"), [(2, False), (3, True), (4, True), (5, False)])
def test_only_a_head_within_the_range_has_to_be_read(seq: int, asked: bool) -> None:
    """Those at its ends stand in the record."""
    scene = at_head(5, tail_events=3)
    keys = checkpoint_asks(scene.state, scene.hub.checkpoint(GARDEN, seq))
    assert keys == ((RangeKey(GARDEN, seq, 1, 1),) if asked else ())
    assert checkpoint_asks(scene.state, replace(signed(seq, EMPTY_HEAD), stream=CELLAR)) == ()


def test_an_honest_checkpoint_is_never_an_alarm() -> None:
    """Wherever it stands (S20)."""
    scene = at_head(5, tail_events=3)
    for seq in range(6):
        assert alarms(scene.receive(scene.hub.checkpoint(GARDEN, seq))) == []
    assert head8(scene.state.checkpoints[GARDEN].head) == scene.garden.seen(5)[1]
