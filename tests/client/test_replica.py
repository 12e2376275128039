"""One replica file, several processes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hobnob_client.keyring import DeviceFile
from hobnob_client.notes import Noting
from hobnob_client.paths import Profile
from hobnob_client.reading import Reader
from hobnob_client.replica import BATCHES_MANY, Replica, identity_of
from hobnob_client.store import SqliteReplicaStore
from hobnob_client.store.database import SqliteDatabase
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.errors import OutboxFull, StoreFull, UsageError, WorldError
from hobnob_protocol.ids import ChannelId, DeviceKey, EventId, GrantId, Head, channel_stream
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import OUTBOX_EVENTS_MAX
from hobnob_protocol.registry import STANDARD
from hobnob_sync.client_engine.inputs import Changed, Compose, Composed, Discard, Retry, Tick
from hobnob_sync.ports import OutboxRow, ReplicaStream, ReplicaTransaction
from tests.client.test_keyring import ALICE

GARDEN = channel_stream(ChannelId(bytes(16)))
DEVICE: DeviceFile = replace(ALICE, hub_key=DeviceKey(bytes(range(32))))


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """A directory for a replica."""
    made = Profile(tmp_path / "alice")
    made.make()
    return made


@pytest.fixture
def store(profile: Profile) -> SqliteReplicaStore:
    """The store under the owner's replica."""
    return SqliteReplicaStore.open(str(profile.replica))


@pytest.fixture
def owner(store: SqliteReplicaStore) -> Iterator[Replica]:
    """The process with the link."""
    replica = Replica(store, identity_of(DEVICE, Ed25519Verifier()))
    replica.own()
    yield replica
    replica.close()


@pytest.fixture
def other(profile: Profile, owner: Replica) -> Iterator[Replica]:
    """A process without it."""
    replica = Replica.open(profile, DEVICE, Ed25519Verifier())
    yield replica
    replica.close()


def post(text: str) -> Compose:
    """Somebody writes."""
    kind, data = STANDARD.encode(Post(text))
    return Compose(GARDEN, kind, data, text.encode().ljust(16, b"."), 1_700_000_000)


def places(replica: Replica, text: str) -> int:
    """Compose it: its place."""
    outputs = replica.step(post(text), 0).outputs
    return next(output.n for output in outputs if isinstance(output, Composed))


def test_places_are_given_once_whoever_writes(owner: Replica, other: Replica) -> None:
    """Two processes in turn: each event has a place of its own."""
    given = [places(each, f"{nth}") for nth in range(4) for each in (owner, other)]
    assert given == list(range(1, 9))
    assert owner.engine is not None
    assert len(owner.engine.state.outbox) == 7
    assert owner.changed()
    owner.step(Tick(), 0)
    assert len(owner.engine.state.outbox) == 8


def test_the_owner_notices_what_others_wrote(owner: Replica, other: Replica) -> None:
    """Asked, it says so until it has taken it in; its own writing is no news to it."""
    assert not owner.changed()
    places(owner, "mine")
    assert not owner.changed()
    places(other, "theirs")
    assert owner.changed()
    assert owner.changed()
    assert Changed(GARDEN) in owner.step(Tick(), 0).outputs
    assert not owner.changed()


def test_others_notice_what_the_owner_wrote_once(owner: Replica, other: Replica) -> None:
    """Who has no engine has nothing to take in: it is told once."""
    places(other, "mine")
    assert not other.changed()
    places(owner, "theirs")
    assert other.changed()
    assert not other.changed()


def test_a_full_outbox_changes_nothing(profile: Profile, owner: Replica, other: Replica) -> None:
    """Either process is told; what others wrote has still been taken in."""
    waiting: dict[int, OutboxRow | None] = {
        n: OutboxRow(n, 0, GARDEN, EventId(n.to_bytes(32, "big")), b"event", "queued")
        for n in range(1, OUTBOX_EVENTS_MAX + 1)
    }
    third = SqliteReplicaStore.open(str(profile.replica))
    third.commit(ReplicaTransaction(outbox=waiting))
    third.close()
    for replica in (owner, other):
        with pytest.raises(OutboxFull):
            replica.step(post("one too many"), 0)
    assert owner.engine is not None
    assert len(owner.engine.state.outbox) == OUTBOX_EVENTS_MAX


