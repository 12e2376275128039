"""Chance from a seed, by hashing a counter: the same in every process and on every machine."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


class Draws:
    """An endless row of draws; equal seeds draw alike."""

    def __init__(self, seed: int) -> None:
        self._seed = seed.to_bytes(8, "big")
        self._count = 0

    def bytes(self, size: int) -> bytes:
        """Some bytes, at most 32."""
        self._count += 1
        return sha256(self._seed + self._count.to_bytes(8, "big")).digest()[:size]

    def below(self, bound: int) -> int:
        """0 to `bound` - 1."""
        return int.from_bytes(self.bytes(8), "big") % bound

    def one_in(self, times: int) -> bool:
        """True once in so many times."""
        return self.below(times) == 0

    def choice(self, things: Sequence[T]) -> T:
        """One of them."""
        return things[self.below(len(things))]
