"""The wire between one client and the hub: two queues of encoded frames, and what goes wrong there.

A queue may lose a suffix when the link is cut, stop in one direction, lose a frame, deliver one
twice or two the wrong way round. TCP does less; being ready for more costs nothing.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Final


@dataclass(slots=True)
class Direction:
    """One way of a link. `open_at_ms` is when a clog ends, `size_bytes` what waits."""

    queue: deque[bytes] = field(default_factory=deque[bytes])
    open_at_ms: int = 0
    size_bytes: int = 0
    faulty: bool = False
    """Has it done what no TCP does: changed an order, or lost a frame and gone on?"""

    def put(self, frames: Iterable[bytes]) -> None:
        """Write frames."""
        for data in frames:
            self.queue.append(data)
            self.size_bytes += len(data)

    def take(self) -> bytes:
        """The next frame."""
        data = self.queue.popleft()
        self.size_bytes -= len(data)
        return data


@dataclass(slots=True)
class Link:
    """One connection: `up` to the hub, `down` to the client; `opened` once the login is over."""

    number: int
    up: Direction = field(default_factory=Direction)
    down: Direction = field(default_factory=Direction)
    opened: bool = False
    congested: bool = False

    @property
    def faulty(self) -> bool:
        """Has either way done what no TCP does?"""
        return self.up.faulty or self.down.faulty


@dataclass(frozen=True, slots=True)
class Noise:
    """How often a delivery goes wrong, as probabilities."""

    duplicate: float
    swap: float
    lose: float
    clog: float
    cut: float


CALM: Final = Noise(0.0, 0.0, 0.0, 0.0, 0.0)


def take(direction: Direction, noise: Noise, rng: Random, seen: dict[str, int]) -> bytes | None:
    """The next frame of a direction that has one; some come twice, in the wrong order or never."""
    queue = direction.queue
    if len(queue) > 1 and rng.random() < noise.swap:
        queue[0], queue[1] = queue[1], queue[0]
        direction.faulty = True
        count(seen, "frame swapped")
    if rng.random() < noise.duplicate:
        count(seen, "frame doubled")
        return queue[0]
    if noise.lose and rng.random() < noise.lose:
        direction.take()
        direction.faulty = True
        count(seen, "frame lost")
        return None
    return direction.take()


def count(seen: dict[str, int], what: str) -> None:
    """One more of `what` has happened: the campaign's proof that it reached a corner."""
    seen[what] = seen.get(what, 0) + 1
