"""The person says something: durable before it shows, bounded, and refused without a trace."""

from dataclasses import replace

import pytest

from hobnob_protocol.codec import encode
from hobnob_protocol.errors import OutboxFull, UsageError
from hobnob_protocol.event import NOTHING_SEEN, decode_event, verify
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import OUTBOX_BYTES_MAX, OUTBOX_EVENTS_MAX
from hobnob_protocol.registry import STANDARD
from hobnob_sync.client_engine.inputs import Changed, Compose, Composed, Discard, Retry
from hobnob_sync.ports import OutboxRow, ReplicaTransaction, TrayRow
from tests.sync.client_engine.scene import Scene, pushed, queue, said, waiting
from tests.sync.client_engine.scripted_hub import CELLAR, GARDEN, HUB, SALT, TS_SECONDS

NEW_SALT = b"another sixteen!"
_POST, _HELLO = STANDARD.encode(Post("hello"))
HELLO = Compose(GARDEN, _POST, _HELLO, SALT, TS_SECONDS)


def trayed(scene: Scene, text: str = "rude", code: str = "not_allowed") -> TrayRow:
    """Alice says something offline; it lies in the tray since before the engine started."""
    scene.compose(Post(text))
    (row,) = scene.outbox
    refused = TrayRow(row.n, row.stream, row.event_id, row.event, code)
    scene.put(ReplicaTransaction(outbox={row.n: None}, tray={row.n: refused}))
    return refused


def test_what_is_said_is_signed_and_durable_in_the_same_step() -> None:
    """The outbox row, the author's count and the next place; then the screen is told."""
    scene = Scene()
    outputs = scene.compose(Post("hello"))
    (row,) = scene.outbox
    assert scene.transaction == ReplicaTransaction(
        outbox={1: row}, meta={"next_n": encode(2), "author_seq": encode(1)}
    )
    assert row == OutboxRow(1, 0, GARDEN, row.event_id, row.event, "queued")
    assert outputs == (Composed(1, row.event_id), Changed(GARDEN))
    event = decode_event(row.event)
    assert (event.body, event.salt, event.header.ts_seconds) == (_HELLO, SALT, TS_SECONDS)
    assert verify(event, HUB, GARDEN, scene.author, scene.identity.verifier)


def test_every_event_counts_on_across_streams_and_reboots() -> None:
    """No author_seq and no place is ever given twice (S3)."""
    scene = Scene()
    scene.compose(Post("one"))
    scene.compose(Post("two"), CELLAR)
    scene.reboot()
    scene.compose(Post("three"))
    headers = [decode_event(row.event).header for row in scene.outbox]
    assert [header.author_seq for header in headers] == [1, 2, 3]
    assert [row.n for row in scene.outbox] == [1, 2, 3]


def test_an_event_says_what_its_author_had_seen() -> None:
    """The head of the stream as held; nothing where the stream is not held."""
    scene = Scene()
    scene.posts(3)
    scene.connect()
    scene.compose(Post("here"))
    scene.compose(Post("there"), CELLAR)
    here, there = (decode_event(row.event).header for row in scene.outbox)
    assert (here.seen_seq, here.seen_head8) == scene.garden.seen(3)
    assert (there.seen_seq, there.seen_head8) == (0, NOTHING_SEEN)


@pytest.mark.parametrize("count", [OUTBOX_EVENTS_MAX - 1, OUTBOX_EVENTS_MAX])
def test_the_outbox_holds_so_many_events(count: int) -> None:
    """The last one fits, the next is refused and nothing is changed."""
    scene = Scene()
    queue(scene, *(waiting(n, size_bytes=1) for n in range(1, count + 1)))
    full = count == OUTBOX_EVENTS_MAX
    if full:
        with pytest.raises(OutboxFull):
            scene.step(HELLO)
    else:
        scene.step(HELLO)
    assert len(scene.state.outbox) == OUTBOX_EVENTS_MAX
    assert (scene.state.author_seq, scene.state.next_n) == (0 if full else 1, OUTBOX_EVENTS_MAX + 1)


