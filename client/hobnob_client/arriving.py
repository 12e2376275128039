"""The first start, when nothing is set up: the welcome, and where its ways lead, until there is a
device that speaks for somebody."""

import subprocess
import sys
from enum import Enum
from typing import Final

from hobnob_client.config import Loaded
from hobnob_client.paths import Profile

_HOBNOB: Final = (sys.executable, "-m", "hobnob")


class Arrived(Enum):
    """How somebody came in."""

    NEW = "new"
    """They have joined, and nobody has shown them anything."""
    LINKED = "linked"
    """This is one more device of theirs."""


def arrive(profile: Profile, loaded: Loaded) -> Arrived | None:
    """Welcome somebody, as often as a way leads back; None where they leave without a device."""
    from hobnob_client.tui import welcome

    said = ""
    while True:
        way = welcome.run(profile, loaded, said)
        match way:
            case welcome.Tour():
                # A program of its own: it ends by its own keys, and takes nothing with it.
                subprocess.run((*_HOBNOB, "demo"), check=False)
                said = welcome.AFTER_THE_TOUR
            case welcome.Linking(where):
                words = (*_HOBNOB, "--profile", str(profile.directory), "link", where)
                ended = subprocess.run(words, check=False).returncode
                if ended == 0:
                    return Arrived.LINKED
                _wait()
                said = welcome.NOT_LINKED
            case welcome.Joined():
                return Arrived.NEW
            case None:
                return None


def _wait() -> None:
    """Until the person has read what went wrong."""
    sys.stderr.write("Enter: back. ")
    sys.stderr.flush()
    sys.stdin.readline()
