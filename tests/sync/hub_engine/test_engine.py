"""The engine as a shell sees it: what it asks, what it commits, what it says, when it wakes."""

from hobnob_protocol import codec
from hobnob_protocol.errors import ByeCode
from hobnob_protocol.event import Author, decode_event, verify
from hobnob_protocol.frames import Bye, Checkpoint, Open, Page, Push, Pushed, Welcome
from hobnob_protocol.ids import DIRECTORY, PEOPLE, ChannelId, Head, StreamId, hub_id
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.hub_acts import Bootstrap
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.testing.keyed import KeyedSigner, KeyedVerifier
from hobnob_sync.hub_engine.engine import RETRY_MS, HubEngine
from hobnob_sync.hub_engine.inputs import Close, HubSettings, Input, Received, Reopen, Tick
from hobnob_sync.ports import Entry, KnownKey, RangeKey
from hobnob_sync.testing.memory import MemoryEventStore
from tests.sync.hub_engine.process import START_MS, Counter
from tests.sync.hub_engine.scene import Hub


def test_a_new_hub_has_its_key_its_name_and_one_channel_for_everybody() -> None:
    """Signed by itself; nobody is anything yet."""
    signer, verifier = KeyedSigner(b"hub"), KeyedVerifier()
    name = hub_id(signer.public_key)
    transaction = HubEngine.bootstrap(
        name, signer, verifier, STANDARD, Counter(), HubSettings(name="garden"), START_MS
    )
    store = MemoryEventStore()
    store.commit(transaction)
    image = store.boot(HubEngine.NOUNS)
    channel = next(row.stream for row in image.streams if row.stream[:2] == b"c:")
    assert [(row.stream, row.number, row.seq) for row in image.streams] == [
        (DIRECTORY, 1, 2),
        (PEOPLE, 2, 0),
        (channel, 3, 0),
    ]
    events = [decode_event(entry.event) for entry in store.logs[DIRECTORY].entries]
    assert [STANDARD.decode(event.header.kind, event.body) for event in events] == [
        Bootstrap(signer.public_key, "garden"),
        ChannelCreate(ChannelId(channel[2:]), "general", "", True),
    ]
    engine = HubEngine(image, name, signer, verifier, STANDARD, Counter(), HubSettings())
    hub = engine.state.accounts.hub
    assert all(verify(event, name, DIRECTORY, hub, verifier) for event in events)
    assert hub == Author(hub.account, hub.device, signer.public_key)
    assert [entry.at_ms for entry in store.logs[DIRECTORY].entries] == [START_MS, START_MS]
    assert [event.header.ts_seconds for event in events] == [START_MS // 1_000] * 2
    assert [event.header.author_seq for event in events] == [1, 2]
    assert [event.header.seen_seq for event in events] == [0, 1]
    assert len(image.lineage) == 1
    assert image.lineage[0].forks == ()
    assert codec.decode(image.meta["author_seq"]) == 2
    assert (image.devices, engine.state.accounts.all) == ((), ())


def test_a_hub_that_its_replicas_will_fill_begins_without_a_channel() -> None:
    """Only its key and name are said: the channels are theirs to bring back."""
    signer = KeyedSigner(bytes(32))
    transaction = HubEngine.bootstrap(
        hub_id(signer.public_key),
        signer,
        KeyedVerifier(),
        STANDARD,
        Counter(),
        HubSettings("Testers"),
        START_MS,
        channel_name="",
    )
    assert [stream for stream, _ in transaction.entries] == [DIRECTORY]
    assert set(transaction.streams) == {DIRECTORY, PEOPLE}


def test_nothing_is_asked_for_nothing() -> None:
    """Nor for a connection that is not there, nor for a frame that needs nothing."""
    hub = Hub()
    alice = hub.member("alice")
    hub.step([])
    assert hub.outputs == ()
    assert not hub.decision.transaction
    batch = [
        Received(99, Push((Pushed(1, hub.general, b"x"),)), 1),
        Received(alice.conn, Welcome((), 0, 0, False, 0), 1),
        Reopen(),
        Tick(),
    ]
    assert hub.engine.needs(batch) == ()
    assert hub.step(batch) == ()


def test_what_is_asked_twice_is_loaded_once() -> None:
    """Two frames about one event ask one question; what is loaded is not asked again."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    head = len(hub.log(hub.general))
    word = Checkpoint(hub.engine.state.epoch, hub.general, head, Head(bytes(32)), 0, bytes(64))
    wish = Open((hub.open_stream(alice, hub.general, head),))
    batch: list[Input] = [
        Received(alice.conn, wish, 1),
        Received(bob.conn, word, 1),
        Received(bob.conn, wish, 1),
    ]
    key = RangeKey(hub.general, head, 1, 1)
    assert hub.engine.needs(batch) == (key,)
    assert hub.engine.needs(batch, hub.store.load((key,))) == ()


def test_where_an_event_is_is_asked_once_it_is_known_to_be_there() -> None:
    """First by its name, then the entry."""
    hub = Hub()
    alice = hub.member("alice")
    said = hub.pushed(alice, hub.general, Post("x"))
    hub.push(alice, said)
    batch = [Received(alice.conn, Push((said,)), 1)]
    first = hub.engine.needs(batch)
    assert KnownKey(hub.id_of(alice, said)) in first
    loaded = hub.store.load(first)
    assert hub.engine.needs(batch, loaded) == (
        RangeKey(hub.general, len(hub.log(hub.general)), 1, 1),
    )


def test_nothing_is_said_before_the_commit_and_all_of_it_once() -> None:
    """What a step has to say waits for the disk."""
    hub = Hub()
    alice = hub.member("alice")
    hub.decide([Received(alice.conn, Push((hub.pushed(alice, hub.general, Post("x")),)), 1)])
    assert hub.heard.get(alice.conn) is None
    hub.store.commit(hub.decision.transaction)
    assert len(hub.engine.committed()) == 1
    assert hub.engine.committed() == ()


def test_after_a_failed_commit_everybody_is_told_to_come_back() -> None:
    """Nothing of the step is said; a new engine knows nothing of it."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    hub.follow(bob, hub.general)
    before = len(hub.log(hub.general))
    said = hub.pushed(alice, hub.general, Post("x"))
    hub.decide([Received(alice.conn, Push((said,)), 1)])
    come_back = Bye(ByeCode.RETRY, RETRY_MS)
    assert RETRY_MS == 2_000
    assert hub.engine.failed() == (Close(alice.conn, come_back), Close(bob.conn, come_back))
    assert hub.engine.committed() == ()
    hub.reboot()
    hub.login(alice)
    assert [answer.status for answer in hub.push(alice, said)] == [0]
    assert len(hub.log(hub.general)) == before + 1


def test_a_step_sees_what_an_earlier_one_of_its_batch_did() -> None:
    """In the order of the batch."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    batch = [
        Received(one.conn, Push((hub.pushed(one, hub.general, Post(one.name)),)), 1)
        for one in (bob, alice, bob)
    ]
    hub.step(batch)
    assert [post.text for post in hub.bodies(hub.general, Post)] == ["bob", "alice", "bob"]
    assert [hub.acked(one)[0].answers[0].status for one in (alice, bob)] == [0, 0]


def test_more_to_send_is_said_with_the_decision() -> None:
    """So that a shell goes on at once, and stops when there is no more."""
    hub = Hub()
    alice = hub.member("alice")
    for _ in range(3):
        hub.fill(alice, hub.general, 30, "x" * 1_000)
    hub.open(alice, hub.open_stream(alice, hub.general, tail=80))
    assert hub.decision.again
    hub.step([Tick()])
    assert hub.decision.again
    hub.step([Tick()])
    assert not hub.decision.again
    assert len(hub.take(alice, Page)) == 2


def test_the_same_inputs_make_the_same_hub() -> None:
    """Down to the last byte, when time and entropy are the same."""
    logs: list[dict[StreamId, tuple[Entry, ...]]] = []
    for _ in range(2):
        hub = Hub()
        alice = hub.member("alice")
        hub.channel(alice, "talk")
        hub.fill(alice, hub.general, 5)
        logs.append({stream: hub.log(stream) for stream in hub.engine.state.streams})
    assert logs[0] == logs[1]
