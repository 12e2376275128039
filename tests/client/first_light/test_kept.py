"""A picture is kept for its user alone and for its moment; where anything differs it is gone."""

import os
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hobnob_client import keyring
from hobnob_client.config import Settings
from hobnob_client.first_light import kept
from hobnob_client.first_light.picture import Picture
from hobnob_client.first_light.stamp import Seen, stamp
from hobnob_client.founding import found
from hobnob_client.paths import Profile
from hobnob_protocol.ids import HubId
from hobnob_protocol.invite_link import InviteLink

PICTURE = Picture(8, ((((), "▌ ana"),),))


@pytest.fixture
def seen(tmp_path: Path) -> Seen:
    """A screen that is seen on some day, of a profile with a replica that is closed."""
    profile = Profile(tmp_path / "ana")
    device = found(InviteLink("localhost", 4626, HubId(bytes(32)), bytes(16)), "ana", 1)
    keyring.save(profile, device)
    profile.replica.write_bytes(b"all that was said")
    environ = {"TERM": "xterm-256color"}
    return Seen(profile, device, Settings(), environ, True, (8, 1), date(2026, 3, 14))


def other(seen: Seen, **changed: Any) -> str | None:
    """Its stamp where something is different."""
    told = {name: getattr(seen, name) for name in Seen.__dataclass_fields__}
    return stamp(Seen(**{**told, **changed}))


def test_it_is_found_where_nothing_has_changed(seen: Seen) -> None:
    """In a file that nobody else reads."""
    of_now = stamp(seen)
    assert of_now is not None
    kept.keep(seen.profile, PICTURE, of_now)
    assert seen.profile.picture.stat().st_mode & 0o777 == 0o600
    assert kept.found(seen.profile, stamp(seen), nerd_font=False) == PICTURE


def test_every_part_of_the_moment_counts(seen: Seen) -> None:
    """Who, where, when, in what terminal and with which settings."""
    differing = {
        other(seen, dark=False),
        other(seen, size=(9, 1)),
        other(seen, size=(8, 2)),
        other(seen, day=date(2026, 3, 15)),
        other(seen, settings=Settings(clock="12h")),
        other(seen, settings=Settings(language="de")),
        other(seen, environ={"TERM": "xterm-256color", "NO_COLOR": ""}),
        other(seen, environ={"TERM": "xterm"}),
    }
    assert stamp(seen) == other(seen, environ={"TERM": "xterm-256color", "PWD": "/"})
    assert len({*differing, stamp(seen)}) == 9
    assert None not in differing


def test_what_was_written_since_counts(seen: Seen) -> None:
    """By whomever; and while somebody has the replica open nobody can tell."""
    before, replica = stamp(seen), seen.profile.replica
    replica.write_bytes(b"all that is said")
    os.utime(replica, ns=(time.time_ns(), time.time_ns()))
    assert stamp(seen) != before
    beside = replica.with_name(replica.name + "-wal")
    beside.write_bytes(b"")
    assert stamp(seen) is None
    beside.unlink()
    replica.unlink()
    assert stamp(seen) is None


@pytest.mark.parametrize("of_then", ["another moment", None])
def test_what_is_not_shown_is_forgotten(seen: Seen, of_then: str | None) -> None:
    """It holds what was said, and is for one start."""
    kept.keep(seen.profile, PICTURE, "one moment")
    assert kept.found(seen.profile, of_then, nerd_font=False) is None
    assert not seen.profile.picture.exists()


def test_what_a_crash_has_left_of_one_is_forgotten_with_it(seen: Seen) -> None:
    """It holds what was said, too; all else of the profile stays."""
    half = seen.profile.picture.with_name(seen.profile.picture.name + ".0a1b2c3d")
    half.write_bytes(b"half of a pict")
    seen.profile.forget_picture()
    assert not half.exists()
    assert seen.profile.replica.exists()
    seen.profile.forget_picture()


def test_a_file_that_others_can_read_is_not_used(seen: Seen) -> None:
    """Nor is one that is somewhere else, or none."""
    of_now = stamp(seen)
    assert of_now is not None
    kept.keep(seen.profile, PICTURE, of_now)
    seen.profile.picture.chmod(0o644)
    assert kept.found(seen.profile, of_now, nerd_font=False) is None
    kept.keep(seen.profile, PICTURE, of_now)
    elsewhere = seen.profile.picture.rename(seen.profile.directory / "elsewhere")
    seen.profile.picture.symlink_to(elsewhere)
    assert kept.found(seen.profile, of_now, nerd_font=False) is None
    assert elsewhere.exists()
