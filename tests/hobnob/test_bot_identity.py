"""Who a bot is: a profile, or a key file that makes one."""

from dataclasses import replace
from pathlib import Path

import pytest

from hobnob.bot import identity
from hobnob_client import keyring
from hobnob_client.failures import Failure
from hobnob_client.founding import found
from hobnob_client.keyring import DeviceFile
from hobnob_client.paths import Profile
from hobnob_protocol.ids import DeviceKey, HubId
from hobnob_protocol.invite_link import InviteLink

LINK = InviteLink("hub.example.org", 4626, HubId(bytes(range(32))), bytes(range(16)))
DICE = found(LINK, "dice", 1_700_000_000, bytes(range(32)))
KEY = DeviceKey(bytes(range(1, 33)))


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def secret(path: Path, text: str) -> Path:
    """A file for its owner alone."""
    path.write_text(text)
    path.chmod(0o600)
    return path


def text_of(directory: Path, device: DeviceFile) -> str:
    """What the file of this key says."""
    profile = Profile(directory / "written")
    keyring.save(profile, device)
    return profile.key.read_text()


def test_a_directory_is_a_profile(tmp_path: Path) -> None:
    """The one `hobnob join` has made."""
    profile = Profile(tmp_path / "profile")
    keyring.save(profile, DICE)
    assert identity.load(profile.directory) == (profile, DICE)


def test_a_key_file_makes_a_profile_of_its_own(tmp_path: Path) -> None:
    """Wherever it lies; the same one each time."""
    path = secret(tmp_path / "dice.key", text_of(tmp_path, DICE))
    profile, device = identity.load(path)
    assert device == DICE
    assert profile.directory.parent == tmp_path / "data/hobnob/bots"
    assert identity.load(str(path)) == (profile, device)


def test_what_the_hub_has_shown_stays_and_its_address_may_change(tmp_path: Path) -> None:
    """The kept profile knows more than the file it was made from."""
    path = secret(tmp_path / "dice.key", text_of(tmp_path, DICE))
    profile, device = identity.load(path)
    keyring.save(profile, replace(device, invite=b"", hub_key=KEY))
    moved = replace(DICE, host="elsewhere.example.org", port=80)
    secret(path, text_of(tmp_path / "moved", moved))
    _, known = identity.load(path)
    assert known == replace(moved, invite=b"", hub_key=KEY)


def test_another_key_does_not_get_the_profile(tmp_path: Path) -> None:
    """Two bots never share what they keep; nor does a message repeat a key."""
    path = secret(tmp_path / "dice.key", text_of(tmp_path, DICE))
    profile, _ = identity.load(path)
    keyring.save(profile, replace(DICE, seed=bytes(32)))
    with pytest.raises(Failure, match="another key"):
        identity.load(path)


def test_what_cannot_be_used_is_said_without_the_secret(tmp_path: Path) -> None:
    """A file others can read, one that is no key, and none at all."""
    path = secret(tmp_path / "dice.key", text_of(tmp_path, DICE))
    path.chmod(0o644)
    with pytest.raises(Failure, match="chmod 600"):
        identity.load(path)
    secret(path, "version = 1\nseed = 'my secret'")
    with pytest.raises(Failure, match="no device key") as told:
        identity.load(path)
    assert "my secret" not in str(told.value)
    with pytest.raises(Failure, match="hobnob join"):
        identity.load(tmp_path / "nowhere")
