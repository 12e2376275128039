"""Withdrawals: which events count no more, and which of those never will again."""

from typing import Final

from hobnob_server.engines.recognition.deeds import Ref, Restored, Withdrawn


class Withdrawals:
    """`gone` is all that counts no more; what of it is `for_good` is not restored."""

    def __init__(self) -> None:
        self.gone: Final[set[Ref]] = set()
        self.for_good: Final[set[Ref]] = set()

    def take(self, deed: Withdrawn | Restored) -> None:
        """What this deed changes."""
        if isinstance(deed, Withdrawn):
            self.gone.add(deed.target)
            if deed.for_good:
                self.for_good.add(deed.target)
        elif deed.target not in self.for_good:
            self.gone.discard(deed.target)
