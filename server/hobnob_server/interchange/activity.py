"""How much was said here by whom and where: what a record of a member or a channel counts."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from hobnob_server.interchange.messages import seconds
from hobnob_server.interchange.records import Record


@dataclass(slots=True)
class Spoken:
    """What one member said, or what was said in one channel."""

    messages: int = 0
    first_ms: int = 0
    last_ms: int = 0

    def add(self, at_ms: int) -> None:
        """One more message."""
        self.first_ms = min(self.first_ms, at_ms) if self.messages else at_ms
        self.last_ms = max(self.last_ms, at_ms)
        self.messages += 1

    def fields(self) -> Record:
        """As a record says it."""
        if not self.messages:
            return {"messages": 0}
        first, last = seconds(self.first_ms), seconds(self.last_ms)
        return {"messages": self.messages, "first_ts": first, "last_ts": last}


class Activity:
    """Of everybody and everywhere, by what they are called."""

    def __init__(self) -> None:
        self.members: Final[defaultdict[str, Spoken]] = defaultdict(Spoken)
        self.channels: Final[defaultdict[str, Spoken]] = defaultdict(Spoken)

    def add(self, channel: str, member: str, at_ms: int) -> None:
        """Somebody said something."""
        self.members[member].add(at_ms)
        self.channels[channel].add(at_ms)
