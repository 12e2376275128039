"""Acceptances: an answer counts once a thread for whoever gave it, and for whoever had asked.

Who accepts, takes it back and accepts again has settled one thread, not two.
"""

from typing import Final, TypeAlias

from hobnob_server.engines.recognition.deeds import Accepted, Person, Ref, Thread
from hobnob_server.engines.recognition.marks import Measure
from hobnob_server.engines.recognition.threads import ASLEEP_MS

_Key: TypeAlias = tuple[Measure, Thread, Person]


class Acceptances:
    """Those of the threads that are awake, as long as they stand."""

    def __init__(self) -> None:
        self._first: Final[dict[_Key, Accepted]] = {}
        self._resting_on: Final[dict[Ref, set[_Key]]] = {}

    def is_first(self, measure: Measure, person: Person, deed: Accepted) -> bool:
        """Is it the first in its thread that counts this for this person? Now it is taken."""
        key = (measure, deed.thread, person)
        if self._first.setdefault(key, deed) is not deed:
            return False
        for ref in _rests_on(deed):
            self._resting_on.setdefault(ref, set()).add(key)
        return True

    def withdrawn(self, target: Ref) -> None:
        """An acceptance, or the message that was accepted, counts no more: another one may."""
        for key in tuple(self._resting_on.get(target, ())):
            self._drop(key)

    def forget(self, now_ms: int) -> None:
        """Those of long ago."""
        for key in [one for one, deed in self._first.items() if now_ms - deed.at_ms > ASLEEP_MS]:
            self._drop(key)

    def _drop(self, key: _Key) -> None:
        for ref in _rests_on(self._first.pop(key)):
            keys = self._resting_on[ref]
            keys.discard(key)
            if not keys:
                del self._resting_on[ref]


def _rests_on(deed: Accepted) -> frozenset[Ref]:
    return frozenset((deed.ref, deed.message))