@pytest.mark.parametrize("short_bytes", [1, 0])
def test_the_outbox_holds_so_many_bytes(short_bytes: int) -> None:
    """One byte short of the bound something may still be said."""
    scene = Scene()
    queue(scene, waiting(1, size_bytes=OUTBOX_BYTES_MAX - short_bytes))
    if short_bytes:
        scene.step(HELLO)
        with pytest.raises(OutboxFull):
            scene.step(HELLO)
    else:
        with pytest.raises(OutboxFull):
            scene.step(HELLO)
    assert len(scene.state.outbox) == 1 + short_bytes


@pytest.mark.parametrize(
    "wrong", [{"body": b""}, {"salt": b"short"}, {"kind": 0}, {"ts_seconds": -1}]
)
def test_what_makes_no_event_leaves_no_trace(wrong: dict[str, object]) -> None:
    """The engine goes on as if nothing had been said."""
    scene = Scene()
    with pytest.raises(UsageError):
        scene.step(replace(HELLO, **wrong))  # type: ignore[arg-type]
    scene.step(HELLO)
    (row,) = scene.outbox
    assert (row.n, decode_event(row.event).header.author_seq) == (1, 1)


def test_what_was_refused_is_sent_again_as_a_new_event() -> None:
    """The same words under a new name; the tray's row goes in the same step (S15)."""
    scene = Scene()
    old = trayed(scene)
    scene.connect()
    outputs = scene.step(Retry(old.n, NEW_SALT, TS_SECONDS + 5))
    (row,) = scene.outbox
    event = decode_event(row.event)
    assert (event.header.kind, event.body) == STANDARD.encode(Post("rude"))
    assert (event.salt, event.header.ts_seconds) == (NEW_SALT, TS_SECONDS + 5)
    assert (row.stream, row.n) == (GARDEN, 2)
    assert row.event_id != old.event_id
    assert scene.state.tray == {}
    assert scene.transaction.tray == {old.n: None}
    assert [one.event for one in pushed(outputs)] == [row.event]


def test_only_what_lies_in_the_tray_is_sent_again() -> None:
    """A number that nothing refused has is the caller's mistake."""
    scene = Scene()
    with pytest.raises(UsageError, match="number 7"):
        scene.step(Retry(7, NEW_SALT, TS_SECONDS))


def test_what_was_refused_stays_while_the_outbox_is_full() -> None:
    """Nothing is lost by asking (P3)."""
    scene = Scene()
    old = trayed(scene)
    big = waiting(9, size_bytes=OUTBOX_BYTES_MAX)
    scene.put(ReplicaTransaction(outbox={9: big}))
    with pytest.raises(OutboxFull):
        scene.step(Retry(old.n, NEW_SALT, TS_SECONDS))
    assert list(scene.state.tray.values()) == [old]


def test_a_refused_event_that_has_rotted_can_only_be_discarded() -> None:
    """Its words cannot be read any more: asking is answered, not a crash."""
    scene = Scene()
    old = trayed(scene)
    scene.put(ReplicaTransaction(tray={old.n: replace(old, event=b"\xc1")}))
    with pytest.raises(UsageError, match=f"number {old.n}"):
        scene.step(Retry(old.n, NEW_SALT, TS_SECONDS))
    assert list(scene.state.tray) == [old.n]
    scene.step(Discard(old.n))
    assert scene.state.tray == {}


def test_a_refused_event_is_forgotten_on_wish() -> None:
    """Its row goes and the screen is told; asked twice, nothing more happens."""
    scene = Scene()
    old = trayed(scene)
    assert said(scene.step(Discard(old.n)), Changed) == [Changed(GARDEN)]
    assert scene.transaction.tray == {old.n: None}
    assert scene.store.tray == {}
    assert scene.step(Discard(old.n)) == ()
    assert not scene.transaction
