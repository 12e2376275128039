"""The device's key at rest (security.md §3)."""

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from hobnob_client import keyring, lockbox
from hobnob_client.failures import Exit, Failure
from hobnob_client.founding import again, found
from hobnob_client.keyring import DeviceFile
from hobnob_client.lockbox import Cost, WrongPassphrase
from hobnob_client.paths import Profile
from hobnob_protocol.codec import encode
from hobnob_protocol.ids import AccountId, DeviceKey, HubId, account_id
from hobnob_protocol.invite_link import InviteLink, base32

LINK = InviteLink("hub.example.org", 4626, HubId(bytes(range(32))), bytes(range(16)))
ALICE = found(LINK, "alice", 1_700_000_000, b"alice" + bytes(27))


def kept(directory: Path, device: DeviceFile = ALICE) -> Profile:
    """A profile with this key."""
    profile = Profile(directory / "profile")
    keyring.save(profile, device)
    return profile


@pytest.mark.parametrize(
    "device",
    [
        ALICE,
        replace(ALICE, hub_key=DeviceKey(bytes(range(32))), invite=b""),
        replace(ALICE, link=b"", link_signature=b"", invite=b"", handle=""),
        replace(ALICE, host="::1", port=1),
    ],
)
def test_a_key_reads_back_as_it_was(device: DeviceFile, tmp_path: Path) -> None:
    """Whatever a device may lack."""
    assert keyring.load(kept(tmp_path, device)) == device


def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    """Directory 0700, file 0600, whatever the umask."""
    before = os.umask(0)
    try:
        profile = kept(tmp_path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(profile.directory.stat().st_mode) == 0o700
    assert stat.S_IMODE(profile.key.stat().st_mode) == 0o600
    assert [path.name for path in profile.directory.iterdir()] == ["device.key"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o610])
def test_a_key_others_could_read_is_refused(mode: int, tmp_path: Path) -> None:
    """With the command that mends it."""
    profile = kept(tmp_path)
    profile.key.chmod(mode)
    with pytest.raises(Failure, match="chmod 600") as failed:
        keyring.load(profile)
    assert failed.value.code is Exit.USAGE


def test_nothing_is_written_into_an_open_directory(tmp_path: Path) -> None:
    """A directory others may list or enter holds no key."""
    (tmp_path / "profile").mkdir(mode=0o755)
    with pytest.raises(Failure, match="chmod 700"):
        kept(tmp_path)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """Neither to read a key that lies elsewhere nor to write over another file."""
    profile = kept(tmp_path)
    target = tmp_path / "elsewhere"
    profile.key.rename(target)
    profile.key.symlink_to(target)
    with pytest.raises(Failure, match="cannot be opened"):
        keyring.load(profile)
    before = target.read_text()
    keyring.save(profile, replace(ALICE, handle="other"))
    assert target.read_text() == before
    assert keyring.load(profile).handle == "other"


def test_no_profile_is_told_with_the_first_step(tmp_path: Path) -> None:
    """Who has not joined yet learns how."""
    with pytest.raises(Failure, match="hobnob join") as failed:
        keyring.load(Profile(tmp_path / "nowhere"))
    assert failed.value.code is Exit.USAGE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "version = 2\n",
        "version = 1\n",
        'version = 1\nseed = "aaaa"\n',
        "\xff",
        'version = 1\nhost = "h"\nport = 0\nunknown = "aa"\n',
    ],
)
def test_what_is_no_key_is_refused_without_repeating_it(text: str, tmp_path: Path) -> None:
    """The error says where, never what."""
    profile = kept(tmp_path)
    profile.key.write_text(text, encoding="latin-1")
    with pytest.raises(Failure, match="no device key") as failed:
        keyring.load(profile)
    assert "aaaa" not in str(failed.value)


def test_a_short_seed_is_refused(tmp_path: Path) -> None:
    """A damaged key does not become another one."""
    profile = kept(tmp_path)
    seed = base32(ALICE.seed)
    profile.key.write_text(profile.key.read_text().replace(seed, base32(ALICE.seed[:-1])))
    with pytest.raises(Failure, match="no device key"):
        keyring.load(profile)


