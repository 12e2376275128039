"""The seal keys at rest: as secret as the device's own, and of no use to another device."""

from pathlib import Path

import pytest

from hobnob_client import secret_file
from hobnob_client.failures import Failure
from hobnob_client.lockbox import beside
from hobnob_client.paths import Profile
from hobnob_client.sealing.keys import KeyFile, KeysInMemory
from hobnob_client.sealing.own_keys import KEPT_MAX
from hobnob_protocol.codec import encode
from hobnob_protocol.kinds.private import OwnKeyId
from hobnob_protocol.sealing.keeping import SealKeys, Stored

SEED = b"d" * 32
STORED = Stored(b"s" * 32, (0, 1_800_000_000))


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """A directory for one's own files."""
    made = Profile(tmp_path / "alice")
    made.make()
    return made


def test_what_was_saved_is_what_the_next_start_finds(profile: Profile) -> None:
    """A seed, and since when it and those after it were the present one."""
    file = KeyFile(profile, SEED)
    assert file.load() is None
    for stored in (STORED, Stored(b"t" * 32, (1_800_086_400,))):
        file.save(stored)
        assert KeyFile(profile, SEED).load() == stored
    memory = KeysInMemory()
    assert memory.load() is None
    memory.save(STORED)
    assert memory.load() == STORED


def test_the_names_of_keys_come_back_so_that_none_is_made_for_its_name(profile: Profile) -> None:
    """With those of a file of before, which has none: they are found out."""
    kept = SealKeys(STORED).stored
    KeyFile(profile, SEED).save(kept)
    assert KeyFile(profile, SEED).load() == kept
    assert len(kept.kids) == len(kept.since_seconds)
    before = encode((1, STORED.seed, STORED.since_seconds))
    secret_file.write(profile.seal_key, beside(SEED, b"seal.key").close(b"seal.key", before))
    found = KeyFile(profile, SEED).load()
    assert found is not None
    assert found == STORED
    assert SealKeys(found).stored == kept


def test_the_file_shows_nothing_to_who_has_only_the_file(profile: Profile) -> None:
    """It is locked by the device's key: nobody else reads it, and no seed stands in it."""
    KeyFile(profile, SEED).save(STORED)
    assert profile.seal_key.stat().st_mode & 0o777 == 0o600
    assert STORED.seed not in profile.seal_key.read_bytes()


def test_a_file_of_another_device_opens_for_nobody_here(profile: Profile) -> None:
    """As if there were none: a profile that was joined anew begins with its own keys."""
    KeyFile(profile, b"e" * 32).save(STORED)
    assert KeyFile(profile, SEED).load() is None


@pytest.mark.parametrize("kept", [0, 20])
def test_a_broken_file_is_left_as_it_is(profile: Profile, kept: int) -> None:
    """It is said what to do; nothing of it is repeated."""
    KeyFile(profile, SEED).save(STORED)
    profile.seal_key.write_bytes(profile.seal_key.read_bytes()[:kept])
    with pytest.raises(Failure, match="move it away") as raised:
        KeyFile(profile, SEED).load()
    assert STORED.seed.hex() not in str(raised.value)


def test_a_file_that_others_can_read_is_not_used(profile: Profile) -> None:
    """The rule of all files that hold a secret."""
    KeyFile(profile, SEED).save(STORED)
    profile.seal_key.chmod(0o644)
    with pytest.raises(Failure, match="chmod 600"):
        KeyFile(profile, SEED).load()


OWN = {OwnKeyId(b"a" * 16): b"1" * 32, OwnKeyId(b"b" * 16): b"2" * 32}


def test_own_keys_are_kept_in_order(profile: Profile) -> None:
    """As many as there may be; none before any were saved."""
    file = KeyFile(profile, SEED)
    assert file.load_own() == {}
    many = {OwnKeyId(bytes((nth,)) * 16): bytes((nth,)) * 32 for nth in range(KEPT_MAX)}
    for held in (OWN, many):
        file.save_own(held)
        assert [*KeyFile(profile, SEED).load_own().items()] == [*held.items()]
    memory = KeysInMemory()
    assert memory.load_own() == {}
    memory.save_own(OWN)
    assert memory.load_own() == OWN


def test_own_keys_show_nothing_to_who_has_only_the_file(profile: Profile) -> None:
    """Locked by the device's key, and never under the name of the other file."""
    KeyFile(profile, SEED).save_own(OWN)
    assert profile.own_key.stat().st_mode & 0o777 == 0o600
    assert b"1" * 32 not in profile.own_key.read_bytes()
    assert KeyFile(profile, b"e" * 32).load_own() == {}


@pytest.mark.parametrize("kept", [0, 20])
def test_without_own_keys_new_ones_are_drawn(profile: Profile, kept: int) -> None:
    """A broken file is as none: what lies under them is here in the clear."""
    KeyFile(profile, SEED).save_own(OWN)
    profile.own_key.write_bytes(profile.own_key.read_bytes()[:kept])
    assert KeyFile(profile, SEED).load_own() == {}
