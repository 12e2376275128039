"""A question of a member is paid for, and handed to whoever answers it."""

from hobnob_protocol.limits import BUDGET_CAPACITY
from hobnob_protocol.question_frames import LATER, Ask, Told
from hobnob_sync.hub_engine.asking import ASK_COST
from hobnob_sync.hub_engine.inputs import Asked, HubSettings
from hobnob_sync.ports import HubTransaction
from tests.sync.hub_engine.scene import Hub


def test_whoever_asks_without_end_is_told_to_ask_later() -> None:
    """It costs what a message costs, of the same budget, and is given back with time."""
    hub = Hub(HubSettings())
    alice = hub.member("alice")
    for number in range(int(BUDGET_CAPACITY) // ASK_COST):
        question = Ask(number, b"?")
        hub.receive(alice, question)
        assert hub.outputs == (Asked(alice.conn, alice.account, question),)
        assert hub.decision.transaction == HubTransaction()
    hub.receive(alice, Ask(99, b"?"))
    assert hub.take(alice, Told) == [Told(99, LATER, b"")]
    hub.now_ms += 1_000
    hub.receive(alice, Ask(100, b"?"))
    assert hub.take(alice, Told) == []
