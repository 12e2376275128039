"""The second process, a real one: it checks signatures, and ends when nobody asks any more."""

import asyncio
import io
import os
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager

import pytest

from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from hobnob_protocol.event import Claim
from hobnob_server.ahead import Ahead
from hobnob_server.checker import READY, question, questions, serve
from hobnob_server.limits import SECOND_CLAIMS, WAIT_CLAIMS_MIN
from hobnob_server.logs import Log
from hobnob_server.second import SecondProcess, start_second
from tests.stories import waiting

SIGNER = Ed25519Signer(bytes(32))
LONG_SECONDS = 60.0
"""Nobody waits so long."""


def claims(count: int) -> list[Claim]:
    """So many, every third of them wrong."""
    messages = [b"message %d" % nth for nth in range(count)]
    return [
        (SIGNER.public_key, SIGNER.sign(message if nth % 3 else b"other"), message)
        for nth, message in enumerate(messages)
    ]


def until(holds: Callable[[], object]) -> None:
    """Wait for it."""
    asyncio.run(waiting.until(holds))


def cores(patch: pytest.MonkeyPatch, count: int) -> None:
    """This thread may use so many."""

    def allowed(_: int) -> set[int]:
        return set(range(count))

    patch.setattr(os, "sched_getaffinity", allowed, raising=False)


@contextmanager
def second() -> Generator[SecondProcess]:
    """A process that ends with the block."""
    found = SecondProcess()
    try:
        yield found
    finally:
        found.stop()


def answers(process: SecondProcess, count: int) -> bytes:
    """So many answers, once they are there."""
    heard = bytearray()

    def enough() -> bool:
        heard.extend(process.told() or b"")
        return len(heard) >= count

    until(enough)
    return bytes(heard)


def test_it_says_what_is_true() -> None:
    """Of more than a socket holds, in the order in which it is asked."""
    with second() as process:
        asked = claims(90) * 20
        for start in range(0, len(asked), 300):
            process.ask(asked[start : start + 300])
        assert answers(process, len(asked)) == bytes(nth % 90 % 3 != 0 for nth in range(len(asked)))


def test_what_stops_the_hub_does_not_stop_it() -> None:
    """A signal to all processes reaches it too, while the hub still drains."""
    with second() as process:
        until(lambda: process.told() is not None)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            os.kill(process.pid, number)
        process.ask(claims(3))
        assert answers(process, 3) == b"\0\1\1"


def test_its_end_is_noticed() -> None:
    """By whoever listens."""
    with second() as process:
        os.kill(process.pid, signal.SIGKILL)

        def ended() -> bool:
            try:
                process.told()
            except OSError:
                return True
            return False

        until(ended)


def test_whoever_waits_hears_of_an_answer_and_of_the_end() -> None:
    """Long before the time is over."""
    with second() as process:
        process.ask(claims(3))
        heard = bytearray()
        while len(heard) < 3:
            assert process.wait(LONG_SECONDS) < LONG_SECONDS
            heard += process.told() or b""
        assert heard == b"\0\1\1"
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait(LONG_SECONDS) < LONG_SECONDS
        with pytest.raises(OSError, match="ended"):
            process.told()


def test_whoever_waits_for_one_that_hangs_goes_on() -> None:
    """Once the time is over, and knows how long it was."""
    with second() as process:
        until(lambda: process.told() is not None)
        os.kill(process.pid, signal.SIGSTOP)
        process.ask(claims(3))
        assert process.wait(0.01) > 0
        assert process.told() == b""
        os.kill(process.pid, signal.SIGCONT)
        assert answers(process, 3) == b"\0\1\1"


def test_a_step_ends_whatever_becomes_of_it() -> None:
    """It answers, it hangs, it dies: what is true stays true, and the hub goes on."""
    logged = io.StringIO()
    asked, one = claims(WAIT_CLAIMS_MIN), claims(1)
    with second() as process:
        ahead = Ahead(Ed25519Verifier(), lambda: process, Log(logged, waiting.TestClock(0)))
        ahead.begin(SECOND_CLAIMS, list)

        def ready() -> bool:
            ahead.begin(1, lambda: one)
            return ahead.looks_further

        until(ready)
        for end in (signal.SIGCONT, signal.SIGSTOP, signal.SIGKILL):
            os.kill(process.pid, end)
            for _ in range(2):
                ahead.begin(len(asked), lambda: asked)
                found = [ahead.verify(*claim) for claim in asked]
                assert found == [nth % 3 != 0 for nth in range(len(asked))]
                ahead.end()
    assert "event=checker.end" in logged.getvalue()


def test_it_ends_when_nobody_asks_any_more() -> None:
    """It is waited for, so that nothing of it is left."""
    process = SecondProcess()
    process.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


def test_one_core_starts_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """It could only take turns with the hub."""
    cores(monkeypatch, 1)
    assert start_second() is None


def test_without_an_interpreter_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub goes on alone."""
    cores(monkeypatch, 2)
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    assert start_second() is None


def test_a_system_that_counts_all_cores_is_asked_that(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not every one says which a thread may use."""
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    found = start_second()
    assert found is not None
    found.stop()


def test_questions_come_in_any_pieces() -> None:
    """Only whole ones are taken."""
    asked = claims(3)
    data = b"".join(map(question, asked))
    for size in (1, 97, 98, 99, len(data)):
        held, found = bytearray(), list[Claim]()
        for start in range(0, len(data), size):
            held += data[start : start + size]
            found += questions(held)
        assert found == asked
        assert held == b""


def test_all_is_answered_before_the_end() -> None:
    """Also where what comes ends in the midst of a question."""
    asked, theirs = os.pipe()
    ours, told = os.pipe()
    os.write(theirs, b"".join(map(question, claims(20))) + b"half")
    os.close(theirs)
    serve(asked, told, Ed25519Verifier())
    for file in (asked, told):
        os.close(file)
    with os.fdopen(ours, "rb") as heard:
        assert heard.read() == READY + bytes(nth % 3 != 0 for nth in range(20))
