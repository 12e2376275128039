"""Seal keys made in a process of their own, by a program that stays.

Once a day a device takes up its next key and tells its public part; what makes it takes 10 MB and
50 ms of the interpreter, for 1,216 bytes. The seed goes through a pipe to a process of the same
user, and nowhere else.
"""

import subprocess
import sys
from typing import Final

from hobnob_protocol.sealing import keeping
from hobnob_protocol.sealing.seal_key import PUBLIC_BYTES

WAIT_SECONDS: Final = 10.0
"""So long it is waited for, on a machine that has other things to do; it takes a tenth."""
_FORGES: Final = """
import sys
from hobnob_protocol.sealing.keeping import public_of
sys.stdout.buffer.write(public_of(sys.stdin.buffer.read()))
"""

_apart = False


def forge_apart() -> None:
    """From here on, for the whole process: a program decides it that somebody looks at for long."""
    global _apart
    _apart = True


def public_of(seed: bytes) -> bytes:
    """The public part of the key that a seed makes; made here where it cannot be made apart."""
    return (_made_apart(seed) if _apart else b"") or keeping.public_of(seed)


def _made_apart(seed: bytes) -> bytes:
    """No bytes where nothing came of it, as where there is no interpreter to be called."""
    try:
        # Nothing of the folder it runs in is loaded.
        made = subprocess.run(
            (sys.executable, "-P", "-c", _FORGES),
            input=seed,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WAIT_SECONDS,
            check=False,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return b""
    return made if len(made) == PUBLIC_BYTES else b""
