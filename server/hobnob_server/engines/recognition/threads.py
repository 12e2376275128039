"""What is known of a thread that is awake: who began it, and who has come into it since."""

from dataclasses import dataclass, field
from typing import Final

from hobnob_server.engines.recognition.deeds import DAY_MS, Channel, Person

ASLEEP_MS: Final = 90 * DAY_MS
"""A thread in which nobody has written for so long counts nothing more; so it can be forgotten."""
SIZES: Final = (3, 6, 12)
"""So many different people in a thread make it a good one."""
RESCUE_MS: Final = 4 * 3_600_000
"""A thread without an answer for so long has been overlooked."""
INTRODUCTION_MS: Final = 7 * DAY_MS
"""Whoever was mentioned comes within so long, if it is for that."""
NAMED_MAX: Final = 32
"""Mentions in a thread that are remembered, the first ones."""


@dataclass(slots=True)
class Line:
    """A thread that is awake."""

    author: Person
    channel: Channel
    at_ms: int
    last_ms: int
    first_of_newcomer: bool
    """It is the first thread of somebody new."""
    people: set[Person] = field(default_factory=set[Person])
    """Who has written in it beside its author; at most the largest of SIZES."""
    named: dict[Person, tuple[Person, int]] = field(
        default_factory=dict[Person, tuple[Person, int]]
    )
    """Who was mentioned, by whom and when, and has not written in it."""

    def asleep(self, at_ms: int) -> bool:
        """Whether it counts no more."""
        return at_ms - self.last_ms > ASLEEP_MS
