"""One way out is taken: the desktop's where it is before the person, else the terminal's."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from hobnob_client.tui.notifying.manners import GIVE_BACK_TITLE, KEEP_TITLE, Notice
from hobnob_client.tui.notifying.outward import Outward, command, desktop

NOTICE = Notice("bob in #rust", "<b>hello</b> & -x")


@pytest.fixture
def programs(tmp_path: Path) -> str:
    """A PATH with notify-send in it."""
    program = tmp_path / "notify-send"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return str(tmp_path)


class Out:
    """All that has left."""

    def __init__(self, environ: dict[str, str], *, fails: bool = False) -> None:
        self.written: list[str] = []
        self.started: list[Sequence[str]] = []
        self._fails = fails
        self.outward = Outward(self.written.append, environ, self._start)

    def _start(self, words: Sequence[str]) -> None:
        if self._fails:
            raise OSError
        self.started.append(words)


def test_on_a_desktop_its_program_tells(programs: str) -> None:
    """Never through a shell, no text an option, no markup."""
    out = Out({"TERM": "xterm-256color", "DISPLAY": ":0", "PATH": programs})
    out.outward.tell(NOTICE)
    program = str(Path(programs) / "notify-send")
    body = "&lt;b&gt;hello&lt;/b&gt; &amp; -x"
    assert out.started == [(program, "--app-name=hobnob", "--", "bob in #rust", body)]
    assert out.written == []


def test_where_it_fails_the_terminal_tells(programs: str) -> None:
    """Once, one way or the other."""
    out = Out({"TERM": "xterm", "DISPLAY": ":0", "PATH": programs}, fails=True)
    out.outward.tell(NOTICE)
    assert len(out.written) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"SSH_CONNECTION": "a b"},
        {"SSH_TTY": "/dev/pts/1"},
        {"DISPLAY": ""},
        {"PATH": "/nowhere"},
    ],
)
def test_the_desktop_is_the_persons_own(programs: str, more: dict[str, str]) -> None:
    """At the far end of SSH it would be somebody else's, or nobody's."""
    assert desktop({"DISPLAY": ":0", "PATH": programs, **more}) == ""


def test_a_terminal_that_is_known_tells_by_itself(programs: str) -> None:
    """It knows which window to go to."""
    environ = {"TERM": "xterm-kitty", "WAYLAND_DISPLAY": "w", "PATH": programs}
    out = Out(environ)
    out.outward.tell(NOTICE)
    out.outward.tell(NOTICE)
    assert out.started == []
    assert ["i=hobnob1:" in out.written[0], "i=hobnob2:" in out.written[1]] == [True, True]


@pytest.mark.parametrize(
    ("notify", "written"),
    [
        ("off", []),
        ("bell", ["\x07"]),
        ("osc9", ["\x1b]9;hobnob: bob in #rust: <b>hello</b> & -x\x07"]),
        (
            "desktop",
            [
                "\x1b]99;i=hobnob1:d=0;bob in #rust\x1b\\\x1b]99;i=hobnob1:d=1:p=body;"
                "<b>hello</b> & -x\x1b\\"
            ],
        ),
    ],
)
def test_who_knows_better_says_how(notify: str, written: list[str]) -> None:
    """Off is off; where no desktop is the terminal is asked."""
    found: list[str] = []
    environ = {"TERM": "xterm-kitty", "PATH": "/nowhere", "DISPLAY": ":0"}
    outward = Outward(found.append, environ, lambda _: None, notify=notify)
    outward.tell(NOTICE)
    assert found == written


def test_no_text_is_an_order_of_the_program() -> None:
    """What others wrote is words, in one line."""
    words = command("notify-send", Notice("--icon=x", "-u\ncritical\x1b[2J"))
    assert words[:3] == ("notify-send", "--app-name=hobnob", "--")
    assert words[3:] == ("--icon=x", "-u critical␛[2J")


def test_the_title_is_written_when_it_is_another_and_given_back() -> None:
    """Nothing is written again that stands there."""
    out = Out({})
    for count in (0, 2, 2, 0):
        out.outward.count(count)
    out.outward.leave()
    out.outward.leave()
    assert out.written == [
        f"{KEEP_TITLE}\x1b]2;hobnob\x07",
        "\x1b]2;(2) hobnob\x07",
        "\x1b]2;hobnob\x07",
        GIVE_BACK_TITLE,
    ]
