"""Where lines come from: a terminal that can edit them, or whatever else hands lines in.

On a terminal it is readline, told that the terminal is a dumb one: then it moves no cursor but by
backspaces within the line that is typed, and colours nothing.
"""

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol, TextIO

Complete = Callable[[str, str], Sequence[str]]
"""The words that a word may become, with the line before it."""
HISTORY_MAX: Final = 500


class Keys(Protocol):
    """Somebody who types."""

    def line(self) -> str | None:
        """The next line, without its end; None where nothing more comes."""
        ...

    def typing(self) -> bool:
        """Is there a line that is begun?"""
        ...


class Handed:
    """Lines out of a file."""

    def __init__(self, given: TextIO) -> None:
        self._given = given

    def line(self) -> str | None:
        """The next one."""
        line = self._given.readline()
        return line.rstrip("\r\n") if line else None

    def typing(self) -> bool:
        """Nobody sees it come."""
        return False


class Edited:
    """Lines of a person, with what they typed before, and with completion by Tab."""

    def __init__(self, complete: Complete) -> None:
        # Readline asks once, when it is loaded.
        os.environ["TERM"] = "dumb"
        import readline

        self._readline: Any = readline
        self._complete = complete
        self._offers: Sequence[str] = ()
        for setting in ("tab: complete", "set enable-bracketed-paste off", "set bell-style none"):
            readline.parse_and_bind(setting)
        readline.set_completer_delims(" ")
        readline.set_completer(self._offer)
        readline.set_history_length(HISTORY_MAX)

    def line(self) -> str | None:
        """The next one. KeyboardInterrupt."""
        try:
            return input()
        except EOFError:
            return None

    def typing(self) -> bool:
        """Is there a letter of it yet?"""
        return bool(self._readline.get_line_buffer())

    def _offer(self, word: str, nth: int) -> str | None:
        if nth == 0:
            before = self._readline.get_line_buffer()[: self._readline.get_begidx()]
            self._offers = self._complete(before, word)
        return self._offers[nth] if nth < len(self._offers) else None


def keys_of(given: TextIO, complete: Complete) -> Keys | None:
    """Who types on standard input; None where nobody does."""
    if not given.isatty():
        return None
    return Edited(complete) if given is sys.stdin else Handed(given)
