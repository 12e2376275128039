"""The rules of matching that are in force: a file of the hub's directory, as it is now.

The hub settles by its caps and hands the whole of it out, for devices to rank by.
"""

import asyncio
import os
from pathlib import Path
from threading import Lock
from typing import Final, TypeAlias

from hobnob_protocol.limits import MATCH_FILE_BYTES_MAX
from hobnob_protocol.question_frames import THERE
from hobnob_protocol.questions import RankingAnswer, encode_answer
from hobnob_server.answering import Status
from hobnob_server.errors import ConfigError
from hobnob_server.load.caps import SHIPPED, Caps, caps_of
from hobnob_server.logs import Log

_Seen: TypeAlias = tuple[int, int, int]
_NONE: Final[_Seen] = (0, 0, 0)


class MatchRules:
    """Looked at anew each time, so that an edit holds at once; of a file that is broken, told once,
    nothing holds, and what did before goes on. It is asked from several threads."""

    def __init__(self, path: Path, log: Log) -> None:
        self._path: Final = path
        self._log: Final = log
        self._lock: Final = Lock()
        self._seen: _Seen = _NONE
        self._held = b""
        self._caps = SHIPPED

    async def ask(self) -> Status:
        """The file; nothing where there is none."""
        return THERE, encode_answer(RankingAnswer(await asyncio.to_thread(self._now)))

    def caps(self) -> Caps:
        """What people take."""
        with self._lock:
            self._look()
            return self._caps

    def _now(self) -> bytes:
        with self._lock:
            self._look()
            return self._held

    def _look(self) -> None:
        try:
            there = os.stat(self._path)
            seen = (there.st_ino, there.st_mtime_ns, there.st_size)
        except OSError:
            seen = _NONE
        if seen == self._seen:
            return
        self._seen = seen
        try:
            data = b"" if seen == _NONE else self._read()
            self._caps = caps_of(data)
            self._held = data
        except (OSError, ConfigError) as failed:
            self._log.error("match.failed", error=str(failed))

    def _read(self) -> bytes:
        with self._path.open("rb") as file:
            data = file.read(MATCH_FILE_BYTES_MAX + 1)
        if len(data) > MATCH_FILE_BYTES_MAX:
            raise ConfigError(f"more than {MATCH_FILE_BYTES_MAX} bytes")
        return data
