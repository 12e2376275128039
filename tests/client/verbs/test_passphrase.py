"""`hobnob passphrase`: a key that nobody else can use."""

from dataclasses import replace
from pathlib import Path

from hobnob_client import keyring, lockbox
from hobnob_client.lock import LinkLock
from hobnob_client.lockbox import Cost
from hobnob_client.paths import Profile
from hobnob_protocol.invite_link import base32
from tests.client.typist import Typist
from tests.client.verbs.shell import NOWHERE, HubThread, Said, Shell

CANARY = "canary in the coal mine"
OTHER = "another canary entirely"


def profile(shell: Shell) -> Profile:
    """Where this shell's device lies."""
    return Profile(shell.home / ".local/share/hobnob/default")


def lock(shell: Shell, passphrase: str) -> None:
    """Lock this shell's device, cheaply: what a guess costs is another test's matter."""
    made = lockbox.new_lock(passphrase, Cost(64, 1, 1))
    keyring.save(profile(shell), replace(keyring.load(profile(shell)), lock=made))


def typed(shell: Shell, answers: list[str], *words: str) -> tuple[Said, str]:
    """Say it and type these: what was said, and what stood on the terminal."""
    with Typist(answers) as typist:
        said = shell.hobnob(*words, typing=typist.place)
    assert typist.left == 0
    return said, typist.shown


def secret(shell: Shell, text: str) -> str:
    """The path of a file of one's own that holds this."""
    path = shell.home / text.split()[0]
    path.touch(0o600)
    path.write_text(f"{text}\n")
    return str(path)


def test_a_locked_device_asks_before_it_signs(hub: HubThread, alice: Shell) -> None:
    """Reading asks for nothing; what the passphrase is stands nowhere."""
    seed = keyring.load(profile(alice)).seed
    said, shown = typed(alice, [CANARY, CANARY], "passphrase")
    assert said.code == 0, said
    assert alice.done("channels").lines
    assert alice.done("device", "list").lines
    posted, asked = typed(alice, [CANARY], "post", "#general", "signed")
    assert posted.code == 0, posted
    assert alice.done("tail").out.endswith("alice: signed\n")
    everything = "".join((said.out, said.talk, shown, posted.out, posted.talk, asked))
    everything += "".join(
        path.read_bytes().decode("latin-1") for path in profile(alice).directory.iterdir()
    )
    for hidden in (CANARY, base32(seed), seed.decode("latin-1"), seed.hex()):
        assert hidden not in everything


def test_a_wrong_passphrase_is_told_in_words(hub: HubThread, alice: Shell) -> None:
    """Three times; without a terminal the way out is named, and nothing is sent."""
    lock(alice, CANARY)
    said, shown = typed(alice, ["wrong", "wrong again", OTHER], "post", "#general", "no")
    assert said.code == 2
    assert "not the one" in said.talk
    assert "That is not it" in shown
    said = alice.hobnob("post", "#general", "no", typing=NOWHERE)
    assert said.code == 2
    assert "--passphrase-file" in said.talk
    assert alice.done("outbox").lines == []


def test_a_passphrase_is_changed_and_removed(hub: HubThread, alice: Shell) -> None:
    """The old one is asked for first, and is worth nothing afterwards."""
    lock(alice, CANARY)
    said, _ = typed(alice, [CANARY, OTHER, OTHER], "passphrase")
    assert said.code == 0
    said, _ = typed(alice, [CANARY, OTHER], "sync")
    assert said.code == 0
    said, _ = typed(alice, [OTHER], "passphrase", "remove")
    assert said.code == 0
    alice.done("post", "#general", "open again")
    assert "No passphrase" in alice.done("passphrase", "remove").talk


def test_a_script_names_files(hub: HubThread, alice: Shell) -> None:
    """Of its own alone; before the verb or after it."""
    first, second = secret(alice, CANARY), secret(alice, OTHER)
    alice.done("passphrase", "--new-file", first)
    alice.done("--passphrase-file", first, "post", "#general", "by a script")
    alice.done("passphrase", "--new-file", second, "--passphrase-file", first)
    assert alice.hobnob("sync", "--passphrase-file", first).code == 2
    alice.done("sync", "--passphrase-file", second)
    Path(second).chmod(0o644)
    said = alice.hobnob("sync", "--passphrase-file", second)
    assert said.code == 2
    assert "chmod 600" in said.talk


def test_what_was_mistyped_locks_nothing(hub: HubThread, alice: Shell) -> None:
    """The two must be the same, and somebody must be there."""
    said, _ = typed(alice, [CANARY, OTHER], "passphrase")
    assert said.code == 2
    assert not keyring.load(profile(alice)).is_locked
    assert alice.hobnob("passphrase").code == 2


def test_nobody_changes_the_key_under_a_running_hobnob(hub: HubThread, alice: Shell) -> None:
    """It would write it back as it was."""
    link = LinkLock(profile(alice).lock)
    assert link.take()
    said = alice.hobnob("passphrase", "--new-file", secret(alice, CANARY))
    assert said.code == 3
    assert "close it first" in said.talk
    link.release()


def test_without_an_account_there_is_nothing_to_lock(tmp_path: Path) -> None:
    """The first step is told."""
    said = Shell(tmp_path).hobnob("passphrase")
    assert said.code == 2
    assert "hobnob join" in said.talk


def test_a_member_who_was_not_let_in_yet_can_lock_the_key_too(
    hub: HubThread, tmp_path: Path
) -> None:
    """The invite is a secret as well; to join again asks for the passphrase."""
    eve = Shell(tmp_path)
    link = hub.link()
    hub.stop()
    assert eve.hobnob("join", link, "--handle", "eve").code == 3
    lock(eve, CANARY)
    assert base32(keyring.load(profile(eve)).hub) in link
    assert link.rpartition(".")[2] not in profile(eve).key.read_text()
    hub.start()
    said, _ = typed(eve, [CANARY], "join", link)
    assert said.code == 0, said
    assert keyring.load(profile(eve)).is_locked
