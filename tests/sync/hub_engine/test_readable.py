"""The last door: who may read is known as long as no right has changed, and then asked again."""

from dataclasses import replace

from hobnob_protocol import nouns
from hobnob_protocol.frames import Page
from hobnob_protocol.ids import user_stream
from hobnob_protocol.kinds.messages import Post
from hobnob_sync.hub_engine.live import send_live
from hobnob_sync.hub_engine.reading import EMPTY
from hobnob_sync.hub_engine.step import Step
from hobnob_sync.ports import Cell
from tests.sync.hub_engine.scene import Hub


def test_a_right_that_was_found_holds_until_any_right_changes() -> None:
    """Whatever else has kept its place for the reader."""
    hub = Hub()
    alice, bob = hub.member("alice"), hub.member("bob")
    hub.follow(bob, hub.general)
    hub.told(alice, hub.general, Post("x"))
    subscription = hub.session(bob).subscriptions[hub.general]
    assert subscription.readable_at == hub.engine.state.rights
    hub.told(alice, hub.general, Post("y"))
    assert len(hub.take(bob, Page)) == 2
    engine = hub.engine
    engine.state.put_cell(user_stream(bob.account), nouns.GRANT, hub.general, Cell(99, None))
    step = Step(engine.hub, engine.state, engine.sessions, EMPTY, hub.now_ms)
    last = hub.log(hub.general)[-1]
    step.appended[hub.general] = [replace(last, seq=last.seq + 1)]
    send_live(step)
    assert step.outputs == []
    assert subscription.readable_at == -1


def test_reading_changes_no_right() -> None:
    """Cursors move all the time."""
    hub = Hub()
    bob = hub.member("bob")
    before = hub.engine.state.rights
    cursor = Cell(9, (1, 1))
    hub.engine.state.put_cell(user_stream(bob.account), nouns.READ, hub.general, cursor)
    assert hub.engine.state.rights == before