def test_secrets_are_not_shown() -> None:
    """A device in a traceback tells neither its seed nor its invite."""
    for secret in (ALICE.seed, ALICE.invite):
        assert repr(secret) not in repr(ALICE)
        assert base32(secret) not in repr(ALICE)


def test_an_account_is_named_by_its_first_link() -> None:
    """Nobody chooses it, and another invite does not change it."""
    assert ALICE.account == account_id(ALICE.link)
    assert ALICE.author.account == ALICE.account
    assert ALICE.author.key == ALICE.signer.public_key
    other = again(ALICE, replace(LINK, host="other.example.org", invite=bytes(16)))
    assert (other.account, other.invite, other.host) == (
        ALICE.account,
        bytes(16),
        "other.example.org",
    )


def test_each_new_account_has_a_seed_of_its_own() -> None:
    """Drawn from the system."""
    assert found(LINK, "alice", 1).seed != found(LINK, "alice", 1).seed


def test_the_address_is_as_people_write_it() -> None:
    """Without the usual port."""
    assert ALICE.address == "hub.example.org"
    assert replace(ALICE, port=80).address == "hub.example.org:80"


def test_a_key_file_elsewhere_is_a_new_one(tmp_path: Path) -> None:
    """It reads back, and is never written over."""
    path = tmp_path / "helper.key"
    keyring.save_file(path, ALICE)
    assert keyring.load_file(path) == ALICE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(Failure, match="is there already"):
        keyring.save_file(path, ALICE)
    with pytest.raises(Failure, match="cannot be written"):
        keyring.save_file(tmp_path / "nowhere" / "key", ALICE)


LOCK = lockbox.new_lock("correct horse battery", Cost(64, 1, 1))
LOCKED = replace(ALICE, invite=bytes(range(99, 115)), lock=LOCK)


def test_a_locked_device_reads_but_does_not_sign(tmp_path: Path) -> None:
    """Who it is stays readable; the secrets are not in the file."""
    profile = kept(tmp_path, LOCKED)
    text = profile.key.read_text()
    for hidden in (LOCKED.seed, LOCKED.invite):
        assert base32(hidden) not in text
    device = keyring.load(profile)
    assert device.is_locked
    assert (device.author, device.address) == (ALICE.author, ALICE.address)
    with pytest.raises(Failure, match="locked by a passphrase"):
        device.signer.sign(b"anything")


def test_a_locked_device_is_kept_locked(tmp_path: Path) -> None:
    """Whoever unlocked it and writes it again locks it again, with the same passphrase."""
    profile = kept(tmp_path, LOCKED)
    device = keyring.load(profile).unlocked(LOCK)
    assert device == LOCKED
    keyring.save(profile, replace(device, hub_key=DeviceKey(bytes(range(32))), invite=b""))
    later = keyring.load(profile)
    assert later.is_locked
    assert later.unlocked(LOCK).seed == ALICE.seed
    keyring.save(profile, later)
    assert keyring.load(profile) == later


def test_a_box_opens_for_its_own_account_only(tmp_path: Path) -> None:
    """A file put together out of two is none."""
    device = keyring.load(kept(tmp_path, LOCKED))
    for other in (
        replace(device, account=AccountId(bytes(20))),
        replace(device, hub=HubId(bytes(32))),
    ):
        with pytest.raises(WrongPassphrase):
            other.unlocked(LOCK)


def test_a_box_holds_two_secrets() -> None:
    """Anything else in it is no device."""
    device = LOCKED.at_rest()
    name = b"device.key\0" + device.hub + device.account
    for held in ((), (bytes(31), b""), (bytes(32), b"", 1)):
        with pytest.raises(ValueError, match="no secrets"):
            replace(device, box=LOCK.close(name, encode(held))).unlocked(LOCK)


def test_a_file_is_locked_or_open(tmp_path: Path) -> None:
    """Half of either is no device key."""
    profile = kept(tmp_path, LOCKED)
    text = profile.key.read_text()
    lines = text.splitlines()
    seed = f'seed = "{base32(ALICE.seed)}"'
    for broken in (
        f"{text}{seed}\n",
        "\n".join(line for line in lines if not line.startswith("key")),
        "\n".join(line for line in lines if not line.startswith("box")),
        text.replace('box = "', 'box = "aa'),
    ):
        profile.key.write_text(broken)
        with pytest.raises(Failure, match="no device key"):
            keyring.load(profile)
