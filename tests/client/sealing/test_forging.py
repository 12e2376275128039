"""A seal key that is made in another process is the one that would be made here."""

import subprocess
import sys

from hobnob_protocol.sealing.seal_key import SealKey

SEED = b"s" * 32
FORGED = """
import sys
from hobnob_client.sealing.forging import forge_apart, public_of
forge_apart()
sys.executable = {executable!r} or sys.executable
public = public_of(b"s" * 32)
print(public.hex(), "cryptography" in sys.modules)
"""


def forged(executable: str = "") -> tuple[bytes, bool]:
    """What a program that stays has made, called by this interpreter; and has it loaded what makes
    keys?"""
    command = [sys.executable, "-c", FORGED.format(executable=executable)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return bytes.fromhex(said[0]), said[1] == "True"


def test_it_is_the_same_key_and_nothing_that_makes_keys_is_loaded() -> None:
    """A program that stays has 10 MB less for it."""
    assert forged() == (SealKey(SEED).public, False)


def test_where_there_is_no_interpreter_it_is_made_here() -> None:
    """As in a program that was packed into one file, or where nothing may be started."""
    for nothing in ("/nowhere/python", "/bin/true"):
        assert forged(nothing) == (SealKey(SEED).public, True)
