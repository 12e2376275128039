"""What a replica remembers: read at boot, exactly as it was written."""

from hobnob_protocol import codec
from hobnob_protocol.ids import DIRECTORY, MODERATION, PEOPLE, DeviceId, EventId, user_stream
from hobnob_sync.client_engine.state import decode_checkpoint, encode_checkpoint, meta_key
from hobnob_sync.ports import OrphanRow, ReplicaTransaction, TrayRow
from hobnob_sync.witness import UNKNOWN_FORKS, Forks
from tests.sync.client_engine.scene import Scene, queue, waiting
from tests.sync.client_engine.scripted_hub import CELLAR, FIRST, GARDEN

DEVICE = DeviceId(b"device-8")


def test_a_fresh_replica_remembers_nothing() -> None:
    """Counting begins at one."""
    state = Scene().state
    assert (state.streams, state.outbox, state.tray, state.orphans) == ({}, {}, {}, {})
    assert (state.epoch, state.ancestry, state.author_seq, state.next_n) == (None, b"", 0, 1)
    assert (state.offer_due, state.forked, state.queued) == (False, False, False)
    assert (state.outbox_bytes, state.next_push_no) == (0, 1)
    assert (state.suspects, state.heals) == ({}, {})
    assert state.digest() is None


def test_small_values_are_read_as_they_were_written() -> None:
    """Of the replica, and stream by stream."""
    scene = Scene()
    shown = scene.hub.checkpoint(PEOPLE, 2)
    scene.put(
        ReplicaTransaction(
            meta={
                "epoch": FIRST,
                "ancestry": b"past",
                "author_seq": codec.encode(300),
                "next_n": codec.encode(70),
                "offer_due": b"\1",
                "forked": b"\1",
                meta_key("checkpoint", PEOPLE): encode_checkpoint(shown),
                meta_key("verified", GARDEN): codec.encode((3, 9)),
                meta_key("witness", GARDEN): codec.encode(((DEVICE, 4),)),
                meta_key("fork", GARDEN): codec.encode((2, 5)),
                "something else": b"of a later version",
            }
        )
    )
    state = scene.state
    assert (state.epoch, state.ancestry) == (FIRST, b"past")
    assert (state.author_seq, state.next_n) == (300, 70)
    assert (state.offer_due, state.forked) == (True, True)
    assert state.checkpoints == {PEOPLE: shown}
    assert state.verified == {GARDEN: (3, 9)}
    assert state.witnesses == {GARDEN: {DEVICE: 4}}
    assert state.forks == {GARDEN: Forks(2, 5)}


def test_rows_are_found_by_place_and_by_name() -> None:
    """The outbox by n and by event, with its size; tray and orphans too."""
    scene = Scene()
    one, two = waiting(1, size_bytes=30), waiting(2, size_bytes=12, state="acked")
    tray = TrayRow(7, GARDEN, one.event_id, b"x", "gone")
    orphan = OrphanRow(GARDEN, 1, 1, EventId(bytes(32)), b"y")
    queue(scene, one, two)
    scene.put(ReplicaTransaction(tray={7: tray}, orphans={orphan.event_id: orphan}))
    state = scene.state
    assert state.outbox == {1: one, 2: two}
    assert state.outbox_ids == {one.event_id: 1, two.event_id: 2}
    assert state.outbox_bytes == 42
    assert (state.tray, state.orphans) == ({7: tray}, {orphan.event_id: orphan})
    assert state.queued
    scene.put(ReplicaTransaction(outbox={1: None}))
    assert not scene.state.queued


def test_where_a_stream_forked_matters_only_after_a_loss() -> None:
    """None while the hub never lost anything; unknown places excuse all."""
    scene = Scene()
    scene.put(ReplicaTransaction(meta={meta_key("fork", GARDEN): codec.encode((2, 5))}))
    assert scene.state.fork_seqs(GARDEN) is None
    scene.put(ReplicaTransaction(meta={"forked": b"\1"}))
    assert scene.state.fork_seqs(GARDEN) == Forks(2, 5)
    assert scene.state.fork_seqs(CELLAR) == UNKNOWN_FORKS


def test_who_it_belongs_to_and_what_it_needs_first() -> None:
    """One's own stream, the directory, the people, then moderation."""
    scene = Scene()
    assert scene.state.account == scene.alice.account
    assert scene.state.control_streams == (
        user_stream(scene.alice.account), DIRECTORY, PEOPLE, MODERATION,
    )  # fmt: skip


def test_a_checkpoint_is_kept_whole() -> None:
    """With the signature that makes it evidence."""
    shown = Scene().hub.checkpoint(PEOPLE, 3)
    assert decode_checkpoint(encode_checkpoint(shown)) == shown
