"""A handle goes to another account: its owner's screen says so before, everybody's stops after."""

from pathlib import Path

from hobnob_client.paths import Profile
from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.reseats import ANNOUNCED, Reseat
from hobnob_sync.reseats import DELAY_MS
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.looker import ENTER, ESCAPE, QUIT, Looker


def test_a_new_identity_is_told_nothing_in_private(tmp_path: Path) -> None:
    """Before a word is written: the screen says why, and what to do."""
    hub, shell = HubThread(), Shell(tmp_path)
    alice, bob = Profile(tmp_path / "alice"), Profile(tmp_path / "bob")
    for name in ("alice", "bob", "bobby"):
        words = ("join", hub.link(), "--handle", name, "--profile", str(tmp_path / name))
        shell.done(*words)

    async def operated() -> None:
        account = hub.hub.engine.state.accounts.account_of("bobby")
        assert account is not None
        hub.hub.operate(PEOPLE, Reseat("bob", account, ANNOUNCED, "lost all"))
        await hub.hub.tell()

    with Looker(bob, 100, 24) as looker:
        looker.until_seen("online")
        hub.do(operated)
        looker.until_seen("STOP. The operator of this hub gives your handle @bob")
        looker.type(QUIT)
        assert looker.wait_for_end() == 0
    hub.hub.ahead_ms += DELAY_MS + 60_000
    for _ in range(2):
        # The first connection wakes the hub, which then says that it is done.
        shell.done("sync", "--profile", str(alice.directory))
    with Looker(alice, 100, 24) as looker:
        looker.until_seen("online")
        looker.type(f"@bob{ENTER}")
        looker.until_seen("STOP: @bob is a new identity since")
        looker.until_seen("nothing you write goes there")
        looker.type(ESCAPE)
        looker.until(lambda: "STOP" not in looker.seen)
        looker.type(QUIT)
        assert looker.wait_for_end() == 0
    assert shell.done("outbox", "--profile", str(alice.directory)).lines == []
    hub.close()
