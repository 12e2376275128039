"""What a chat program must be able to do to be measured."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from tests.benchmarks.screens.taped import Screen, Taped

COLUMNS: Final = 160
LINES: Final = 45
NARROW: Final = 120
"""Columns once the window was made narrower."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys for what is measured; "" where a program has none for it."""

    page_up: str
    switch: str
    """To another channel."""
    write: str
    """To the field, from where the program begins."""
    erase: str
    """Takes away what is written."""
    leave: str = ""
    """From the field to where one reads."""
    open: str = ""
    """To a channel, where the program begins elsewhere."""
    find: tuple[str, ...] = ()
    """From where one reads: to the search, what is looked for, and the hit in its place."""


@dataclass(frozen=True, slots=True)
class Back:
    """A program that begins where one left it: what its environment says for that; the keys to the
    end of what is said, and those by which it is left; a key that acts upon what is read, and
    whether that is seen."""

    environ: Mapping[str, str]
    end: str
    quit: str
    key: str
    has_acted: Callable[[str], bool]


class Program(Protocol):
    """One program with its community."""

    name: str
    version: str
    command: Sequence[str]
    environ: Mapping[str, str]
    keys: Keys
    back: Back | None
    """None where each start is like the first."""

    def screen(self) -> Screen:
        """An empty screen that obeys what it writes."""
        ...

    def is_there(self, text: str) -> bool:
        """Does its first picture stand there, so that a key acts?"""
        ...

    def is_readable(self, text: str) -> bool:
        """Does the text of the channel stand there?"""
        ...

    def settle(self, run: Taped) -> None:
        """From the start on until it has come to rest in its channel, with the community there."""
        ...

    def speaker(self) -> Callable[[], None] | None:
        """Has others say one more message in the channel that is shown, each time it is called;
        None where nobody can."""
        ...
