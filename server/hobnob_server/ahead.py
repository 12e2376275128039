"""Signatures checked ahead, on a second core: what a step will ask a verifier, asked meanwhile.

The check of a signature leaves the interpreter's lock, so a second thread can do it while the
writer reads and orders. It takes the checks of a step from their end, the writer comes from their
beginning and checks itself what is not known yet: where they meet nothing is left to wait for.
Whatever is not known, or was asked otherwise, is checked as if there were no second thread.
"""

from collections.abc import Sequence
from queue import SimpleQueue
from threading import Thread
from typing import Final

from hobnob_protocol.crypto import Verifier
from hobnob_protocol.event import Claim
from hobnob_server.limits import AHEAD_CLAIMS_MIN


class _Round:
    """The checks of one step; `met` is how many of them, from the first, the step has come to."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims: Final = claims
        self.met = 0
        self.found: dict[Claim, bool] = {}

    def run(self, verifier: Verifier) -> None:
        """Check one after the other from the end, until what is left is behind the step."""
        for at in range(len(self.claims) - 1, -1, -1):
            if at < self.met:
                return
            claim = self.claims[at]
            self.found[claim] = verifier.verify(*claim)


class Ahead:
    """A verifier whose answers may be known already; it holds those of one step at most."""

    def __init__(self, verifier: Verifier) -> None:
        self._verifier: Final = verifier
        self._rounds: SimpleQueue[_Round | None] = SimpleQueue()
        self._round: _Round | None = None
        self._thread: Thread | None = None

    def begin(self, claims: Sequence[Claim]) -> None:
        """A step will ask this, in this order, unless it finds no need to."""
        self.end()
        if len(claims) < AHEAD_CLAIMS_MIN:
            return
        if self._thread is None:
            self._thread = Thread(target=self._run, name="hobnob-ahead", daemon=True)
            self._thread.start()
        self._round = _Round(claims)
        self._rounds.put(self._round)

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        """Did the holder of `public_key` sign `message`?"""
        if self._round is not None:
            self._round.met += 1
            found = self._round.found.get((public_key, signature, message))
            if found is not None:
                return found
        return self._verifier.verify(public_key, signature, message)

    def end(self) -> None:
        """The step is over: what is left need not be checked, what was found is forgotten."""
        if self._round is not None:
            self._round.met = len(self._round.claims)
            self._round = None

    def stop(self) -> None:
        """End the thread."""
        self.end()
        if self._thread is not None:
            self._rounds.put(None)
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while (begun := self._rounds.get()) is not None:
            begun.run(self._verifier)
