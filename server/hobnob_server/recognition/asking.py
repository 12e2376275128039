"""The hub's end of the process that counts: begun by the first question, ended with the hub."""

import asyncio
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from hobnob_protocol.ids import AccountId
from hobnob_protocol.question_frames import LATER
from hobnob_server.logs import Log
from hobnob_server.recognition.limits import ANSWER_SECONDS, ASKING_MAX
from hobnob_server.recognition.process import ANSWER, QUESTION


class Recognition:
    """Asks in turn. A hub that nobody asks has no process more."""

    def __init__(self, database: Path, log: Log) -> None:
        self._database: Final = database
        self._log: Final = log
        self._turn: Final = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._asking = 0
        self._stopped = False

    async def ask(self, asker: AccountId, question: bytes) -> tuple[int, bytes]:
        """A status of TOLD and the answer: LATER where too many ask, or the process has ended."""
        if self._asking >= ASKING_MAX:
            return LATER, b""
        self._asking += 1
        try:
            async with self._turn, asyncio.timeout(ANSWER_SECONDS):
                return await self._exchange(asker, question)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as failed:
            self._log.warning("recognition.end", why=type(failed).__name__)
            await self._end(kill=True)
            return LATER, b""
        finally:
            self._asking -= 1

    async def _exchange(self, asker: AccountId, question: bytes) -> tuple[int, bytes]:
        if self._stopped:
            return LATER, b""
        if self._process is None:
            # -P: where the hub was started is no place to take modules from.
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-P", "-m", "hobnob_server.recognition.process", str(self._database)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
        asked, told = self._process.stdin, self._process.stdout
        assert asked is not None, "it was begun with both"
        assert told is not None, "it was begun with both"
        asked.write(QUESTION.pack(asker, len(question)) + question)
        await asked.drain()
        status, size_bytes = ANSWER.unpack(await told.readexactly(ANSWER.size))
        return status, await told.readexactly(size_bytes)

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