def test_nothing_refused_cannot_be_retried(owner: Replica, other: Replica) -> None:
    """A usage error leaves both as they were."""
    for replica in (owner, other):
        with pytest.raises(UsageError):
            replica.step(Retry(7, bytes(16), 0), 0)
        replica.step(Discard(7), 0)
    assert places(owner, "still works") == 1


def test_what_is_said_is_synced_and_what_is_pulled_is_not(
    store: SqliteReplicaStore, owner: Replica
) -> None:
    """FULL before it is shown; NORMAL for what the hub can send again."""
    places(owner, "mine")
    assert store.sql.query("PRAGMA synchronous") == [(2,)]
    owner.step(Tick(), 0)
    assert store.sql.query("PRAGMA synchronous") == [(1,)]


def test_a_replica_keeps_its_name(owner: Replica, other: Replica) -> None:
    """Drawn once, for all processes."""
    name = owner.replica_id(b"first...")
    assert other.replica_id(b"second..") == name == b"first..."


def test_a_reader_sees_what_waits(profile: Profile, other: Replica) -> None:
    """Composed in one process, read in another at once."""
    reader = Reader(profile, DEVICE)
    assert reader.outbox() == ()
    places(other, "hello")
    assert [row.n for row in reader.outbox()] == [1]
    page = reader.before(GARDEN, None, 10)
    assert [(shown.text, shown.pending) for shown in page.messages] == [("hello", True)]
    reader.close()


def test_a_reading_store_changes_nothing(profile: Profile, other: Replica) -> None:
    """Its connection cannot write, and makes no file."""
    reading = SqliteReplicaStore.open_to_read(str(profile.replica))
    with pytest.raises(StoreFull, match="readonly"):
        reading.commit(ReplicaTransaction(meta={"name": b"value"}))
    reading.close()
    with pytest.raises(WorldError):
        SqliteReplicaStore.open_to_read(str(profile.directory / "nowhere"))
    assert not (profile.directory / "nowhere").exists()


def test_what_is_noted_with_what_one_says_is_kept_with_it_or_not_at_all(
    owner: Replica, other: Replica
) -> None:
    """Whichever process says it; of what is refused, or dies on the way, nothing is noted."""

    def also(before: bytes) -> bytes:
        return before + b"sent"

    def dies(_: bytes) -> bytes:
        raise KeyboardInterrupt

    owner.steps((post("hello"),), 0, Noting("sent", also))
    other.steps((post("again"),), 0, Noting("sent", also))
    with pytest.raises(UsageError):
        owner.steps((Retry(7, bytes(16), 0),), 0, Noting("sent", also))
    with pytest.raises(KeyboardInterrupt):
        owner.steps((post("lost"),), 0, Noting("sent", dies))
    assert owner.notes.all() == {"sent": b"sentsent"}
    owner.step(Tick(), 0)
    assert owner.engine is not None
    assert len(owner.engine.state.outbox) == 2


def test_a_profile_may_lie_anywhere(tmp_path: Path) -> None:
    """Also where a name has letters that mean something in a URI."""
    profile = Profile(tmp_path / "50% off? #1")
    profile.make()
    replica = Replica.open(profile, DEVICE, Ed25519Verifier())
    assert places(replica, "hello") == 1
    replica.close()
    reader = Reader(profile, DEVICE)
    assert len(reader.outbox()) == 1
    reader.close()


def held(nth: int) -> ReplicaStream:
    """A channel of which one event is held."""
    stream = channel_stream(ChannelId(bytes([nth]) * 16))
    nothing = Head(bytes(32))
    return ReplicaStream(stream, nth, GrantId(bytes(8)), 1, 1, 1, nothing, nothing)


@pytest.mark.parametrize(("channels", "times"), [(1, 0), (BATCHES_MANY, 1)])
def test_what_indexing_much_takes_of_memory_is_let_go(
    store: SqliteReplicaStore, channels: int, times: int
) -> None:
    """Not after each message: what was read just now is asked again."""
    streams = {row.stream: row for row in map(held, range(1, channels + 1))}
    store.commit(ReplicaTransaction(streams=streams))
    asked: list[str] = []
    assert isinstance(store.sql, SqliteDatabase)
    store.sql.raw.set_trace_callback(asked.append)
    replica = Replica(store, identity_of(DEVICE, Ed25519Verifier()))
    while replica.index_some():
        pass
    assert not replica.index_some()
    assert asked.count("PRAGMA shrink_memory") == times
    replica.close()
