"""What a person is told when something cannot be done, and how the program ends then.

Exit codes are an interface: scripts read them.
"""

from enum import IntEnum

from hobnob_protocol.errors import WorldError


class Exit(IntEnum):
    """How a program ends."""

    OK = 0
    FAILED = 1
    USAGE = 2
    """Arguments, configuration or profile are not right; trying again changes nothing."""
    RETRY = 3
    """The hub is out of reach, or something else is not ready yet: the same may work later."""
    INTERRUPTED = 130


class Failure(WorldError):
    """Says what happened and what to do, in words for the person at the terminal."""

    def __init__(self, said: str, code: Exit = Exit.FAILED) -> None:
        super().__init__(said)
        self.code = code
