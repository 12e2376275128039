"""What was cut out of a text, to be put back elsewhere: as readline and Emacs keep it."""

from collections import deque
from typing import Final

ENTRIES_MAX: Final = 32
ENTRY_TEXT_MAX: Final = 64_000
"""A longer piece keeps its beginning: more than four messages of the longest."""


class KillRing:
    """The newest piece first."""

    def __init__(self) -> None:
        self._entries: deque[str] = deque(maxlen=ENTRIES_MAX)

    def kill(self, text: str, *, before: bool, joins: bool) -> None:
        """Keep a piece. One that `joins` is part of the one before it: cut right after it, and
        `before` it in the text, or behind."""
        if not text:
            return
        if joins and self._entries:
            last = self._entries.popleft()
            text = text + last if before else last + text
        self._entries.appendleft(text[:ENTRY_TEXT_MAX])

    @property
    def newest(self) -> str:
        """What is put back first, "" where nothing was cut out."""
        return self._entries[0] if self._entries else ""

    def rotate(self) -> str:
        """The piece before, which is now the newest; the last of all is followed by the first."""
        self._entries.rotate(-1)
        return self.newest
