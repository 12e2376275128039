"""The passphrase of a profile: once a process, three tries, from a terminal or a file."""

from dataclasses import replace
from pathlib import Path

import pytest

from hobnob_client import keyring, lockbox
from hobnob_client.failures import Exit, Failure
from hobnob_client.keyring import DeviceFile
from hobnob_client.lockbox import Cost
from hobnob_client.unlocking import Unlocking, from_file
from tests.client.test_keyring import ALICE, kept

WORDS = "correct horse battery"
CHEAP = Cost(64, 1, 1)


class Answers:
    """A person with these answers ready; remembers what was asked."""

    def __init__(self, *answers: str | None) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, question: str) -> str | None:
        self.asked.append(question)
        return self._answers.pop(0) if self._answers else None


def locked(directory: Path, words: str = WORDS) -> DeviceFile:
    """Alice's device as it lies on the disk behind a passphrase."""
    profile = kept(directory, replace(ALICE, lock=lockbox.new_lock(words, CHEAP)))
    return keyring.load(profile)


def secret(directory: Path, text: str) -> Path:
    """A file of her own with this in it."""
    path = directory / "passphrase"
    path.touch(0o600)
    path.write_text(text)
    return path


def test_it_is_asked_for_once_a_process(tmp_path: Path) -> None:
    """The question names whose it is; an open device asks nothing."""
    device, person = locked(tmp_path), Answers(WORDS)
    unlocking = Unlocking(person)
    assert unlocking.unlocked(device).seed == ALICE.seed
    assert unlocking.unlocked(device).invite == ALICE.invite
    assert person.asked == ["Passphrase of alice on hub.example.org:"]
    assert unlocking.unlocked(ALICE) is ALICE


def test_three_wrong_ones_are_enough(tmp_path: Path) -> None:
    """And the third right one is right."""
    device = locked(tmp_path)
    assert Unlocking(Answers("wrong one", "", WORDS)).unlocked(device).seed == ALICE.seed
    person = Answers("wrong one", "wrong two", "wrong three", WORDS)
    with pytest.raises(Failure, match="not the one") as failed:
        Unlocking(person).unlocked(device)
    assert len(person.asked) == 3
    assert failed.value.code is Exit.USAGE
    assert "wrong" not in str(failed.value)


def test_without_a_terminal_the_way_out_is_told(tmp_path: Path) -> None:
    """A file that holds it."""
    with pytest.raises(Failure, match="--passphrase-file"):
        Unlocking(Answers(None)).unlocked(locked(tmp_path))


def test_a_file_serves_in_its_place(tmp_path: Path) -> None:
    """Its first line; nobody is asked, and a wrong one is tried once."""
    device, person = locked(tmp_path), Answers(WORDS)
    right = secret(tmp_path, f"{WORDS}\r\nsomething else\n")
    assert Unlocking(person, right).unlocked(device).seed == ALICE.seed
    right.write_text("another one\n")
    with pytest.raises(Failure, match="not the one"):
        Unlocking(person, right).unlocked(device)
    assert person.asked == []


def test_a_passphrase_file_is_one_s_own(tmp_path: Path) -> None:
    """And holds one line of text."""
    path = secret(tmp_path, WORDS)
    path.chmod(0o644)
    with pytest.raises(Failure, match="chmod 600"):
        from_file(path)
    path.chmod(0o600)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(Failure, match="holds no passphrase"):
        from_file(path)
    path.write_bytes(bytes(2_000))
    with pytest.raises(Failure, match="holds no passphrase"):
        from_file(path)
    with pytest.raises(Failure, match="no file"):
        from_file(tmp_path / "nowhere")


def test_a_passphrase_that_was_changed_meanwhile_is_asked_for_again(tmp_path: Path) -> None:
    """The old lock opens the new box no more."""
    person = Answers(WORDS, "another passphrase")
    unlocking = Unlocking(person)
    unlocking.unlocked(locked(tmp_path))
    later = locked(tmp_path, "another passphrase")
    assert unlocking.unlocked(later).seed == ALICE.seed
    assert len(person.asked) == 2


def test_a_new_one_is_typed_twice_and_is_long(tmp_path: Path) -> None:
    """Or stands in a file."""
    lock = Unlocking(Answers(WORDS, WORDS)).chosen(None)
    assert lockbox.lock_of(lock.close(b"", b""), WORDS) == lock
    with pytest.raises(Failure, match="differ"):
        Unlocking(Answers(WORDS, "correct horse batter")).chosen(None)
    with pytest.raises(Failure, match="at least 8"):
        Unlocking(Answers("short", "short")).chosen(None)
    with pytest.raises(Failure, match="--new-file"):
        Unlocking(Answers()).chosen(None)
    lock = Unlocking(Answers()).chosen(secret(tmp_path, WORDS))
    assert lockbox.lock_of(lock.close(b"", b""), WORDS) == lock
    with pytest.raises(Failure, match="at least 8"):
        Unlocking(Answers()).chosen(secret(tmp_path, "short\n"))


def test_what_the_passphrase_guards_may_be_damaged(tmp_path: Path) -> None:
    """A key that is not the one the file names is not used."""
    other = replace(ALICE, seed=bytes(32), lock=lockbox.new_lock(WORDS, CHEAP))
    wrong = replace(locked(tmp_path), box=other.at_rest().box)
    with pytest.raises(Failure, match="damaged"):
        Unlocking(Answers(WORDS)).unlocked(wrong)
