"""`hobnob bot new`: an account for a program."""

import stat
from pathlib import Path

from hobnob_client import keyring
from tests.client.verbs.shell import HubThread, Shell


def test_a_bot_joins_and_its_key_lies_in_a_file(
    hub: HubThread, alice: Shell, tmp_path: Path
) -> None:
    """Readable by oneself alone, with the hub's key and no invite; nothing else stays behind."""
    path = tmp_path / "helper.key"
    said = alice.done("bot", "new", "helper", hub.link(), "--key", str(path))
    assert said.out == f"{path}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    bot = keyring.load_file(path)
    assert (bot.handle, bot.invite, bot.hub_key) == ("helper", b"", hub.hub.signer.public_key)
    alice.done("sync")
    assert "helper" in alice.done("members").lines


def test_an_account_of_its_own(hub: HubThread, alice: Shell, tmp_path: Path) -> None:
    """Whoever founds a bot stays who they are."""
    (record,) = alice.done(
        "bot", "new", "helper", hub.link(), "--key", str(tmp_path / "key"), "--json"
    ).records
    mine = keyring.load_file(next(alice.home.rglob("device.key")))
    assert mine.handle == "alice"
    assert record["account"] != mine.account.hex()


def test_what_cannot_be_kept_is_refused_before_the_invite_is_spent(
    hub: HubThread, alice: Shell, tmp_path: Path
) -> None:
    """A bad name, a bad link, a file that is there: the same invite works afterwards."""
    link, path = hub.link(), tmp_path / "helper.key"
    path.write_text("something else")
    for words in (("No!", link), ("helper", "hobnob://x"), ("helper", link, "--key", str(path))):
        assert alice.hobnob("bot", "new", *words).code == 2
    assert path.read_text() == "something else"
    alice.done("bot", "new", "helper", link, "--key", str(tmp_path / "other.key"))
