"""Opens an address outside: by what the desktop has for it, never through a shell."""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from shutil import which
from typing import Final, TypeAlias

from hobnob_client.tui.prose.address import cleaned

Start: TypeAlias = Callable[[Sequence[str]], object]
"""Starts a program; OSError where that fails."""
_OPENERS: Final = {"darwin": "open", "linux": "xdg-open"}


def opener(environ: Mapping[str, str], platform: str = sys.platform) -> str:
    """The program that opens addresses here; "" where nobody would see it, as over SSH."""
    if platform != "darwin" and not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return ""
    return which(_OPENERS.get(platform, "xdg-open"), path=environ.get("PATH")) or ""


def open_outside(address: str, environ: Mapping[str, str], start: Start) -> bool:
    """Open a cleaned web or mail address; False where nothing here can."""
    program = opener(environ)
    if not (program and address) or cleaned(address) != address or address.startswith("hobnob:"):
        return False
    try:
        start((program, address))
    except OSError:
        return False
    return True


def start(words: Sequence[str]) -> object:
    """A program of its own, which neither reads nor writes the terminal."""
    null = subprocess.DEVNULL
    return subprocess.Popen(
        list(words), stdin=null, stdout=null, stderr=null, start_new_session=True
    )
