"""What is typed at the terminal and not shown there."""

import os
import pty
import signal
import sys
import termios
from contextlib import suppress
from pathlib import Path
from subprocess import Popen

from hobnob_client.hidden import Hidden
from tests.client.typist import Typist

SHOWING = """
import signal, sys
from pathlib import Path
from hobnob_client.hidden import Hidden

signal.signal(signal.SIGTERM, signal.SIG_DFL)
Hidden(Path(sys.argv[1])).show_once(["abandon", "zoo"], "Then press Enter.")
"""


def test_what_is_typed_is_read_and_not_shown() -> None:
    """The question stands on the terminal, the answer does not."""
    with Typist(["correct horse"]) as typist:
        assert Hidden(typist.place).ask("Passphrase:") == "correct horse"
    assert typist.shown.startswith("Passphrase: ")
    assert "correct" not in typist.shown


def test_the_terminal_shows_again_what_is_typed() -> None:
    """However the question ended."""
    with Typist([None]) as typist:
        descriptor = os.open(typist.place, os.O_RDWR | os.O_NOCTTY)
        assert Hidden(typist.place).ask("Passphrase:") is None
        assert termios.tcgetattr(descriptor)[3] & termios.ECHO
        os.close(descriptor)


def test_who_is_told_to_end_while_asking_leaves_a_terminal_that_shows_keys() -> None:
    """And nothing of what was shown for a moment."""
    outside, inside = pty.openpty()
    before = termios.tcgetattr(inside)
    with Popen((sys.executable, "-c", SHOWING, os.ttyname(inside))) as showing:
        shown = b""
        while b"Then press Enter." not in shown:
            shown += os.read(outside, 1_024)
        assert not termios.tcgetattr(inside)[3] & termios.ECHO
        showing.terminate()
    assert showing.returncode == -signal.SIGTERM
    assert os.read(outside, 1_024).endswith(b"\x1b[?1049l")
    assert termios.tcgetattr(inside) == before
    os.close(outside)
    os.close(inside)


def test_nobody_is_asked_where_no_terminal_is(tmp_path: Path) -> None:
    """Neither a missing one nor a file serves."""
    assert Hidden(tmp_path / "nowhere").ask("Passphrase:") is None
    (tmp_path / "file").write_text("from a file\n")
    assert Hidden(tmp_path / "file").ask("Passphrase:") is None
    assert (tmp_path / "file").read_text() == "from a file\n"


def test_a_question_is_only_text() -> None:
    """A handle out of a file that somebody has changed moves no cursor."""
    with Typist(["x"]) as typist:
        assert Hidden(typist.place).ask("Passphrase of \x1b[2J:") == "x"
    assert "\x1b" not in typist.shown


def test_what_is_shown_once_is_taken_away() -> None:
    """It stands on the terminal's second screen, and nothing in it moves a cursor."""
    with Typist([""]) as typist:
        assert Hidden(typist.place).show_once(["abandon \x1b[2J", "zoo"], "Then press Enter.")
    before, shown = typist.shown.split("\x1b[?1049h\x1b[2J\x1b[H")
    assert before == ""
    lines, left = shown.split("\x1b[?1049l")
    assert "abandon" in lines
    assert "zoo" in lines
    assert "\x1b" not in lines
    assert left == ""


def test_nothing_is_shown_where_nobody_looks(tmp_path: Path) -> None:
    """Who leaves instead of pressing Enter has not seen it."""
    assert not Hidden(tmp_path / "nowhere").show_once(["secret"], "Enter.")
    with Typist([None]) as typist:
        assert not Hidden(typist.place).show_once(["secret"], "Enter.")
    assert typist.shown.endswith("\x1b[?1049l")


def test_what_is_shown_meanwhile_is_gone_after(tmp_path: Path) -> None:
    """Whatever happens in between; nothing in it moves a cursor; where nobody is, it is told."""
    text = ["abandon \x1b[2J", "zoo"]
    with Typist([]) as typist, suppress(KeyError), Hidden(typist.place).shown(text) as seen:
        assert seen
        typist.until(lambda shown: "zoo" in shown, 10.0)
        raise KeyError
    before, shown = typist.shown.split("\x1b[?1049h\x1b[2J\x1b[H")
    lines, left = shown.split("\x1b[?1049l")
    assert (before, left) == ("", "")
    assert "abandon" in lines
    assert "\x1b" not in lines
    with Hidden(tmp_path / "nowhere").shown(["secret"]) as seen:
        assert not seen
