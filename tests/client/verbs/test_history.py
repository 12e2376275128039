"""`hobnob device history`: a new device reads what was sealed before it was there."""

import os
from pathlib import Path

import pytest

from hobnob_client import keyring
from hobnob_client.lock import LinkLock
from hobnob_client.paths import default_profile
from hobnob_client.sealing.handing import write
from hobnob_client.sealing.tables import Tables
from hobnob_client.store import SqliteReplicaStore
from hobnob_protocol.sealing.record import decode_record
from tests.client.verbs.shell import Shell
from tests.client.verbs.test_device import added


@pytest.fixture
def talked(alice: Shell, bob: Shell) -> None:
    """Both have said something under seal."""
    bob.done("sync")
    for _ in range(2):
        bob.done("dm", "alice", "the cellar key is with mara")
        bob.done("sync")
        alice.done("sync")
    alice.done("dm", "bob", "mine too")
    alice.done("sync")
    bob.done("sync")


def texts(shell: Shell) -> list[str]:
    """What the conversation with Bob shows."""
    return [record["text"] for record in shell.done("tail", "@bob", "--json").records]


def device_of(shell: Shell) -> str:
    """What a device is called."""
    found = shell.done("device", "list", "--json").records
    return str(next(each["device"] for each in found if each["this"]))


def handed(alice: Shell, laptop: Shell, file: Path) -> str:
    """What Alice's first device says when it writes the file."""
    laptop.done("sync")
    alice.done("sync")
    said = alice.done("device", "history", device_of(laptop)[:6], str(file), "--yes")
    return said.talk


@pytest.mark.usefixtures("talked")
def test_what_was_sealed_before_becomes_readable_and_found(
    alice: Shell, bob: Shell, tmp_path: Path
) -> None:
    """Everybody's words, one's own too; and taken again it changes nothing."""
    laptop = added(alice, tmp_path)
    laptop.done("sync")
    before = laptop.done("tail", "@bob").out
    assert "sealed before this device was there" in before
    file = tmp_path / "history.hob"
    talk = handed(alice, laptop, file)
    assert device_of(laptop) in talk
    assert "fingerprint" in talk
    assert file.stat().st_mode & 0o077 == 0
    assert b"cellar" not in file.read_bytes()
    taken = laptop.done("device", "history", "--take", str(file), "--json").records
    assert taken == [{"texts": 3, "readable": 3}]
    assert texts(laptop) == texts(alice)
    assert len(texts(laptop)) == 3
    assert len(laptop.done("search", "cellar", "--json").records) == 2
    again = laptop.done("device", "history", "--take", str(file), "--json").records
    assert again == [{"texts": 3, "readable": 0}]
    assert texts(laptop) == texts(alice)
    bob.done("dm", "alice", "and now")
    bob.done("sync")
    laptop.done("sync")
    assert texts(laptop)[-1] == "and now"


@pytest.mark.usefixtures("talked")
def test_a_file_is_for_one_device_of_one_account(alice: Shell, bob: Shell, tmp_path: Path) -> None:
    """The giver itself, another account, and whoever is no device at all."""
    laptop = added(alice, tmp_path)
    file = tmp_path / "history.hob"
    handed(alice, laptop, file)
    for shell, why in ((alice, "for the device"), (bob, "another account")):
        said = shell.hobnob("device", "history", "--take", str(file))
        assert said.code == 2
        assert why in said.talk
        assert "Nothing was changed" in said.talk
    mine = device_of(alice)
    for words in ([mine, str(file)], ["ffff", str(file)], [mine], ["--take", str(file), mine], []):
        assert alice.hobnob("device", "history", *words, "--yes").code == 2
    there = alice.hobnob("device", "history", device_of(laptop), str(file), "--yes")
    assert "is there already" in there.talk


@pytest.mark.usefixtures("talked")
def test_a_device_that_was_revoked_hands_over_nothing(alice: Shell, tmp_path: Path) -> None:
    """Who has it may have written the file."""
    laptop = added(alice, tmp_path)
    file = tmp_path / "history.hob"
    handed(alice, laptop, file)
    laptop.done("device", "revoke", device_of(alice))
    laptop.done("sync")
    said = laptop.hobnob("device", "history", "--take", str(file))
    assert said.code == 2
    assert "does not speak for you" in said.talk


