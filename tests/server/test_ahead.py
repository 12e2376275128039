"""Signatures that are checked ahead: the same answers, of which the step makes fewer itself."""

import threading
from collections.abc import Generator
from contextlib import contextmanager

from hobnob_protocol.event import Claim
from hobnob_server.ahead import Ahead
from hobnob_server.limits import AHEAD_CLAIMS_MIN
from tests.stories.waiting import BOUND_SECONDS

MANY = 4 * AHEAD_CLAIMS_MIN


class Checks:
    """A verifier that notes who asks it; a second thread is answered as often as it is let."""

    def __init__(self) -> None:
        self.here: list[Claim] = []
        self.elsewhere: list[Claim] = []
        self._let = threading.Semaphore(0)
        self._asked = threading.Semaphore(0)

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        """Every third signature is wrong."""
        claim = (public_key, signature, message)
        if threading.current_thread() is threading.main_thread():
            self.here.append(claim)
        else:
            assert self._let.acquire(timeout=BOUND_SECONDS)
            self.elsewhere.append(claim)
            self._asked.release()
        return signature[0] % 3 != 0

    def let_one_go(self) -> None:
        """One more, if any is being done."""
        self._let.release()

    def let(self, times: int) -> None:
        """So many checks elsewhere; they are being done when this returns."""
        for _ in range(times):
            self._let.release()
        for _ in range(times):
            assert self._asked.acquire(timeout=BOUND_SECONDS)


@contextmanager
def ahead() -> Generator[tuple[Ahead, Checks]]:
    """A verifier that checks ahead; its thread ends with the block."""
    checks = Checks()
    found = Ahead(checks)
    try:
        yield found, checks
    finally:
        # One check may be under way.
        checks.let_one_go()
        found.stop()


def claims(count: int = MANY) -> list[Claim]:
    """So many, all different."""
    return [(b"key", bytes((nth,)), b"message %d" % nth) for nth in range(count)]


def right(asked: list[Claim]) -> list[bool]:
    """What is true of them."""
    return [signature[0] % 3 != 0 for _, signature, _ in asked]


def test_what_was_checked_ahead_is_not_checked_again() -> None:
    """The second thread comes from the end; right or wrong, its answers are the verifier's."""
    with ahead() as (verifier, checks):
        asked = claims()
        verifier.begin(asked)
        checks.let(MANY // 2 + 1)
        assert [verifier.verify(*claim) for claim in asked] == right(asked)
        assert checks.elsewhere[: MANY // 2] == asked[: MANY // 2 - 1 : -1]
        # The last may not have been known in time.
        assert checks.here in (asked[: MANY // 2 - 1], asked[: MANY // 2])


def test_what_is_not_known_yet_is_not_waited_for() -> None:
    """A second thread that gets nowhere keeps nobody."""
    with ahead() as (verifier, checks):
        asked = claims()
        verifier.begin(asked)
        assert [verifier.verify(*claim) for claim in asked] == right(asked)
        assert checks.here == asked


def test_the_second_thread_ends_where_the_step_is() -> None:
    """Nothing is checked that has been checked."""
    with ahead() as (verifier, checks):
        asked = claims()
        verifier.begin(asked)
        for claim in asked[:-2]:
            assert verifier.verify(*claim) is right([claim])[0]
        checks.let(2)
        again = claims()
        verifier.begin(again)
        checks.let(1)
        assert checks.elsewhere == [asked[-1], asked[-2], again[-1]]


def test_another_question_is_another_answer() -> None:
    """Key, signature and message must all be the ones that were checked."""
    with ahead() as (verifier, checks):
        verifier.begin(claims())
        checks.let(2)
        key, _, message = claims()[-1]
        others = [(key, b"\0", message), (b"other", b"\1", message), (key, b"\1", b"other")]
        assert [verifier.verify(*other) for other in others] == [False, True, True]
        assert checks.here == others


def test_few_signatures_wake_nobody() -> None:
    """A message alone is checked where it is."""
    with ahead() as (verifier, checks):
        asked = claims(AHEAD_CLAIMS_MIN - 1)
        before = threading.active_count()
        verifier.begin(asked)
        assert threading.active_count() == before
        assert [verifier.verify(*claim) for claim in asked] == right(asked)
        assert checks.here == asked


def test_when_the_step_is_over_nothing_is_kept() -> None:
    """Asked again, it is checked again; a thread that has ended may be needed again."""
    with ahead() as (verifier, checks):
        asked = claims()
        verifier.begin(asked)
        checks.let(2)
        verifier.end()
        assert verifier.verify(*asked[-1]) is right(asked)[-1]
        assert checks.here == [asked[-1]]
        checks.let_one_go()
        verifier.stop()
        verifier.begin(asked)
        checks.let(1)
