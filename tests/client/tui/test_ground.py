"""Is the terminal's ground dark?"""

import os
import pty
import signal
import sys
import termios
from subprocess import Popen
from threading import Thread

import pytest

from hobnob_client.tui.ground import QUESTION, is_dark, is_dark_answer, is_dark_here

XTERM = {"TERM": "xterm-256color"}
ASKING = """
import os, signal, sys, tty
from hobnob_client.tui.ground import is_dark_here

terminal, told = map(int, sys.argv[1:])
signal.signal(told, signal.SIG_DFL)
hide = tty.setcbreak

def hide_and_be_told(*given):
    hide(*given)
    os.kill(os.getpid(), told)

tty.setcbreak = hide_and_be_told
is_dark_here({"TERM": "xterm-256color"}, terminal, terminal)
"""
"""It is told so in the very moment in which it has hidden the keys."""


@pytest.mark.parametrize(
    ("said", "dark"), [("15;0", True), ("0;15", False), ("0;7", False), ("0;8", True), ("x", True)]
)
def test_the_environment_may_say_it(said: str, dark: bool) -> None:
    """By the number of the ground's colour; nothing is asked then."""
    assert is_dark(said) is dark
    assert is_dark_here({**XTERM, "COLORFGBG": said}, -1, -1) is dark


@pytest.mark.parametrize(
    ("answer", "dark"),
    [
        (b"\x1b]11;rgb:0000/0000/0000\x1b\\", True),
        (b"\x1b]11;rgb:ffff/ffff/ffff\x07", False),
        (b"\x1b]11;rgb:fd/f6/e3\x1b\\\x1b[?62;c", False),
        (b"\x1b]11;rgba:1111/2222/3333/ffff\x1b\\", True),
        (b"\x1b[?62;c", None),
        (b"", None),
        (b"\x1b]11;?\x1b\\", None),
    ],
)
def test_an_answer_is_read_however_it_is_written(answer: bytes, dark: bool | None) -> None:
    """One to four digits a colour, either end."""
    assert is_dark_answer(answer) is dark


@pytest.mark.parametrize(
    ("answer", "dark"), [(b"\x1b]11;rgb:ff/ff/ff\x1b\\\x1b[?1;2c", False), (b"\x1b[?1;2c", True)]
)
def test_a_terminal_is_asked_and_nothing_is_left_for_the_keys(answer: bytes, dark: bool) -> None:
    """What comes behind the answer is somebody typing."""
    outside, inside = pty.openpty()

    def replies() -> None:
        asked = b""
        while len(asked) < len(QUESTION):
            asked += os.read(outside, 64)
        assert asked == QUESTION.encode()
        os.write(outside, answer)

    terminal = Thread(target=replies)
    terminal.start()
    assert is_dark_here({**XTERM, "SSH_TTY": "/dev/pts/1"}, inside, inside) is dark
    terminal.join()
    os.write(outside, b"k\n")
    assert os.read(inside, 64) == b"k\n"
    os.close(outside)
    os.close(inside)


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGHUP])
def test_who_is_told_to_end_while_asking_leaves_the_terminal_as_it_was(told: int) -> None:
    """Keys are hidden while the answer is awaited: nobody must find their shell so."""
    outside, inside = pty.openpty()
    before = termios.tcgetattr(inside)
    asking = Popen((sys.executable, "-c", ASKING, str(inside), str(told)), pass_fds=(inside,))
    assert asking.wait() == -told
    assert termios.tcgetattr(inside) == before
    os.close(outside)
    os.close(inside)


def test_one_that_does_not_answer_is_not_waited_for_long() -> None:
    """And one that cannot is not asked."""
    outside, inside = pty.openpty()
    assert is_dark_here(XTERM, inside, inside)
    assert is_dark_here({"TERM": "linux"}, inside, inside)
    reading, writing = os.pipe()
    assert is_dark_here(XTERM, reading, writing)
    for each in (outside, inside, reading, writing):
        os.close(each)
