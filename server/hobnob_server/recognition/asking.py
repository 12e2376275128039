"""The hub's end of the process that counts: begun by the first question, ended with the hub."""

import asyncio
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from hobnob_protocol.ids import AccountId
from hobnob_protocol.question_frames import LATER
from hobnob_server.clock import Clock
from hobnob_server.logs import Log
from hobnob_server.recognition.limits import (
    ANSWER_SECONDS,
    ASKING_MAX,
    DOUBLINGS_MAX,
    REST_MS,
    REST_MS_MAX,
    TURN_SECONDS,
)
from hobnob_server.recognition.process import ANSWER, QUESTION


def counting(database: Path, level: str, form: str) -> tuple[str, ...]:
    """The program that counts, which logs as the hub does. -P: where the hub was started is no
    place to take modules from."""
    module = "hobnob_server.recognition.process"
    return (sys.executable, "-P", "-m", module, str(database), level, form)


class Recognition:
    """Asks in turn. A hub that nobody asks has no process more; one that fails is begun anew after
    a rest that doubles each time, until it answers."""

    def __init__(self, program: Sequence[str], log: Log, clock: Clock) -> None:
        self._program: Final = tuple(program)
        self._log: Final = log
        self._clock: Final = clock
        self._failed = 0
        self._rests_until_ms = 0
        self._turn: Final = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._asking = 0
        self._stopped = False

    async def ask(self, asker: AccountId, question: bytes) -> tuple[int, bytes]:
        """A status of TOLD and the answer: LATER where too many ask, it is not one's turn soon, or
        the process has ended."""
        if self._asking >= ASKING_MAX or self._clock.monotonic_ms() < self._rests_until_ms:
            return LATER, b""
        self._asking += 1
        try:
            return await self._in_turn(asker, question)
        finally:
            self._asking -= 1

    async def _in_turn(self, asker: AccountId, question: bytes) -> tuple[int, bytes]:
        try:
            async with asyncio.timeout(TURN_SECONDS):
                await self._turn.acquire()
        except TimeoutError:
            return LATER, b""
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                told = await self._exchange(asker, question)
            self._failed = 0
            return told
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as failed:
            self._log.warning("recognition.end", why=type(failed).__name__)
            rest_ms = min(REST_MS_MAX, REST_MS << self._failed)
            self._failed = min(self._failed + 1, DOUBLINGS_MAX)
            self._rests_until_ms = self._clock.monotonic_ms() + rest_ms
            await self._end(kill=True)
            return LATER, b""
        except BaseException:
            # Its answer would be taken for that of the next question.
            await self._end(kill=True)
            raise
        finally:
            self._turn.release()

    async def _exchange(self, asker: AccountId, question: bytes) -> tuple[int, bytes]:
        if self._process is None and not self._stopped:
            self._process = await asyncio.create_subprocess_exec(
                *self._program, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
            )
        if self._stopped or self._process is None:
            await self._end(kill=True)
            return LATER, b""
        asked, told = self._process.stdin, self._process.stdout
        assert asked is not None, "it was begun with both"
        assert told is not None, "it was begun with both"
        asked.write(QUESTION.pack(asker, len(question)) + question)
        await asked.drain()
        status, size_bytes = ANSWER.unpack(await told.readexactly(ANSWER.size))
        return status, await told.readexactly(size_bytes)

    @property
    def exchanging(self) -> bool:
        """Has a question been taken up that is not answered yet?"""
        return self._turn.locked() and self._process is not None

    async def stop(self) -> None:
        """It is needed no more."""
        self._stopped = True
        await self._end(kill=False)

    async def _end(self, *, kill: bool) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        with suppress(TimeoutError):
            if not kill:
                async with asyncio.timeout(1.0):
                    await process.wait()
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
