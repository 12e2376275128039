"""What one reads stands there before the screen is loaded, as it stood when it was left."""

import os
import re
import signal
import termios
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hobnob_client.paths import Profile
from hobnob_client.tui.barrier import HOSTILE
from hobnob_client.tui.safe_app import STOPPED
from tests.client.verbs.shell import HubThread, Shell
from tests.terminal.emulator import Grid, tokens
from tests.terminal.looker import ESCAPE, QUIT, Looker

SIZE = 80, 24
LAST = {"HOBNOB_LOOK_START": "last"}
SAID = "a wheel"
ENTERS, LEAVES, SHOWS_CURSOR = "\x1b[?1049h", "\x1b[?1049l", "\x1b[?25h"
PICTURES = re.compile(r"\x1b\[(?:[0-9;]*m|\d+;1H|H|2J|\?25l)")
APP_SAYS = "hub not reached"
"""What no picture says: the app is there."""
TRIES = 5
"""A machine is not too busy so often."""
LOADED = "\x1b[?2004h"
"""What the app, and nobody before it, asks of a terminal."""


@contextmanager
def looking(profile: Profile, size: tuple[int, int] = SIZE) -> Generator[Looker]:
    """Somebody who starts where they left."""
    with Looker(profile, *size, LAST) as looker:
        yield looker


@contextmanager
def held(profile: Profile, pipe: Path) -> Generator[Looker]:
    """The same where the screen is not loaded before `let` is called."""
    os.mkfifo(pipe)
    program = ("tests.terminal.held_screen", str(pipe), "--profile", str(profile.directory))
    with Looker(profile, *SIZE, LAST, program=program) as looker:
        yield looker


def let(pipe: Path) -> None:
    """The screen is loaded from now on."""
    pipe.write_bytes(b"")


def quit_by(looker: Looker, keys: str = QUIT) -> None:
    """Leave."""
    looker.type(keys)
    assert looker.wait_for_end() == 0


def leave_in_channel(profile: Profile, size: tuple[int, int] = SIZE) -> str:
    """Read in #general, and leave; what stood there, without the line of the link."""
    with looking(profile, size) as looker:
        looker.until_seen("▌Home")
        looker.until_seen("\n #general")
        looker.type("\x0b")
        looker.until_seen("Enter Go · Esc Back")
        looker.type("general\r")
        looker.until_beside_list()
        looker.until_seen(SAID)
        looker.until_footer("Ctrl+K")
        looker.until_still()
        seen = without_link(looker.grid)
        quit_by(looker)
    return seen


def without_link(grid: Grid) -> str:
    """All that stands there but the line at the top."""
    return "\n".join(grid.text.splitlines()[1:])


def local_modes(looker: Looker) -> int:
    """How the terminal treats what is typed: whether it is echoed, for one."""
    modes = termios.tcgetattr(looker.fd)[3]
    assert isinstance(modes, int)
    return modes


def before_loaded(looker: Looker) -> str:
    """What stood there before the app had the terminal."""
    grid = Grid(looker.grid.columns, looker.grid.lines)
    grid.feed(looker.output.decode(errors="replace").partition(LOADED)[0])
    return grid.text


def test_it_stands_there_before_the_screen_is_loaded(profile: Profile, tmp_path: Path) -> None:
    """The same as when it was left, but for the link; and the app's first picture is the same."""
    left = leave_in_channel(profile)
    assert profile.picture.exists()
    with held(profile, tmp_path / "pipe") as looker:
        looker.until(lambda: without_link(looker.grid) == left)
        top = looker.grid.line(0)
        assert "offline" in top
        assert "online" not in top
        let(tmp_path / "pipe")
        looker.until(lambda: SHOWS_CURSOR.encode() in looker.output)
        looker.until_still()
        assert without_link(looker.grid) == left
        # It never went in between: nobody has emptied the screen, or taken it anew.
        written = looker.output.decode()
        assert written.count(ENTERS) == 1
        assert "\x1b[2J" not in written.partition(LOADED)[2]
        quit_by(looker)
    assert looker.output.decode().count(LEAVES) == 1


