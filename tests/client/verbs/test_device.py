"""`hobnob device ...`: a second device of one account."""

from pathlib import Path

from tests.client.verbs.shell import HubThread, Shell


def added(alice: Shell, directory: Path) -> Shell:
    """Alice's laptop, added by her desktop."""
    laptop = Shell(directory / "laptop")
    code = alice.done("device", "add").out.strip()
    request = laptop.done("device", "request", code).out.strip()
    alice.done("device", "add", request)
    laptop.done("sync")
    return laptop


def test_a_second_device_speaks_for_the_account(
    hub: HubThread, alice: Shell, bob: Shell, tmp_path: Path
) -> None:
    """Both list both; others see one member."""
    laptop = added(alice, tmp_path)
    laptop.done("post", "#general", "from the laptop")
    alice.done("sync")
    assert alice.done("tail").out.endswith("alice: from the laptop\n")
    mine, other = alice.done("device", "list").lines
    assert "this one" in mine
    assert "this one" not in other
    assert "this one" in laptop.done("device", "list").lines[1]


def test_a_revoked_device_speaks_no_more(hub: HubThread, alice: Shell, tmp_path: Path) -> None:
    """The hub lets it in no longer, and whoever uses it is told so: at once, what waits, and while
    it listens."""
    laptop = added(alice, tmp_path)
    name = laptop.done("device", "list", "--json").records[1]["device"]
    alice.done("device", "revoke", name[:6])
    assert "revoked" in alice.done("device", "list").lines[1]
    said = laptop.hobnob("sync")
    assert said.code == 1
    assert "device unknown or revoked" in said.talk
    assert "unknown or revoked" in laptop.done("post", "#general", "hello?").talk
    said = laptop.hobnob("tail", "-f")
    assert said.code == 1
    assert "unknown or revoked" in said.talk


def test_the_last_device_stays(alice: Shell) -> None:
    """Nobody locks themselves out."""
    name = alice.done("device", "list", "--json").records[0]["device"]
    said = alice.hobnob("device", "revoke", name)
    assert said.code == 1
    assert "always stays" in said.talk
    assert alice.hobnob("device", "revoke", "ffff").code == 2
    assert alice.hobnob("device", "revoke", "").code == 2


def test_a_request_fits_one_account_at_one_time(
    hub: HubThread, alice: Shell, bob: Shell, tmp_path: Path
) -> None:
    """Not another's, not after the account has changed, not half of it."""
    code = alice.done("device", "add").out.strip()
    request = Shell(tmp_path / "new").done("device", "request", code).out.strip()
    assert bob.hobnob("device", "add", request).code == 2
    added(alice, tmp_path)
    stale = alice.hobnob("device", "add", request)
    assert stale.code == 1
    assert "begin again" in stale.talk
    for broken in (request[:-2], code, "hbr1_", "nonsense"):
        assert alice.hobnob("device", "add", broken).code == 2
    assert alice.hobnob("device", "request", code).code == 2


def test_a_device_is_called_by_a_name(hub: HubThread, alice: Shell, tmp_path: Path) -> None:
    """All of one's devices show it; no name takes it away, and a wrong one is none."""
    laptop = added(alice, tmp_path)
    laptop.done("sync")
    ids = [row["device"] for row in alice.done("device", "list", "--json").records]
    assert "sync" in alice.done("device", "rename", ids[1][:8], "the", "old  laptop").talk
    assert alice.done("device", "list").lines[1].startswith(f"{ids[1]}  the old laptop")
    alice.done("sync")
    laptop.done("sync")
    names = [row["name"] for row in laptop.done("device", "list", "--json").records]
    assert names == [None, "the old laptop"]
    laptop.done("device", "rename", ids[1])
    assert "the old laptop" not in laptop.done("device", "list").out
    assert alice.hobnob("device", "rename", "ffff", "nobody's").code == 2
    assert alice.hobnob("device", "rename", ids[0], "x" * 41).code == 2
    assert alice.hobnob("device", "rename", ids[0], "a\x1b[2Jb").code == 2
