"""What one has said in a place comes back into the field, and the draft waits meanwhile."""

from collections.abc import Sequence
from typing import Final

ENTRIES_MAX: Final = 50
"""So far back it goes; what was said before is found by a search."""


class Recall:
    """A walk through what was said, the newest first; `draft` is what was begun before it."""

    def __init__(self) -> None:
        self._entries: tuple[str, ...] = ()
        self._nth = -1
        self.draft = ""

    @property
    def shown(self) -> str | None:
        """What was put into the field last, None where the walk has not begun."""
        return self._entries[self._nth] if self._nth >= 0 else None

    def begun(self, text: str) -> str:
        """What of a field with this text is begun: what comes back out of the past is not, until it
        is changed."""
        return self.draft if text == self.shown else text

    def older(self, said: Sequence[str], text: str) -> str | None:
        """What was said before; `text` is what the field has. None where there is no more."""
        if self._nth < 0:
            self._entries = tuple(dict.fromkeys(said))[:ENTRIES_MAX]
            self.draft = text
        if self._nth + 1 >= len(self._entries):
            return None
        self._nth += 1
        return self._entries[self._nth]

    def newer(self) -> str | None:
        """What was said after it, at last the draft; None where nothing came back."""
        if self._nth < 0:
            return None
        self._nth -= 1
        if self._nth >= 0:
            return self._entries[self._nth]
        draft = self.draft
        self.end()
        return draft

    def end(self) -> None:
        """Something else is in the field now."""
        self._entries, self._nth, self.draft = (), -1, ""