def test_the_picture_is_of_one_start(profile: Profile) -> None:
    """Whoever has the replica open changes what is seen of it; the next one who leaves keeps
    theirs."""
    leave_in_channel(profile)
    with looking(profile) as looker:
        looker.until(lambda: SAID in before_loaded(looker))
        looker.until(lambda: not profile.picture.exists())
        looker.kill(signal.SIGKILL)
        looker.wait_for_end()
    assert not profile.picture.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_who_was_told_to_stop_finds_it_too(profile: Profile, number: signal.Signals) -> None:
    """It is a leave-taking as any other, unless there is no time to close what is open; not from
    Home, to which nobody comes back."""
    leave_in_channel(profile)
    assert any(keeps_at(profile, number) for _ in range(TRIES))
    assert not keeps_at(profile, number, "home\r")


def keeps_at(profile: Profile, number: signal.Signals, place: str = "general\r") -> bool:
    """Is a picture kept of a screen that is told to stop in a place?"""
    with looking(profile) as looker:
        looker.until_seen(APP_SAYS)
        looker.type("\x0b")
        looker.until_seen("Enter Go · Esc Back")
        looker.type(place)
        looker.until(lambda: "Enter Go · Esc Back" not in looker.seen)
        looker.until_still()
        looker.kill(number)
        assert looker.wait_for_end() == STOPPED
    return profile.picture.exists()


def test_keys_that_are_pressed_early_act_as_soon_as_the_screen_does(
    profile: Profile, tmp_path: Path
) -> None:
    """None is lost, and none is written onto the picture."""
    leave_in_channel(profile)
    with held(profile, tmp_path / "pipe") as looker:
        looker.until_seen(SAID)
        looker.type("i hello")
        looker.until_still()
        assert "hello" not in looker.seen
        let(tmp_path / "pipe")
        looker.until_seen("│  hello")
        looker.type(ESCAPE)
        quit_by(looker)


def test_who_leaves_while_the_hub_is_there_finds_it_too(tmp_path: Path) -> None:
    """What is said to the hub on the way out changes nothing of what was seen; and at the next
    start nobody is said to be online before it is reached."""
    hub, profile = HubThread(), Profile(tmp_path / "alice")
    directory = str(profile.directory)
    shell = Shell(tmp_path)
    shell.done("join", hub.link(), "--handle", "alice", "--profile", directory)
    shell.done("post", "#general", SAID, "--profile", directory)
    assert any(keeps_on_line(profile) for _ in range(TRIES))
    hub.close()
    pipe = tmp_path / "pipe"
    with held(profile, pipe) as looker:
        looker.until_seen(SAID)
        assert "online" not in looker.grid.line(0)
        let(pipe)
        looker.until_seen(APP_SAYS)
        quit_by(looker)


def keeps_on_line(profile: Profile) -> bool:
    """Is a picture kept of a channel in which one has read, and then left?"""
    with looking(profile) as looker:
        looker.until_seen("online")
        looker.type("\x0b")
        looker.until_seen("Enter Go · Esc Back")
        looker.type("general\r")
        looker.until_beside_list()
        looker.until_seen(SAID)
        looker.until_still()
        quit_by(looker)
    return profile.picture.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_who_is_told_to_end_meanwhile_leaves_the_terminal_as_it_was(
    profile: Profile, tmp_path: Path, number: signal.Signals
) -> None:
    """The shell's screen, its cursor, and keys that are echoed."""
    leave_in_channel(profile)
    with held(profile, tmp_path / "pipe") as looker:
        before = local_modes(looker)
        assert before & termios.ECHO
        looker.until_seen(SAID)
        assert not local_modes(looker) & termios.ECHO
        looker.kill(number)
        assert looker.wait_for_end() == -number
        assert local_modes(looker) == before
        assert looker.output.decode().endswith(f"{SHOWS_CURSOR}{LEAVES}")


