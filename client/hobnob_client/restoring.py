"""A terminal that somebody has changed for a moment is as it was after it, however that ends.

A `finally` is not enough: who is told to end by SIGTERM or SIGHUP, and does not listen, is gone at
once, and leaves a shell that shows no keys.
"""

import os
import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Final

TOLD: Final = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def restored_by(put_back: Callable[[], object]) -> Generator[None]:
    """`put_back` is called at the end of what is within; and where the process is told to end
    before that, which then ends as if it had not listened. It may be called twice."""
    # Who ignores a signal, as under nohup, or listens for it, goes on doing so; only the main
    # thread may listen.
    main = threading.current_thread() is threading.main_thread()
    heard = [told for told in TOLD if main and signal.getsignal(told) is signal.SIG_DFL]

    def end(told: int, _: object) -> None:
        try:
            put_back()
        finally:
            signal.signal(told, signal.SIG_DFL)
            os.kill(os.getpid(), told)

    for told in heard:
        signal.signal(told, end)
    try:
        yield
    finally:
        try:
            put_back()
        finally:
            for told in heard:
                signal.signal(told, signal.SIG_DFL)
