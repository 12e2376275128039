"""Signatures checked ahead, by a second process: what a step will ask a verifier, asked meanwhile.

A check leaves the interpreter's lock, but a thread would have to get that lock back after each one,
from a writer and a loop that hardly let go of it: two cores did no more than one. So it is a
process, started once many messages keep coming and there is a core for it. It gets the checks of a
step from their beginning, and those of the next step after them, so that it never waits.

A step of many that comes to one that is not known yet waits for it, within a bound: the hub's own
thread has all else to do, and is the one that two cores are short of. A step of few, or one that
has waited enough, checks others itself meanwhile, from their end. Whatever is not known, or was
asked otherwise, is checked as if there were no second process, and if it ends there is none.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from hobnob_protocol.crypto import Verifier
from hobnob_protocol.event import Claim
from hobnob_server.limits import (
    AHEAD_CLAIMS_MIN,
    ALONE_CLAIMS,
    SECOND_ASKED_MAX,
    SECOND_ASKED_SOON,
    SECOND_CLAIMS,
    WAIT_CLAIMS_MIN,
    WAIT_SECONDS,
)
from hobnob_server.logs import Log
from hobnob_server.second import Second


class _Round:
    """The checks of one step, in its order."""

    def __init__(self) -> None:
        self.open: dict[Claim, None] = {}
        """Not known yet, whoever is at it."""
        self.found: dict[Claim, bool] = {}
        self._unasked: Iterator[Claim] = iter(())

    def add(self, claims: Sequence[Claim]) -> None:
        """The step will ask these too."""
        fresh = [claim for claim in claims if claim not in self.open and claim not in self.found]
        self.open.update(dict.fromkeys(fresh))
        self._unasked = iter((*self._unasked, *fresh))

    def unasked(self, count: int) -> list[Claim]:
        """The next so many nobody is at."""
        return list(islice((claim for claim in self._unasked if claim in self.open), count))

    def know(self, claim: Claim, answer: bool) -> None:
        """One is known; what was known already stays."""
        if self.open.pop(claim, self) is None:
            self.found[claim] = answer

    def last(self, count: int) -> list[Claim]:
        """The last so many that are not known."""
        return list(islice(reversed(self.open), count))


class Ahead:
    """A verifier whose answers may be known already; it holds those of two steps at most."""

    def __init__(self, verifier: Verifier, start: Callable[[], Second | None], log: Log) -> None:
        self._verifier: Final = verifier
        self._start: Final = start
        self._log: Final = log
        self._second: Second | None = None
        self._ready = False
        self._ended = False
        self._crowded = 0
        self._answers = False
        """Has it answered since the last step began?"""
        self._left_seconds = 0.0
        """How long this step may still wait for it."""
        self._now = _Round()
        self._next = _Round()
        self._asked: deque[tuple[_Round, Claim]] = deque()

    @property
    def looks_further(self) -> bool:
        """Is there somebody who could begin with the step after this one?"""
        return self._ready

    def begin(self, count: int, claims: Callable[[], Sequence[Claim]]) -> None:
        """A step will ask about so much: `claims` says what, in its order, unless it finds no need
        to."""
        self._now, self._next = self._next, _Round()
        self._crowded = self._crowded + count if count >= AHEAD_CLAIMS_MIN else 0
        if self._crowded >= SECOND_CLAIMS and self._second is None and not self._ended:
            self._crowded = 0
            self._second = self._start()
        self._hear()
        self._left_seconds = WAIT_SECONDS if self._answers and count >= WAIT_CLAIMS_MIN else 0.0
        self._answers = False
        if self._ready:
            self._now.add(claims())
            self._ask(SECOND_ASKED_MAX)

    def foresee(self, claims: Sequence[Claim]) -> None:
        """The step after it will ask this."""
        if self._ready:
            self._next.add(claims)
            self._hear()
            self._ask(SECOND_ASKED_MAX)

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        """Did the holder of `public_key` sign `message`?"""
        claim = (public_key, signature, message)
        now = self._now
        while self._ready and claim in now.open:
            self._hear()
            if self._left_seconds > 0:
                self._wait_for(claim)
                continue
            self._ask(SECOND_ASKED_SOON)
            for other in now.last(ALONE_CLAIMS if claim in now.open else 0):
                now.know(other, self._verifier.verify(*other))
        found = now.found.get(claim)
        return self._verifier.verify(*claim) if found is None else found

    def end(self) -> None:
        """The step is over: what was found for it is forgotten. A commit follows, which takes a
        while."""
        self._now = _Round()
        self._hear()
        self._ask(SECOND_ASKED_MAX)

    def stop(self) -> None:
        """End the second process."""
        if self._second is not None:
            self._second.stop()
        self._forget()

    # The second process.

    def _hear(self) -> None:
        """Take the answers that have come."""
        if self._second is None:
            return
        try:
            answers = self._second.told()
        except OSError:
            self._lost()
            return
        if answers is None:
            return
        self._ready = True
        if len(answers) > len(self._asked):
            self._lost()
        else:
            self._answers |= bool(answers)
            for answer in answers:
                asked, claim = self._asked.popleft()
                asked.know(claim, answer == 1)

    def _wait_for(self, claim: Claim) -> None:
        """Until it says something, unless it has said this."""
        self._ask(SECOND_ASKED_MAX)
        if self._second is not None and claim in self._now.open:
            self._left_seconds -= self._second.wait(self._left_seconds)

    def _ask(self, most: int) -> None:
        """Ask so much that there are `most` answers to come, if there is so much to ask."""
        for each in (self._now, self._next):
            room = most - len(self._asked)
            if self._second is None or not self._ready or room <= 0:
                return
            claims = each.unasked(room)
            self._asked.extend((each, claim) for claim in claims)
            try:
                self._second.ask(claims)
            except OSError:
                self._lost()

    def _lost(self) -> None:
        """It has ended, whatever the reason: it is done without from now on."""
        self._log.warning("checker.end", why="signatures are checked by the hub alone from now on")
        self._ended = True
        self.stop()

    def _forget(self) -> None:
        self._second = None
        self._ready = False
        self._asked.clear()
        self._now, self._next = _Round(), _Round()
