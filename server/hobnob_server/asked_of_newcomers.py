"""What an operator wants newcomers to be asked: a file of the hub's directory, as it is now."""

import asyncio
from pathlib import Path
from typing import Final

from hobnob_protocol.limits import WELCOME_FILE_BYTES_MAX
from hobnob_protocol.question_frames import THERE
from hobnob_protocol.questions import WelcomeAnswer, encode_answer
from hobnob_server.answering import Status
from hobnob_server.logs import Log


class AskedOfNewcomers:
    """Read anew for each who asks, so that an edit holds at once."""

    def __init__(self, path: Path, log: Log) -> None:
        self._path: Final = path
        self._log: Final = log

    async def ask(self) -> Status:
        """The file; nothing where there is none, or one that is too long or cannot be read."""
        return THERE, encode_answer(WelcomeAnswer(await asyncio.to_thread(self._read)))

    def _read(self) -> bytes:
        try:
            with self._path.open("rb") as file:
                data = file.read(WELCOME_FILE_BYTES_MAX + 1)
        except FileNotFoundError:
            return b""
        except OSError as failed:
            self._log.error("welcome.failed", error=type(failed).__name__)
            return b""
        if len(data) > WELCOME_FILE_BYTES_MAX:
            self._log.error("welcome.failed", error="too long")
            return b""
        return data
