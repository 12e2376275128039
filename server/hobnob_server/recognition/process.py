"""The process that counts: no work of the hub waits for it, and it gives way to all of that.

It reads the log from its file, which it is told, and nothing else of the hub. Questions come in on
its standard input, answers leave on its standard output, in order. It ends when its input does.
"""

import os
import select
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from struct import Struct
from typing import Final

from hobnob_protocol.errors import HobnobError, ProtocolError
from hobnob_protocol.ids import AccountId
from hobnob_protocol.question_frames import LATER, NO, THERE
from hobnob_server.clock import SystemClock
from hobnob_server.logs import to_stderr
from hobnob_server.recognition.counting import Counting
from hobnob_server.recognition.limits import NICE, PATIENT_SECONDS, REST_SECONDS

QUESTION: Final = Struct("!20sH")
"""Who asks, and how long the question is, which follows."""
ANSWER: Final = Struct("!BI")
"""A status of TOLD, and how long the answer is, which follows."""


def serve(asked: int, told: int, counting: Counting, seconds: Callable[[], float]) -> None:
    """Count, and answer what comes in on one file, on another, until no more comes."""
    heard = select.poll()
    heard.register(asked, select.POLLIN)
    abreast = False
    while True:
        if heard.poll(REST_SECONDS * 1_000 if abreast else 0):
            head = _read(asked, QUESTION.size)
            if head is None:
                return
            account, size_bytes = QUESTION.unpack(head)
            question = _read(asked, size_bytes)
            if question is None:
                return
            _tell(told, *_answer(counting, AccountId(account), question, seconds))
        abreast = count(counting) is not False


def count(counting: Counting) -> bool | None:
    """Count a slice: is there nothing more to take? None where the log cannot be read for now."""
    try:
        return counting.count()
    except (HobnobError, sqlite3.Error) as failed:
        counting.stuck(failed)
        return None


def _answer(
    counting: Counting, asker: AccountId, question: bytes, seconds: Callable[[], float]
) -> tuple[int, bytes]:
    until = seconds() + PATIENT_SECONDS
    while not (abreast := count(counting)):
        if abreast is None or seconds() >= until:
            return LATER, b""
    try:
        return THERE, counting.answer(asker, question)
    except ProtocolError:
        return NO, b""
    except (HobnobError, sqlite3.Error) as failed:
        counting.stuck(failed)
        return LATER, b""


def _read(file: int, size_bytes: int) -> bytes | None:
    """So many bytes; None where there are no more."""
    data = b""
    while len(data) < size_bytes:
        more = os.read(file, size_bytes - len(data))
        if not more:
            return None
        data += more
    return data


def _tell(file: int, status: int, answer: bytes) -> None:
    data = ANSWER.pack(status, len(answer)) + answer
    while data:
        data = data[os.write(file, data) :]


def main() -> None:
    """What stops a hub reaches all its processes: this one ends with the hub's end of its input."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    os.nice(NICE)
    path, level, form = sys.argv[1:]
    clock = SystemClock()
    counting = Counting(Path(path), clock.wall_ms, to_stderr(clock, level, form))
    try:
        serve(0, 1, counting, time.monotonic)
    except OSError:
        # Nobody listens any more.
        return
    finally:
        counting.close()


if __name__ == "__main__":
    main()
