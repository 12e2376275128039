"""What is typed, read as it comes.

Textual looks ten times a second whether it is to end, which is most of what a screen costs on which
nothing happens. Here whoever waits for keys is woken by one, or by what ends the waiting.
"""

import os
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from selectors import EVENT_READ, SelectSelector
from threading import Event
from typing import Final

from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.message import Message

READ_BYTES: Final = 4_096
"""Read at once: more than anybody types."""


class Ending(Event):
    """An event for which one can wait beside a file."""

    def __init__(self) -> None:
        super().__init__()
        self._seen, self._told = os.pipe()
        os.set_blocking(self._seen, False)

    def fileno(self) -> int:
        """What can be read as soon as it is set."""
        return self._seen

    def set(self) -> None:
        """It is the end."""
        super().set()
        os.write(self._told, b"\0")

    def clear(self) -> None:
        """It is not any more."""
        super().clear()
        with suppress(BlockingIOError):
            os.read(self._seen, READ_BYTES)


def read_keys(
    fileno: int, ending: Ending, take: Callable[[Message], object], *, debug: bool = False
) -> None:
    """Hand on what comes from a terminal until it is the end. OSError where the terminal has gone;
    where nothing more can come, wait for the end alone."""
    parser = XTermParser(debug)
    decode = getincrementaldecoder("utf-8")().decode
    # Of the others not every one can wait for a terminal everywhere.
    with SelectSelector() as selector:
        selector.register(fileno, EVENT_READ)
        selector.register(ending, EVENT_READ)
        while not ending.is_set():
            ready = {key.fd for key, _ in selector.select(_patience_seconds(parser))}
            if fileno in ready:
                data = os.read(fileno, READ_BYTES)
                if not data:
                    selector.unregister(fileno)
                text = decode(data)
                # To the parser no text is the end of all.
                for message in parser.feed(text) if text else ():
                    take(message)
            for message in parser.tick():
                take(message)


def _patience_seconds(parser: XTermParser) -> float | None:
    """For how long what was begun may go on, as an Esc that begins the name of a key."""
    until = parser._timeout_time  # pyright: ignore[reportPrivateUsage]  # There is no public way.
    return None if until is None else max(0.0, until - get_time())
