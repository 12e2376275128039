"""The process that counts may fail, hang or be left: nobody else is harmed by it."""

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from hobnob_protocol.ids import AccountId
from hobnob_protocol.question_frames import LATER, THERE
from hobnob_server.logs import Log
from hobnob_server.recognition.asking import Recognition
from hobnob_server.recognition.limits import REST_MS
from tests.stories.waiting import TestClock, until

ADA, BEN = AccountId(b"a" * 20), AccountId(b"b" * 20)
BEGINS = """
import sys
from pathlib import Path
with Path({begun!r}).open("a") as file:
    file.write("x")
"""
FAILS = BEGINS + "sys.exit(1)"
ECHOES = (
    BEGINS
    + """
from hobnob_server.recognition.process import ANSWER, QUESTION
while head := sys.stdin.buffer.read(QUESTION.size):
    account, size_bytes = QUESTION.unpack(head)
    question = sys.stdin.buffer.read(size_bytes)
    if question == b"for ever":
        sys.stdin.buffer.read()
    sys.stdout.buffer.write(ANSWER.pack(0, len(question)) + question)
    sys.stdout.buffer.flush()
"""
)


def with_program(
    path: Path, program: str, story: Callable[[Recognition, TestClock], Awaitable[None]]
) -> int:
    """How often the program was begun in the story."""
    begun = path / "begun"
    begun.touch()

    async def run() -> None:
        clock = TestClock()
        code = program.format(begun=str(begun))
        asked = Recognition((sys.executable, "-c", code), Log(io.StringIO(), clock), clock)
        try:
            await story(asked, clock)
        finally:
            await asked.stop()

    asyncio.run(run())
    return len(begun.read_text())


def test_a_process_that_fails_is_begun_anew_after_rests_that_grow(tmp_path: Path) -> None:
    """However many ask meanwhile; they are told to ask later."""

    async def story(asked: Recognition, clock: TestClock) -> None:
        for rest_ms in (REST_MS, 2 * REST_MS):
            for _ in range(5):
                assert await asked.ask(ADA, b"?") == (LATER, b"")
            clock.now_ms += rest_ms
        assert await asked.ask(ADA, b"?") == (LATER, b"")

    assert with_program(tmp_path, FAILS, story) == 3


def test_who_goes_in_the_middle_leaves_no_answer_to_whoever_comes_next(tmp_path: Path) -> None:
    """It was meant for them alone."""

    async def story(asked: Recognition, clock: TestClock) -> None:
        assert await asked.ask(ADA, b"mine") == (THERE, b"mine")
        left = asyncio.create_task(asked.ask(ADA, b"for ever"))
        await until(lambda: asked.exchanging)
        left.cancel()
        await asyncio.gather(left, return_exceptions=True)
        assert await asked.ask(BEN, b"yours") == (THERE, b"yours")

    assert with_program(tmp_path, ECHOES, story) == 2


def test_nobody_is_answered_once_it_has_stopped(tmp_path: Path) -> None:
    """And nothing is begun."""

    async def story(asked: Recognition, clock: TestClock) -> None:
        await asked.stop()
        assert await asked.ask(ADA, b"?") == (LATER, b"")

    assert with_program(tmp_path, ECHOES, story) == 0
