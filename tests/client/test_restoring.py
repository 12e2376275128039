"""A terminal is put back however what has changed it ends."""

import signal
import sys
from subprocess import run
from threading import Thread

import pytest

from hobnob_client.restoring import TOLD, restored_by

CHANGING = """
import os, signal, sys
from hobnob_client.restoring import restored_by

told, before, fails = int(sys.argv[1]), sys.argv[2], sys.argv[3] == "fails"
signal.signal(told, getattr(signal, before))

def put_back():
    print("put back", flush=True)
    if fails:
        raise OSError("the terminal is gone")

with restored_by(put_back):
    os.kill(os.getpid(), told)
    print("goes on", flush=True)
"""


def changing(told: int, before: str = "SIG_DFL", then: str = "works") -> tuple[int, list[str]]:
    """How a process ends that is told to end meanwhile, and what it has said."""
    command = (sys.executable, "-c", CHANGING, str(told), before, then)
    done = run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


@pytest.mark.parametrize("told", TOLD)
def test_who_is_told_to_end_puts_back_and_ends_so(told: int) -> None:
    """Whoever has told it sees that it has ended by that."""
    assert changing(told) == (-told, ["put back"])


@pytest.mark.parametrize("told", TOLD)
def test_who_cannot_put_back_ends_all_the_same(told: int) -> None:
    """As where the terminal has gone, which is why it was told."""
    assert changing(told, then="fails") == (-told, ["put back"])


def test_who_does_not_hear_goes_on() -> None:
    """As under nohup."""
    assert changing(signal.SIGHUP, "SIG_IGN") == (0, ["goes on", "put back"])


def test_who_listened_for_nothing_listens_for_nothing_after() -> None:
    """It is put back once, and the signals are as they were."""
    before = [signal.getsignal(told) for told in TOLD]
    calls: list[str] = []
    with pytest.raises(KeyError), restored_by(lambda: calls.append("put back")):
        raise KeyError
    assert calls == ["put back"]
    assert [signal.getsignal(told) for told in TOLD] == before


def test_a_thread_puts_back_as_well() -> None:
    """Which can listen for nothing."""
    calls: list[str] = []

    def change() -> None:
        with restored_by(lambda: calls.append("put back")):
            calls.append("changed")

    thread = Thread(target=change)
    thread.start()
    thread.join()
    assert calls == ["changed", "put back"]
