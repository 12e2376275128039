"""Acceptances: an answer counts once a thread for whoever gave it, and for whoever had asked.

Who accepts, takes it back and accepts again has settled one thread, not two.
"""

from typing import Final

from hobnob_server.engines.recognition.deeds import Accepted, Person, Ref, Thread
from hobnob_server.engines.recognition.threads import ASLEEP_MS


class Acceptances:
    """Those of the threads that are awake, as long as they stand."""

    def __init__(self) -> None:
        self._helped: Final[dict[tuple[Thread, Person], Accepted]] = {}
        self._settled: Final[dict[tuple[Thread, Person], Accepted]] = {}

    def helped(self, deed: Accepted) -> bool:
        """Is it the first for this helper in this thread? Now it is taken."""
        return self._helped.setdefault((deed.thread, deed.helper), deed) is deed

    def settled(self, deed: Accepted) -> bool:
        """... for this asker?"""
        return self._settled.setdefault((deed.thread, deed.asker), deed) is deed

    def withdrawn(self, target: Ref) -> None:
        """An acceptance, or the message that was accepted, counts no more: another one may."""
        for known in (self._helped, self._settled):
            for key in [one for one, deed in known.items() if target in (deed.ref, deed.message)]:
                del known[key]

    def forget(self, now_ms: int) -> None:
        """Those of long ago."""
        for known in (self._helped, self._settled):
            for key in [one for one, deed in known.items() if now_ms - deed.at_ms > ASLEEP_MS]:
                del known[key]
