"""Ours: the screen as anybody starts it, on a replica that holds a whole community."""

import re
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from random import Random
from typing import Final

from hobnob_protocol import __version__
from hobnob_protocol.ids import channel_stream
from tests.benchmarks.community import CHANNELS, Community, Talk, channel_id, channel_name
from tests.benchmarks.hub import Hub
from tests.benchmarks.screens.program import COLUMNS, LINES, Back, Keys
from tests.benchmarks.screens.taped import Taped, last_text
from tests.terminal.emulator import Grid

HEAD_LINES: Final = 4
"""The name of the channel stands in one of the first lines, below the line of the hub."""
PANE: Final = 26
"""The column where what is said begins."""
AUTHORS_READ: Final = 2
"""Messages of which somebody's name stands there: then one reads."""
_AUTHOR: Final = re.compile(r"\bmember\d+")
_CHANNEL: Final = re.compile(r"#(general|room-\d+)")
END, UP = "\x1b[F", "\x1b[A"


def _is_selected(text: str) -> bool:
    """Is a message selected, upon which keys act?"""
    return "Reply" in text.rstrip().rpartition("\n")[2]


class Ours:
    """`hobnob` on the reader's profile, with the hub or, where there is none, without it; a
    `thrifty` one sends few bytes (`look.bandwidth`)."""

    name = "hobnob"
    version = __version__
    keys = Keys(
        page_up="\x1b[5~",
        switch="\x1b[D\x1b[B\r",
        write="i",
        erase="\x15",
        leave="\x1b",
        open="n",
        find=("/", "quour ", "\r"),
    )
    back: Back | None = Back(
        {"HOBNOB_LOOK_START": "last"}, end=END, quit="\x11", key=UP, has_acted=_is_selected
    )

    def __init__(self, community: Community, hub: Hub | None, *, thrifty: bool = False) -> None:
        self._community = community
        self._hub = hub
        self._shown = ""
        place = ("--profile", str(community.profile.directory))
        self.command: Sequence[str] = (sys.executable, "-m", "hobnob", *place)
        # Settings of whoever measures are none of its.
        home = str(community.directory)
        slow = {"HOBNOB_LOOK_BANDWIDTH": "low"} if thrifty else {}
        begins = {"HOBNOB_LOOK_START": "home"}
        self.environ: Mapping[str, str] = {"COLORTERM": "truecolor", "HOME": home, **begins, **slow}

    def screen(self) -> Grid:
        """It writes few sequences, which our own emulator knows."""
        return Grid(COLUMNS, LINES)

    def is_there(self, text: str) -> bool:
        """Home and the list of channels."""
        return "Channels" in text

    def is_readable(self, text: str) -> bool:
        """Names of authors stand beside the list of channels."""
        return len(_AUTHOR.findall(_beside(text))) >= AUTHORS_READ

    def settle(self, run: Taped) -> None:
        """In the channel, at its end."""
        run.until(lambda: self.is_there(last_text(run, self.screen())))
        run.type(self.keys.open)
        run.until(lambda: self.is_readable(last_text(run, self.screen())))
        run.silent()
        run.type(END)
        run.silent()
        self._shown = self.where(last_text(run, self.screen()))

    def where(self, text: str) -> str:
        """The name at the head of what is said."""
        head = "\n".join(_beside(text).split("\n")[1:HEAD_LINES])
        found = _CHANNEL.search(head)
        return found[1] if found else ""

    def speaker(self) -> Callable[[], None] | None:
        """A member of the hub; none where there is no hub."""
        if self._hub is None:
            return None
        general = self._community.general
        named = {channel_name(nth): channel_stream(channel_id(nth)) for nth in range(CHANNELS)}
        stream = named.get(self._shown, general)
        [member] = self._hub.members
        talk = Talk(Random(3), general)
        [line] = self._hub.lines([member], follow=False)
        line.socket.setblocking(False)  # The name is the standard library's.
        talk = Talk(Random(3), general)

        def say() -> None:
            talk.said += 1
            line.socket.sendall(member.push(stream, talk.text()))
            with suppress(BlockingIOError):
                # The hub's answers: it says goodbye to whom it cannot tell anything.
                line.socket.recv(1 << 16, socket.MSG_DONTWAIT)

        return say


def _beside(text: str) -> str:
    return "\n".join(line[PANE:] for line in text.split("\n"))
