"""What a step asks its store before it decides: each thing once, and nothing for nothing."""

from hobnob_protocol.frames import Checkpoint, Open, Push, Pushed, Welcome
from hobnob_protocol.ids import Head
from hobnob_protocol.kinds.messages import Post
from hobnob_sync.hub_engine.inputs import Input, Received, Reopen, Tick
from hobnob_sync.ports import KnownKey, RangeKey
from tests.sync.hub_engine.scene import Hub


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
