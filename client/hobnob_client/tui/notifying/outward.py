"""The ways out: bytes to the terminal, or a program of the desktop."""

from collections.abc import Callable, Mapping, Sequence
from shutil import which
from typing import Final, TypeAlias

from hobnob_client.config.settings import AUTO
from hobnob_client.tui.notifying.manners import (
    BODY_CELLS_MAX,
    GIVE_BACK_TITLE,
    KEEP_TITLE,
    TITLE_CELLS_MAX,
    Notice,
    asking,
    manner,
    plain,
    titled,
)
from hobnob_client.tui.opening import Start

Write: TypeAlias = Callable[[str], object]
"""Writes to the terminal as it is."""
PROGRAM: Final = "notify-send"


class Outward:
    """Tells of things where this screen runs: by the desktop where there is one before the person,
    else by the terminal; `notify` and `preview` are the settings of that name."""

    def __init__(
        self,
        write: Write,
        environ: Mapping[str, str],
        start: Start,
        *,
        notify: str = AUTO,
        preview: bool = True,
    ) -> None:
        self._write = write
        self._start = start
        self._off = notify == "off"
        self._manner = manner(environ, notify)
        wanted = notify == "desktop" or not self._manner.known
        self._program = desktop(environ) if wanted else ""
        self.preview = preview
        """May it be told how a message begins?"""
        self._nth = 0
        self._titled: int | None = None

    def tell(self, notice: Notice) -> None:
        """Show a notice; where the program of the desktop fails, the terminal does. Nothing at all
        where that is off."""
        if self._off:
            return
        if self._program and self._told(notice):
            return
        self._nth += 1
        self._write(asking(notice, self._manner, self._nth))

    def _told(self, notice: Notice) -> bool:
        try:
            self._start(command(self._program, notice))
        except OSError:
            return False
        return True

    def count(self, count: int) -> None:
        """Say in the window's title how many things call for one."""
        if count == self._titled:
            return
        before, self._titled = self._titled, count
        self._write((KEEP_TITLE if before is None else "") + titled(count))

    def leave(self) -> None:
        """Give the window its own title back."""
        if self._titled is not None:
            self._titled = None
            self._write(GIVE_BACK_TITLE)


def desktop(environ: Mapping[str, str]) -> str:
    """The program by which the desktop here tells of things; "" where there is none, or the person
    sits before another one, at the far end of SSH."""
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return ""
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return ""
    return which(PROGRAM, path=environ.get("PATH")) or ""


def command(program: str, notice: Notice) -> Sequence[str]:
    """How it is called: never through a shell, no text can be an option, and of the markup that
    desktops read in the body nothing is left."""
    title = plain(notice.title, TITLE_CELLS_MAX)
    # It loads the names of all signs: only who is told pays for that.
    from html import escape

    body = escape(plain(notice.body, BODY_CELLS_MAX), quote=False)
    return (program, "--app-name=hobnob", "--", title, body)
