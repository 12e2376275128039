"""The wire between one client and the hub: two queues of encoded frames, and what goes wrong there.

A queue may lose a suffix when the link is cut, stop in one direction, deliver a frame twice or two
frames the wrong way round. TCP does less; being ready for more costs nothing.
"""

from collections import deque
from dataclasses import dataclass, field
from random import Random


@dataclass(slots=True)
class Direction:
    """One way of a link. `open_at_ms` is when a clog ends."""

    queue: deque[bytes] = field(default_factory=deque[bytes])
    open_at_ms: int = 0
    swapped: bool = False
    """Has it done what no TCP does, and changed an order?"""

    @property
    def size_bytes(self) -> int:
        """What waits here."""
        return sum(map(len, self.queue))


@dataclass(slots=True)
class Link:
    """One connection: `up` to the hub, `down` to the client; `opened` once the login is over."""

    number: int
    up: Direction = field(default_factory=Direction)
    down: Direction = field(default_factory=Direction)
    opened: bool = False
    congested: bool = False


@dataclass(frozen=True, slots=True)
class Noise:
    """How often a delivery goes wrong, as probabilities."""

    duplicate: float
    swap: float
    clog: float
    cut: float


def take(direction: Direction, noise: Noise, rng: Random, seen: dict[str, int]) -> bytes:
    """The next frame of a direction that has one; some come twice or in the wrong order."""
    queue = direction.queue
    if len(queue) > 1 and rng.random() < noise.swap:
        queue[0], queue[1] = queue[1], queue[0]
        direction.swapped = True
        count(seen, "frame swapped")
    if rng.random() < noise.duplicate:
        count(seen, "frame doubled")
        return queue[0]
    return queue.popleft()


def count(seen: dict[str, int], what: str) -> None:
    """One more of `what` has happened: the campaign's proof that it reached a corner."""
    seen[what] = seen.get(what, 0) + 1
