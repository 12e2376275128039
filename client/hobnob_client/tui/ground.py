"""Is the terminal's ground dark? It is asked, as xterm is asked (OSC 11), and waited for shortly.

`COLORFGBG` spares the question. A second question behind it, which every terminal answers (DA1),
tells that nothing more will come; so one that knows no OSC 11 costs no wait.
"""

import os
import re
import select
import termios
import time
import tty
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Final

from hobnob_client.restoring import restored_by

QUESTION: Final = "\x1b]11;?\x1b\\\x1b[c"
"""What colour is the ground; and what sort of a terminal is this?"""
ANSWER_BYTES_MAX: Final = 256
WAIT_SECONDS: Final = 0.2
"""A terminal on this machine has answered by then, or will not."""
WAIT_FAR_SECONDS: Final = 1.0
"""The same over SSH."""
_GROUND: Final = re.compile(
    rb"\x1b\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})"
)
_END: Final = re.compile(rb"\x1b\[\?[\d;]*c")
_SILENT_TERMS: Final = ("", "dumb", "linux", "vt100", "vt220", "ansi")


def is_dark_here(environ: Mapping[str, str], given: int, out: int) -> bool:
    """The ground of the terminal at these two file descriptors; dark where it does not tell."""
    said = environ.get("COLORFGBG", "")
    if said or environ.get("TERM", "") in _SILENT_TERMS:
        return is_dark(said)
    if not (os.isatty(given) and os.isatty(out)):
        return True
    far = "SSH_CONNECTION" in environ or "SSH_TTY" in environ
    found = is_dark_answer(_asked(given, out, WAIT_FAR_SECONDS if far else WAIT_SECONDS))
    return True if found is None else found


def is_dark(colorfgbg: str) -> bool:
    """The same of `COLORFGBG`, which ends in the ground's colour: 7 and 9 to 15 are light."""
    ground = colorfgbg.rpartition(";")[2]
    return not (ground.isdigit() and (int(ground) == 7 or 9 <= int(ground) <= 15))


def is_dark_answer(answer: bytes) -> bool | None:
    """The same of a terminal's answer; None where it has not told."""
    found = _GROUND.search(answer)
    if found is None:
        return None
    red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in found.groups())
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return bool(luma < 0.5)


def _asked(given: int, out: int, seconds: float) -> bytes:
    """What the terminal answers; nothing is left of it for whoever reads next."""
    answer = b""
    with suppress(termios.error, OSError):
        before = termios.tcgetattr(given)
        with restored_by(partial(termios.tcsetattr, given, termios.TCSANOW, before)):
            tty.setcbreak(given, termios.TCSANOW)
            os.write(out, QUESTION.encode())
            end = time.monotonic() + seconds
            while not _END.search(answer) and len(answer) < ANSWER_BYTES_MAX:
                left = end - time.monotonic()
                if left <= 0 or not select.select([given], [], [], left)[0]:
                    break
                answer += os.read(given, ANSWER_BYTES_MAX - len(answer))
    return answer