def test_after_the_app_the_terminal_is_as_it_was(profile: Profile) -> None:
    """As before the picture, not as it was made for that."""
    leave_in_channel(profile)
    with looking(profile) as looker:
        before = local_modes(looker)
        looker.until(lambda: LOADED in looker.output.decode())
        looker.until_seen(SAID)
        looker.until_still()
        quit_by(looker)
        assert local_modes(looker) == before


def test_nothing_is_shown_that_may_be_no_more(profile: Profile, tmp_path: Path) -> None:
    """After a verb has written, at another size, and where a setting is another."""
    leave_in_channel(profile)
    Shell(tmp_path).done("post", "#general", "more", "--profile", str(profile.directory))
    assert not profile.picture.exists()
    others: tuple[Callable[[], Looker], ...] = (
        lambda: Looker(profile, 100, 24, LAST),
        lambda: Looker(profile, *SIZE, {**LAST, "HOBNOB_LOOK_CLOCK": "12h"}),
        lambda: Looker(profile, *SIZE, {**LAST, "NO_COLOR": "1"}),
    )
    for other in others:
        with looking(profile) as looker:
            looker.until_beside_list()
            looker.until_still()
            quit_by(looker)
        assert profile.picture.exists()
        with other() as looker:
            looker.until_seen(SAID)
            assert SAID not in before_loaded(looker)
            looker.until_still()
            quit_by(looker)


def test_a_locked_device_shows_nothing_before_its_passphrase(
    profile: Profile, tmp_path: Path
) -> None:
    """It is asked for first."""
    words = tmp_path / "words"
    words.write_text("correct horse battery staple\n")
    words.chmod(0o600)
    directory = str(profile.directory)
    Shell(tmp_path).done("passphrase", "--new-file", str(words), "--profile", directory)
    with Looker(profile, *SIZE, LAST) as looker:
        looker.wait_for(lambda output: b"Passphrase of" in output)
        looker.type(words.read_text())
        looker.until_seen("▌Home")
        looker.type("\x0b")
        looker.until_seen("Enter Go · Esc Back")
        looker.type("general\r")
        looker.until_beside_list()
        looker.until_still()
        quit_by(looker)
    assert profile.picture.exists()
    with Looker(profile, *SIZE, LAST) as looker:
        looker.wait_for(lambda output: b"Passphrase of" in output)
        assert SAID.encode() not in looker.output
        looker.type(words.read_text())
        looker.until(lambda: SAID in before_loaded(looker))
        looker.until(lambda: LOADED in looker.output.decode())
        looker.until_still()
        quit_by(looker)


@pytest.mark.parametrize("data", [b"", b"{", b'{"stamp": "\\u001b]52;c;aG9ib29i\\u0007"}'])
def test_a_file_that_is_none_of_ours_is_passed_over(profile: Profile, data: bytes) -> None:
    """The start is as every other, and nothing of it is written."""
    leave_in_channel(profile)
    profile.picture.write_bytes(data)
    with looking(profile) as looker:
        looker.until_seen(SAID)
        assert SAID not in before_loaded(looker)
        looker.until_still()
        quit_by(looker)
    assert not re.search(rb"\x1b\]52", looker.output)


def test_what_others_wrote_is_text_there_too(profile: Profile, tmp_path: Path) -> None:
    """Whatever they wrote: a terminal is sent styles and places."""
    Shell(tmp_path).done("post", "#general", HOSTILE, "--profile", str(profile.directory))
    leave_in_channel(profile)
    pipe = tmp_path / "pipe"
    with held(profile, pipe) as looker:
        looker.until_seen("queued, not sent yet")
        looker.until_still()
        picture = looker.output.decode().partition(ENTERS)[2]
        sent = {token.raw for token in tokens(picture) if token.sort != "text"}
        assert all(PICTURES.fullmatch(each) for each in sent), sent
        let(pipe)
        looker.until(lambda: LOADED in looker.output.decode())
        looker.until_still()
        quit_by(looker)
