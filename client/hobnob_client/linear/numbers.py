"""Short numbers for messages: what is told of gets one, and keeps it as long as it is known."""

from collections import OrderedDict
from typing import Final

from hobnob_protocol.ids import StreamId, TargetId

NUMBERED_MAX: Final = 5_000
"""Whoever names an older one is told to look for it."""
Named = tuple[StreamId, TargetId]


class Numbers:
    """Each message's number, from 1 upwards; of more than `most` the ones longest not named go."""

    def __init__(self, most: int = NUMBERED_MAX) -> None:
        self._most = most
        self._last = 0
        self._numbers: OrderedDict[Named, int] = OrderedDict()
        self._names: dict[int, Named] = {}

    def of(self, stream: StreamId, target: TargetId) -> int:
        """The number of a message, given now if it has none."""
        named = (stream, target)
        found = self._numbers.get(named)
        if found is not None:
            self._numbers.move_to_end(named)
            return found
        self._last += 1
        self._numbers[named] = self._last
        self._names[self._last] = named
        if len(self._numbers) > self._most:
            _, gone = self._numbers.popitem(last=False)
            del self._names[gone]
        return self._last

    def known(self, stream: StreamId, target: TargetId) -> bool:
        """Has it a number?"""
        return (stream, target) in self._numbers

    def named(self, number: int) -> Named | None:
        """Which message it is; None where the number was never given, or is not known any more."""
        return self._names.get(number)
