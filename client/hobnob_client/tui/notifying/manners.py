"""How a terminal is asked to show a notification, by what the environment says of it.

| terminal | told by | sequence | source |
| --- | --- | --- | --- |
| kitty | `KITTY_WINDOW_ID`, `TERM=xterm-kitty` | OSC 99 | kitty, "Desktop notifications" |
| iTerm2 | `TERM_PROGRAM`, `LC_TERMINAL` (comes through SSH) | OSC 9 | iTerm2, "Escape Codes" |
| Ghostty | `TERM_PROGRAM`, `TERM=xterm-ghostty` | OSC 777 | ghostty.org/docs/vt/osc |
| WezTerm | `TERM_PROGRAM`, `WEZTERM_PANE` | OSC 777 | wezterm.org/escape-sequences |
| foot | `TERM=foot…` | OSC 777 | foot-ctlseqs(7) |
| rxvt-unicode | `TERM=rxvt-unicode…` | OSC 777 | its Perl extension, where it began |
| Konsole | `KONSOLE_VERSION` | OSC 777 | google-gemini/gemini-cli#25300 |
| Alacritty | `ALACRITTY_WINDOW_ID`, `TERM=alacritty` | bell | google-gemini/gemini-cli#25300 |
| Windows Terminal | `WT_SESSION` | bell | google-gemini/gemini-cli#25300 |
| VS Code, Apple's Terminal | `TERM_PROGRAM` | bell | google-gemini/gemini-cli#25300 |
| the Linux console, dumb ones | `TERM` | bell | console_codes(4) |
| any other | | OSC 777, and the bell | google-gemini/gemini-cli#25300 |

tmux and GNU screen swallow what they do not know: it goes through them in a DCS (tmux(1),
`allow-passthrough`; screen(1), "Device Control String"), and beside it rings the bell, which they
show whatever is allowed (can1357/oh-my-pi#3395). What runs within them may have the environment of
another terminal than the one that looks on now.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from hobnob_client import term_safe
from hobnob_client.tui.timeline.wrap import fit
from hobnob_protocol.value import value

TITLE_CELLS_MAX: Final = 60
BODY_CELLS_MAX: Final = 200
COUNT_MAX: Final = 999
BEL: Final = "\x07"
_ESC: Final = "\x1b"
_ST: Final = "\x1b\\"
KEEP_TITLE: Final = f"{_ESC}[22;2t"
"""Lets the terminal remember the title it had (xterm, "Window manipulation")."""
GIVE_BACK_TITLE: Final = f"{_ESC}[23;2t"
"""... and take it again."""


class Sequence(StrEnum):
    """Which sequence a terminal knows."""

    OSC_777 = "osc777"
    OSC_9 = "osc9"
    OSC_99 = "osc99"
    BELL = "bell"


class Wrap(StrEnum):
    """What stands between us and the terminal."""

    NONE = ""
    TMUX = "tmux"
    SCREEN = "screen"


@value
class Manner:
    """How to ask: with which sequence, through what, and whether the bell rings beside it. `known`
    that the terminal was recognised."""

    sequence: Sequence
    wrap: Wrap = Wrap.NONE
    bell: bool = False
    known: bool = True


@value
class Notice:
    """What one is told: who and where, and how it begins. Anything may stand in it."""

    title: str
    body: str


_BY_PROGRAM: Final = {
    "kitty": Sequence.OSC_99,
    "iTerm.app": Sequence.OSC_9,
    "iTerm2": Sequence.OSC_9,
    "ghostty": Sequence.OSC_777,
    "WezTerm": Sequence.OSC_777,
    "vscode": Sequence.BELL,
    "Apple_Terminal": Sequence.BELL,
    "alacritty": Sequence.BELL,
}
"""By `TERM_PROGRAM`, or `LC_TERMINAL`."""
_BY_VARIABLE: Final = {
    "KITTY_WINDOW_ID": Sequence.OSC_99,
    "WEZTERM_PANE": Sequence.OSC_777,
    "KONSOLE_VERSION": Sequence.OSC_777,
    "ALACRITTY_WINDOW_ID": Sequence.BELL,
    "WT_SESSION": Sequence.BELL,
}
_BY_TERM: Final = {
    "xterm-kitty": Sequence.OSC_99,
    "xterm-ghostty": Sequence.OSC_777,
    "foot": Sequence.OSC_777,
    "rxvt-unicode": Sequence.OSC_777,
    "alacritty": Sequence.BELL,
    "linux": Sequence.BELL,
    "dumb": Sequence.BELL,
    "vt100": Sequence.BELL,
    "vt220": Sequence.BELL,
}
"""By how `TERM` begins."""


def manner(environ: Mapping[str, str], wanted: str = "") -> Manner:
    """How this terminal is asked; by a sequence that is `wanted`, whatever the terminal is."""
    term = environ.get("TERM", "dumb")
    wrap = Wrap.NONE
    if environ.get("TMUX") or term.startswith("tmux"):
        wrap = Wrap.TMUX
    elif environ.get("STY") or term.startswith("screen"):
        wrap = Wrap.SCREEN
    named = wanted in {each.value for each in Sequence}
    found = Sequence(wanted) if named else _known(environ, term)
    if found is None:
        return Manner(Sequence.OSC_777, wrap, bell=True, known=False)
    if found is Sequence.BELL:
        return Manner(found)
    return Manner(found, wrap, bell=wrap is not Wrap.NONE)


def _known(environ: Mapping[str, str], term: str) -> Sequence | None:
    for name in (environ.get("TERM_PROGRAM", ""), environ.get("LC_TERMINAL", "")):
        if name in _BY_PROGRAM:
            return _BY_PROGRAM[name]
    for variable, sequence in _BY_VARIABLE.items():
        if environ.get(variable):
            return sequence
    return next((found for name, found in _BY_TERM.items() if term.startswith(name)), None)


def asking(notice: Notice, how: Manner, nth: int = 0) -> str:
    """What to write to the terminal; nothing of the notice can end the sequence or begin another.

    `nth` tells notices apart: kitty shows one in place of another of the same number.
    """
    if how.sequence is Sequence.BELL:
        return BEL
    title, body = plain(notice.title, TITLE_CELLS_MAX), plain(notice.body, BODY_CELLS_MAX)
    if how.sequence is Sequence.OSC_9:
        # What begins with a digit is an order of ConEmu's.
        asked = f"{_ESC}]9;hobnob: {title}: {body}{BEL}"
    elif how.sequence is Sequence.OSC_99:
        name = f"{_ESC}]99;i=hobnob{nth}"
        asked = f"{name}:d=0;{title}{_ST}{name}:d=1:p=body;{body}{_ST}"
    else:
        # The title ends at the first semicolon.
        asked = f"{_ESC}]777;notify;{title.replace(';', ',')};{body}{BEL}"
    return through(asked, how.wrap) + (BEL if how.bell else "")


def plain(text: str, cells_max: int) -> str:
    """Text that is nothing else, in one line, cut."""
    return fit(" ".join(term_safe.body(text).split()), cells_max)


def through(sequence: str, wrap: Wrap) -> str:
    """The sequence so that what stands between hands it on."""
    if wrap is Wrap.TMUX:
        return f"{_ESC}Ptmux;{sequence.replace(_ESC, _ESC + _ESC)}{_ST}"
    if wrap is Wrap.SCREEN:
        # It ends at the first ST, whoever's that is.
        return f"{_ESC}P{sequence.replace(_ST, BEL)}{_ST}"
    return sequence


def titled(count: int) -> str:
    """What sets the window's title, with how many things call for one."""
    told = f"({count if count <= COUNT_MAX else f'{COUNT_MAX}+'}) " if count else ""
    return f"{_ESC}]2;{told}hobnob{BEL}"
