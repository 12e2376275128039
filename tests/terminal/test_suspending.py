"""Ctrl+Z leads to the shell, and `fg` back to the screen as it was."""

import os
import signal

from hobnob_client.paths import Profile
from tests.terminal.looker import Looker

SUSPEND = "\x1a"
ENTERS, HIDES, SHOWS = b"\x1b[?1049h", b"\x1b[?25l", b"\x1b[?25h"


def stops(looker: Looker) -> bool:
    """Has the program stopped, as a shell sees it?"""
    done, status = os.waitpid(looker.pid, os.WNOHANG | os.WUNTRACED)
    return bool(done) and os.WIFSTOPPED(status)


def test_who_comes_back_from_the_shell_sees_all_and_their_cursor(profile: Profile) -> None:
    """The terminal has forgotten what it showed: nothing of it may be taken for drawn."""
    with Looker(profile, 80, 24) as looker:
        looker.leave_home()
        looker.until_seen("a wheel")
        looker.until_still()
        looker.type(SUSPEND)
        looker.until(lambda: stops(looker))
        looker.kill(signal.SIGCONT)
        looker.until(lambda: looker.output.count(ENTERS) == 2)
        looker.until(
            lambda: all(text in looker.seen for text in ("▌#general", "a wheel", "╭─ Write"))
        )
        looker.until_footer("Quit")
        looker.until(lambda: looker.output.rindex(SHOWS) > looker.output.rindex(HIDES))
