"""A handle that the operator has given to another account: everybody sees a new identity."""

import pytest

from hobnob_protocol.ids import PEOPLE, AccountId
from hobnob_protocol.kinds.reseats import ANNOUNCED, Reseat
from hobnob_sync.reseats import DELAY_MS
from tests.client.verbs.shell import HubThread, Shell


def account(hub: HubThread, handle: str) -> AccountId:
    """Whose a handle is."""
    found = hub.hub.engine.state.accounts.account_of(handle)
    assert found is not None
    return found


def announced(hub: HubThread) -> None:
    """The operator says that bob is going to be another account."""

    async def operated() -> None:
        hub.hub.operate(PEOPLE, Reseat("bob", account(hub, "bobby"), ANNOUNCED, "lost all"))

    hub.do(operated)


@pytest.fixture
def bobby(hub: HubThread, bob: Shell, alice: Shell) -> Shell:
    """Bob, who has lost all devices and begun anew."""
    shell = Shell(alice.home.parent / "bobby")
    shell.done("join", hub.link(), "--handle", "bobby")
    return shell


def test_everybody_sees_it_coming_and_then_a_new_identity(
    hub: HubThread, alice: Shell, bob: Shell, bobby: Shell
) -> None:
    """The old account keeps its words under its name, marked; a conversation stops until the new
    one is compared; nothing of the old one is the new one's."""
    bob.done("post", "#general", "before the fire")
    alice.done("sync")
    number = alice.done("verify", "bob", "--json").records[0]["number"]
    alice.done("verify", "bob", number)
    announced(hub)
    alice.done("sync")
    bob.done("sync")
    warned = bob.done("channels").talk
    assert "STOP: The operator of this hub gives your handle @bob to another account" in warned
    lines = {line.split()[0]: line for line in alice.done("members").lines}
    assert "this handle goes to bobby on" in lines["bob"]
    assert "becomes bob on" in lines["bobby"]
    hub.hub.ahead_ms += DELAY_MS + 60_000
    alice.done("sync")
    alice.done("sync")
    members = alice.done("members").lines
    assert any(line.startswith("bob  ") and "NEW IDENTITY since" in line for line in members)
    assert any(line.startswith("bob (former)") for line in members)
    assert alice.done("tail").out.endswith("bob (former): before the fire\n")
    bobby.done("post", "#general", "it is me")
    alice.done("sync")
    assert alice.done("tail").lines[-1].endswith("bob: it is me")
    stopped = alice.hobnob("dm", "bob", "are you there?")
    assert stopped.code != 0
    assert "STOP: @bob is not the account that you have verified" in stopped.talk
    assert alice.done("verify", "bob", "--json").records[0]["verified"] is False


def test_who_had_not_compared_is_stopped_as_well(
    hub: HubThread, alice: Shell, bob: Shell, bobby: Shell
) -> None:
    """Until they compare the new one, though they have talked with it under its own handle."""
    alice.done("sync")
    alice.done("dm", "bobby", "welcome")
    announced(hub)
    hub.hub.ahead_ms += DELAY_MS + 60_000
    alice.done("sync")
    alice.done("sync")
    stopped = alice.hobnob("dm", "bob", "are you there?")
    assert stopped.code != 0
    assert "STOP: @bob is a new identity since" in stopped.talk
    number = alice.done("verify", "bob", "--json").records[0]["number"]
    alice.done("verify", "bob", number)
    alice.done("sync")
    assert alice.hobnob("dm", "bob", "are you there?").code == 0
