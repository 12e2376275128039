"""However the screen ends, the terminal is whole afterwards and the process is gone."""

import re
import signal

import pytest

from hobnob_client.tui.safe_app import STOPPED
from tests.terminal.little_app import SECRET
from tests.terminal.terminal import running

APP = "tests.terminal.little_app"
ALT_SCREEN_ON, ALT_SCREEN_OFF = b"\x1b[?1049h", b"\x1b[?1049l"
MOUSE_OFF = b"\x1b[?1003l"
CURSOR_ON = b"\x1b[?25h"
BLINKS_SECONDS = 1.2
"""A cursor that blinks does so twice within this."""
UNFLUSHED = 120
"""Python's own code where its last words found no terminal any more."""
POINTER = re.compile(rb"\x1b\]22;[a-z-]+\x07")
"""How Textual asks for a shape of the mouse pointer."""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_restores_the_terminal(number: signal.Signals) -> None:
    """And the exit code says that it was told to stop."""
    with running(APP) as terminal:
        terminal.kill(number)
        assert terminal.wait_for_end() == STOPPED
        last = terminal.output[terminal.output.rindex(ALT_SCREEN_OFF) :]
        assert CURSOR_ON in last
        assert MOUSE_OFF in terminal.output


def test_a_terminal_that_is_gone_ends_it() -> None:
    """Without a signal, as under a broken connection; nothing spins."""
    with running(APP) as terminal:
        terminal.close()
        assert terminal.wait_for_end() in (STOPPED, UNFLUSHED)


def test_who_has_left_before_the_terminal_goes_is_not_shown_it_again() -> None:
    """What is still to be ended then, as the hub of a demo, ends, and the process with it."""
    with running(APP) as terminal:
        terminal.type("done\r")
        assert terminal.wait_for_end() == 0
        assert terminal.output.count(ALT_SCREEN_ON) == 1


def test_a_screen_that_was_stopped_unheard_takes_its_terminal_again() -> None:
    """By a signal that nobody hears of; it is drawn anew, reads each key once, and ends."""
    with running(APP) as terminal:
        terminal.kill(signal.SIGSTOP)
        terminal.kill(signal.SIGCONT)
        terminal.wait_for(lambda output: output.count(ALT_SCREEN_ON) == 2)
        terminal.wait_for(lambda output: output.rindex(CURSOR_ON) > output.rindex(ALT_SCREEN_ON))
        terminal.type("done\r")
        assert terminal.wait_for_end() == 0
        assert terminal.output.count(ALT_SCREEN_ON) == terminal.output.count(ALT_SCREEN_OFF) == 2


def test_a_crash_tells_where_but_no_values() -> None:
    """No variable, no escape of what others wrote, and what to do."""
    with running(APP) as terminal:
        terminal.type("break\r")
        assert terminal.wait_for_end() == 1
        report = terminal.output[terminal.output.rindex(ALT_SCREEN_OFF) :].decode()
        assert "on_input_submitted" in report
        assert "RuntimeError: no 17 ␛[31mcolours␛[0m" in report
        assert "Please report the lines above" in report
        assert SECRET.encode() not in terminal.output


def test_no_color_means_none() -> None:
    """Not even greys."""
    with running(APP, environ={"NO_COLOR": "1"}) as terminal:
        terminal.type("done\r")
        assert terminal.wait_for_end() == 0
        for colour in (b"38;5;", b"48;5;", b"38;2;", b"48;2;", b"[31m", b"[34m", b"[41m"):
            assert colour not in terminal.output


def test_the_real_cursor_is_shown_and_follows_the_caret() -> None:
    """What braille displays and input methods need: it is shown last, and nothing hides it."""
    with running(APP) as terminal:
        terminal.type("wide 日本")
        terminal.wait_for_text("日本")
        shown, hidden = terminal.output.rindex(CURSOR_ON), terminal.output.rindex(b"\x1b[?25l")
        assert shown > hidden


def test_nothing_that_others_wrote_becomes_an_escape() -> None:
    """In no place that takes text: what reaches the terminal are our own sequences only."""
    with running(APP) as terminal:
        terminal.wait_for_text("]52;c")
        terminal.type("done\r")
        assert terminal.wait_for_end() == 0
        written = POINTER.sub(b"", terminal.output)
        for forbidden in (b"\x1b]", b"\x1b[2J", b"\x07", b"\xc2\x9b", b"\xc2\x90", b"\xe2\x80\xae"):
            assert forbidden not in written


def test_who_does_nothing_is_sent_nothing() -> None:
    """No cursor blinks and nothing moves: over a slow line, and on a battery, rest is rest."""
    with running(APP) as terminal:
        # One letter that is seen nowhere else: several are drawn as they come.
        terminal.type("界")
        terminal.wait_for_text("界")
        terminal.settle()
        before = terminal.output
        assert terminal.is_silent(BLINKS_SECONDS)
        assert terminal.output == before
