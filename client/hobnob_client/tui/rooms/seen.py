"""Which single messages are done with, though what stands before them is not read."""

from collections.abc import Iterable, Iterator
from typing import Final

from hobnob_protocol.ids import TargetId

SEEN_MAX: Final = 1_000
"""The oldest are forgotten beyond: what was said before them is read by then, or nobody asks."""
_NAME_BYTES: Final = 16


class Seen:
    """Names of messages, in the order in which they were done with."""

    def __init__(self, kept: bytes = b"") -> None:
        """`kept` is as `bytes(seen)` gave it; what is damaged is left out."""
        names = (kept[at : at + _NAME_BYTES] for at in range(0, len(kept), _NAME_BYTES))
        self._names = {TargetId(name): None for name in names if len(name) == _NAME_BYTES}

    def __bytes__(self) -> bytes:
        return b"".join(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[TargetId]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def add(self, names: Iterable[TargetId]) -> bool:
        """These are done with; is that news?"""
        before = len(self._names)
        self._names.update(dict.fromkeys(names))
        grown = len(self._names) > before
        for name in list(self._names)[: max(0, len(self._names) - SEEN_MAX)]:
            del self._names[name]
        return grown

    def drop(self, names: Iterable[TargetId]) -> None:
        """These are not, after all."""
        for name in names:
            self._names.pop(name, None)