@pytest.mark.usefixtures("talked")
def test_while_another_process_has_the_link_the_file_waits(alice: Shell, tmp_path: Path) -> None:
    """That one holds in memory what is laid out."""
    laptop = added(alice, tmp_path)
    file = tmp_path / "history.hob"
    handed(alice, laptop, file)
    lock = LinkLock(default_profile({}, laptop.home).lock)
    assert lock.take()
    said = laptop.hobnob("device", "history", "--take", str(file))
    assert said.code == 3
    assert "close it" in said.talk
    lock.release()
    assert laptop.hobnob("device", "history", "--take", str(file)).code == 0


@pytest.mark.usefixtures("talked")
def test_a_damaged_file_changes_nothing(alice: Shell, tmp_path: Path) -> None:
    """Whatever byte it is, or a missing end."""
    laptop = added(alice, tmp_path)
    file, bad = tmp_path / "history.hob", tmp_path / "bad.hob"
    handed(alice, laptop, file)
    before, whole = laptop.done("tail", "@bob").out, file.read_bytes()
    spoiled = [
        whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :] for at in spoiled_at(len(whole))
    ]
    for data in (*spoiled, whole[:-1], whole[:-30], whole[:40], b"", whole + b"\0"):
        bad.write_bytes(data)
        said = laptop.hobnob("device", "history", "--take", str(bad))
        assert said.code == 2, said
        assert "Nothing was changed" in said.talk
    assert laptop.done("tail", "@bob").out == before
    assert laptop.hobnob("device", "history", "--take", str(tmp_path / "none")).code == 2


def spoiled_at(length: int) -> tuple[int, ...]:
    """Places in a file: its head, its signature, its pieces."""
    return (0, 16, 22, 60, 100, 400, 1_290, length // 2, length - 40, length - 1)


@pytest.mark.usefixtures("talked")
def test_a_device_that_lies_is_not_believed(alice: Shell, tmp_path: Path) -> None:
    """Others' words stay closed where they are not what was sealed; only one's own are taken."""
    laptop = added(alice, tmp_path)
    laptop.done("sync")
    alice.done("sync")
    given, taken = (default_profile({}, shell.home) for shell in (alice, laptop))
    device, other = keyring.load(given), keyring.load(taken)
    store = SqliteReplicaStore.open_to_read(str(given.replica))
    tables = Tables(store.sql)
    (record,) = (
        found
        for found in (decode_record(data) for data, _ in tables.records())
        if found.device == other.author.device
    )
    rows = tables.opened_after(b"", 64)
    store.close()
    lies = tuple(
        each._replace(text=each.text._replace(said=each.text.said[:-1] + b"!")) for each in rows
    )
    file = tmp_path / "lies.hob"
    with file.open("wb") as out:
        place = (device.author, device.signer, device.hub, record)
        assert list(write(out, *place, [lies], os.urandom)) == [3]
    said = laptop.done("device", "history", "--take", str(file), "--json")
    assert said.records == [{"texts": 3, "readable": 1}]
    assert laptop.done("tail", "@bob").out.count("sealed before this device was there") == 2


@pytest.mark.usefixtures("talked")
def test_nothing_is_written_unless_the_person_says_so(alice: Shell, tmp_path: Path) -> None:
    """A script says --yes; a person is asked."""
    laptop = added(alice, tmp_path)
    laptop.done("sync")
    alice.done("sync")
    file, name = tmp_path / "history.hob", device_of(laptop)
    assert "--yes" in alice.hobnob("device", "history", name, str(file)).talk
    said = alice.hobnob("device", "history", name, str(file), given="no\n", terminal=True)
    assert "Nothing was written" in said.talk
    assert not file.exists()
    assert (
        alice.hobnob("device", "history", name, str(file), given="yes\n", terminal=True).code == 0
    )
    assert file.exists()


def test_a_device_whose_key_is_not_known_is_waited_for(alice: Shell, tmp_path: Path) -> None:
    """It has to come on line once."""
    laptop = added(alice, tmp_path)
    said = alice.hobnob("device", "history", device_of(laptop), str(tmp_path / "x"), "--yes")
    assert said.code == 3
    assert "sync" in said.talk
