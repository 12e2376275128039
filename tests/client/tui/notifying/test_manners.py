"""Terminals are asked each in its own way, and nothing that others wrote gets out of it."""

import pytest

from hobnob_client.tui.notifying.manners import (
    BEL,
    Manner,
    Notice,
    Sequence,
    Wrap,
    asking,
    manner,
    titled,
)
from tests.terminal.emulator import tokens
from tests.terminal.payloads import PAYLOADS

HELLO = Notice("bob in #rust", "hello; there")


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}, Manner(Sequence.OSC_99)),
        ({"TERM": "xterm-kitty"}, Manner(Sequence.OSC_99)),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, Manner(Sequence.OSC_9)),
        ({"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"}, Manner(Sequence.OSC_9)),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, Manner(Sequence.OSC_777)),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, Manner(Sequence.OSC_777)),
        ({"TERM": "foot-extra"}, Manner(Sequence.OSC_777)),
        ({"TERM": "rxvt-unicode-256color"}, Manner(Sequence.OSC_777)),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "230800"}, Manner(Sequence.OSC_777)),
        ({"TERM": "xterm-256color", "WT_SESSION": "a-b"}, Manner(Sequence.BELL)),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "vscode"}, Manner(Sequence.BELL)),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, Manner(Sequence.BELL)),
        ({"TERM": "alacritty"}, Manner(Sequence.BELL)),
        ({"TERM": "linux"}, Manner(Sequence.BELL)),
        ({}, Manner(Sequence.BELL)),
        ({"TERM": "xterm-256color"}, Manner(Sequence.OSC_777, bell=True, known=False)),
        (
            {"TERM": "tmux-256color", "TMUX": "/tmp/x", "TERM_PROGRAM": "tmux"},
            Manner(Sequence.OSC_777, Wrap.TMUX, bell=True, known=False),
        ),
        (
            {"TERM": "tmux-256color", "TMUX": "/tmp/x", "KITTY_WINDOW_ID": "1"},
            Manner(Sequence.OSC_99, Wrap.TMUX, bell=True),
        ),
        (
            {"TERM": "screen-256color", "STY": "1.pts"},
            Manner(Sequence.OSC_777, Wrap.SCREEN, bell=True, known=False),
        ),
        ({"TERM": "tmux-256color", "TMUX": "/x", "WT_SESSION": "a"}, Manner(Sequence.BELL)),
    ],
)
def test_a_terminal_is_known_by_its_environment(environ: dict[str, str], wanted: Manner) -> None:
    """The table, row by row."""
    assert manner(environ) == wanted


@pytest.mark.parametrize(
    ("how", "written"),
    [
        (Manner(Sequence.BELL), "\x07"),
        (Manner(Sequence.OSC_9), "\x1b]9;hobnob: bob in #rust: hello; there\x07"),
        (Manner(Sequence.OSC_777), "\x1b]777;notify;bob in #rust;hello; there\x07"),
        (
            Manner(Sequence.OSC_99),
            "\x1b]99;i=hobnob7:d=0;bob in #rust\x1b\\"
            "\x1b]99;i=hobnob7:d=1:p=body;hello; there\x1b\\",
        ),
        (
            Manner(Sequence.OSC_777, Wrap.TMUX, bell=True),
            "\x1bPtmux;\x1b\x1b]777;notify;bob in #rust;hello; there\x07\x1b\\\x07",
        ),
        (
            Manner(Sequence.OSC_99, Wrap.TMUX),
            "\x1bPtmux;\x1b\x1b]99;i=hobnob7:d=0;bob in #rust\x1b\x1b\\"
            "\x1b\x1b]99;i=hobnob7:d=1:p=body;hello; there\x1b\x1b\\\x1b\\",
        ),
        (
            Manner(Sequence.OSC_99, Wrap.SCREEN, bell=True),
            "\x1bP\x1b]99;i=hobnob7:d=0;bob in #rust\x07"
            "\x1b]99;i=hobnob7:d=1:p=body;hello; there\x07\x1b\\\x07",
        ),
    ],
)
def test_what_is_written_is_what_the_terminal_reads(how: Manner, written: str) -> None:
    """Byte by byte; through tmux each escape doubled, in a DCS that ends once."""
    assert asking(HELLO, how, 7) == written


def test_a_title_ends_where_its_field_does() -> None:
    """Nobody can write into the field behind it."""
    assert asking(Notice("a;b", "c"), Manner(Sequence.OSC_777)) == "\x1b]777;notify;a,b;c\x07"


@pytest.mark.parametrize("sequence", list(Sequence))
def test_nothing_that_others_wrote_gets_out(sequence: Sequence) -> None:
    """Every trick, in both fields: the terminal reads the same sequences as for a harmless text,
    each of a bounded length."""
    how = Manner(sequence, bell=True)
    harmless = _orders(asking(HELLO, how))
    for trick in PAYLOADS.values():
        asked = asking(Notice(trick, trick), how)
        assert _orders(asked) == harmless
        assert len(asked) < 6_000
        inside = asked.replace("\x1b]", "").replace("\x1b\\", "").replace(BEL, "")
        assert all(char.isprintable() or char == "\u200d" for char in inside), ascii(asked)


def _orders(asked: str) -> list[tuple[str, str]]:
    return [(token.sort, token.raw[:5]) for token in tokens(asked)]


@pytest.mark.parametrize(
    ("count", "title"), [(0, "hobnob"), (3, "(3) hobnob"), (5_000, "(999+) hobnob")]
)
def test_the_title_counts(count: int, title: str) -> None:
    """So that one sees it among other windows."""
    assert titled(count) == f"\x1b]2;{title}\x07"
