"""How many connections an account may have at once."""

from hobnob_protocol.errors import ByeCode
from hobnob_sync.hub_engine.inputs import HubSettings
from tests.sync.hub_engine.scene import Hub

TWO = HubSettings(budget_capacity=1e9, account_connections_max=2, bot_connections_max=1)


def test_a_member_has_so_many_connections_and_no_more() -> None:
    """The next one is told to come back later; those that are there stay."""
    hub = Hub(TWO)
    alice = hub.member("alice")
    second = hub.second_device(alice, "phone")
    third = hub.second_device(alice, "desk")
    assert hub.bye(alice) is None
    assert hub.bye(second) is None
    assert hub.bye(third) == ByeCode.CROWDED


def test_a_device_that_comes_again_takes_its_own_place() -> None:
    """The newer session ends the older, so that there is room."""
    hub = Hub(TWO)
    alice = hub.member("alice")
    hub.second_device(alice, "phone")
    older = alice.conn
    hub.login(alice)
    assert hub.bye(alice) is None
    assert hub.byes[older].code == ByeCode.ELSEWHERE


def test_a_bot_has_fewer() -> None:
    """By its own bound."""
    hub = Hub(TWO)
    owner = hub.owner()
    bot = hub.promoted(owner, "echo", "bot")
    second = hub.second_device(bot, "spare")
    assert hub.bye(bot) is None
    assert hub.bye(second) == ByeCode.CROWDED
