"""The first commit of a hub: who it is, and whether there is a channel for everybody."""

from hobnob_protocol import codec
from hobnob_protocol.event import Author, decode_event, verify
from hobnob_protocol.ids import DIRECTORY, PEOPLE, ChannelId, hub_id
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.hub_acts import Bootstrap
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.testing.keyed import KeyedSigner, KeyedVerifier
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.hub_engine.inputs import HubSettings
from hobnob_sync.testing.memory import MemoryEventStore
from tests.sync.hub_engine.process import START_MS, Counter


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
