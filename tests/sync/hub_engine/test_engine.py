"""The engine as a shell sees it: what it commits, what it says, when it wakes."""

from hobnob_protocol.errors import ByeCode
from hobnob_protocol.frames import Bye, Page, Push
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kinds.messages import Post
from hobnob_sync.hub_engine.engine import RETRY_MS
from hobnob_sync.hub_engine.inputs import Close, Received, Tick
from hobnob_sync.ports import Entry
from tests.sync.hub_engine.scene import Hub


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
