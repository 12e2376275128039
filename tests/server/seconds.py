"""A second process that does as it is told, and a verifier that notes what it is asked itself."""

import io
from collections.abc import Iterable

from hobnob_protocol.event import Claim
from hobnob_server.ahead import Ahead
from hobnob_server.limits import SECOND_ASKED_MAX, SECOND_CLAIMS, WAIT_SECONDS
from hobnob_server.logs import Log
from tests.stories.waiting import TestClock

MANY = 32


def right(claim: Claim) -> bool:
    """Every third signature is wrong."""
    return claim[1][0] % 3 != 0


class Here:
    """The hub's own verifier, which notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[Claim] = []

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        """Did it?"""
        claim = (public_key, signature, message)
        self.asked.append(claim)
        return right(claim)


class Other:
    """A second process that answers as often as it is let."""

    def __init__(self) -> None:
        self.asked: list[Claim] = []
        self.begun = True
        self.dead = False
        self.stopped = False
        self.pace = 0
        """How many it answers each time somebody listens."""
        self.waited: list[float] = []
        """How long somebody would have waited for it, each time."""
        self.wakes = 0
        """How many it answers whenever somebody waits; none is as if it hung."""
        self._due = 0
        self._answered = 0

    @property
    def owed(self) -> int:
        """Answers to come."""
        return len(self.asked) - self._answered

    def ask(self, claims: Iterable[Claim]) -> None:
        """More of them."""
        if self.dead:
            raise BrokenPipeError
        self.asked += claims

    def told(self) -> bytes | None:
        """What was let go."""
        if self.dead:
            raise ConnectionError
        if not self.begun:
            return None
        due, self._due = max(self.pace, self._due), 0
        return self.up_to(self._answered + due)

    def wait(self, seconds: float) -> float:
        """It takes a hundredth of what it may, or all of it."""
        self.waited.append(seconds)
        assert len(self.waited) < SECOND_ASKED_MAX, "there is no end to it"
        self._due = self.wakes
        return WAIT_SECONDS / 100 if self.wakes else seconds

    def up_to(self, total: int) -> bytes:
        """The next ones, until so many have been answered."""
        some = self.asked[self._answered : total]
        self._answered += len(some)
        return bytes(map(right, some))

    def forget(self) -> None:
        """As if nothing had been asked yet."""
        self.asked.clear()
        self.pace = self._answered = 0

    def stop(self) -> None:
        """No more."""
        self.stopped = True


class Place:
    """A verifier, and who checks for it; a second process is there from the first crowd on."""

    def __init__(self, other: Other | None = None) -> None:
        self.here = Here()
        self.started = 0
        self.other = other
        self.logged = io.StringIO()
        self.ahead = Ahead(self.here, self._start, Log(self.logged, TestClock(0)))

    def _start(self) -> Other | None:
        self.started += 1
        return self.other

    def begin(self, asked: list[Claim]) -> None:
        """A step will ask this."""
        self.ahead.begin(len(asked), lambda: asked)

    def crowd(self) -> None:
        """So many messages that a second process is worth it."""
        self.begin(claims(SECOND_CLAIMS, b"crowd"))
        self.ahead.end()

    def verified(self, asked: list[Claim]) -> list[bool]:
        """What a step is told."""
        return [self.ahead.verify(*claim) for claim in asked]


def with_another() -> tuple[Place, Other]:
    """A place with a second process that has answered all it was asked so far."""
    other = Other()
    other.pace = 2 * SECOND_CLAIMS
    place = Place(other)
    place.crowd()
    place.begin([])
    place.ahead.end()
    place.here.asked.clear()
    other.forget()
    return place, other


def claims(count: int = MANY, message: bytes = b"said") -> list[Claim]:
    """So many, all different."""
    return [(b"key", bytes((nth % 251,)), message + b" %d" % nth) for nth in range(count)]


def answering() -> tuple[Place, Other]:
    """A second process that has answered in the step before, as it does where many are asked."""
    place, other = with_another()
    place.begin(claims(message=b"before"))
    other.pace = MANY
    place.ahead.end()
    place.begin([])
    place.begin(claims(message=b"again"))
    place.ahead.end()
    other.forget()
    return place, other
