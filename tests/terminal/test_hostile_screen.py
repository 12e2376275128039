"""Nothing that others wrote becomes an escape on the screen, wherever it is shown.

The real program in a real terminal, on a replica full of tricks; a walk through every place of the
screen. What reaches the terminal may be text, and what the same walk over harmless texts writes.
"""

import base64
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from hobnob_client import permalink
from hobnob_client.paths import Profile
from tests.terminal import hostile_hub
from tests.terminal.emulator import Grid, tokens
from tests.terminal.hostile_hub import CONFIDANT, FIRST, WORD
from tests.terminal.looker import (
    DOWN,
    EMPTY,
    END,
    ENTER,
    ESCAPE,
    F7,
    LEFT,
    OUTBOX,
    PAGE_UP,
    QUIT,
    SWITCH,
    UP,
    Looker,
    pasted,
)  # fmt: skip
from tests.terminal.payloads import FEW, PAYLOADS, naughty
from tests.terminal.test_hostile_verbs import harmless

SOME = tuple(FEW.values())[::7]
"""For what costs several keys each."""
OTHERS = tuple(text for text in PAYLOADS.values() if text not in SOME)
PLAIN = ("~~plain~~ https://plain.example/", *(f"plain {nth}" for nth in range(1, 24)))
LARGE = (150, 120)
LEAVES_THE_ORDER = {"XTERM_VERSION": "XTerm(390)"}
"""A terminal that orders no letters: signs that isolate are not ours there, but theirs."""
PALETTE, JUMP, PREVIEW, BACKSPACE = "\x10", "\x07", "\x1bp", "\x7f"
F2, F6, F9 = "\x1bOQ", "\x1b[17~", "\x1b[20~"
BORDER = 25
"""The column between the list of channels and what is said."""
HEAD = 23
"""On the small terminal: where the name of what is open begins."""
ROOMS = 8
"""Home and those below it that have no screen of their own."""
_CLIPBOARD = re.compile(r"\x1b\]52;c;[A-Za-z0-9+/=]*\x07")
_LINK = re.compile(r"\x1b\]8;(?:id=[0-9a-f]{1,40};(?:https?|hobnob)://[!-~]{1,2000}|;)\x1b\\")
"""What may be clicked on begins and ends so: a number of ours, and an address that is printable."""
_TITLE = re.compile(r"\x1b\]2;(?:\([0-9]{1,3}\+?\) )?hobnob\x07")
"""The window's: its count is ours."""
_POINTER = re.compile(r"\x1b\]22;[a-z-]+\x07")


def orders(output: str) -> set[str]:
    """Every sequence and control that is not text, as it is."""
    return {token.raw for token in tokens(output) if token.sort != "text"}


def kinds(given: set[str]) -> set[str]:
    """What they tell a terminal to do, without where, in which colour, with which pointer, and
    where a link leads, and which link to a message was copied."""
    shaped = {token.shape for each in given for token in tokens(each)}
    calm = (_CLIPBOARD.sub(_copied, _POINTER.sub("a pointer", shape)) for shape in shaped)
    return {_TITLE.sub("a title", _LINK.sub("a link", shape)) for shape in calm}


def _copied(found: re.Match[str]) -> str:
    """What one has copied oneself: a link to a message, whatever else is in the clipboard."""
    text = base64.b64decode(found[0].partition(";c;")[2].rstrip("\x07")).decode()
    return found[0] if permalink.parse(text) is None else "a link to a message, copied"


def text_of(output: str) -> str:
    """The text alone."""
    return "".join(token.raw for token in tokens(output) if token.sort == "text")


def profile(directory: Path, texts: Sequence[str], channels: int) -> Profile:
    """The replica of mara, with a text of others in every place, and what she has begun."""
    of = hostile_hub.settle(directory, len(texts), channels)
    hostile_hub.plant(of, texts)
    hostile_hub.call(of, "olga", "ol" + "".join(texts[:20])[:200])
    hostile_hub.begin(of, texts[:channels])
    hostile_hub.say(of, texts[: 3 * channels])
    hostile_hub.refuse(of, texts[:channels])
    return of


def visit(looker: Looker, channels: int) -> None:
    """Go to every place of the screen, on a small terminal."""
    looker.until_footer("Next unread")
    looker.until_seen("not sent")
    _visit_rooms(looker)
    for _ in range(channels):
        _visit(looker)
    _switch_to(looker, "general")
    _confide(looker)
    _switch_to(looker, "general")
    _search(looker)
    for _ in range(4):
        _act(looker)
    _look_closer(looker)
    _look_around(looker)
    _write(looker)
    _paste(looker)
    _look_into_the_outbox(looker)
    looker.type(QUIT)
    assert looker.wait_for_end() == 0, looker.output[-4000:].decode(errors="replace")


def read(looker: Looker) -> None:
    """Read everything in the channel that has everything, on a terminal that is as large as may
    be; nothing moves the blank between the columns."""
    looker.until_footer("Next unread")
    looker.until_seen("not sent")
    _switch_to(looker, "general")
    looker.type(END)
    looker.until_footer("i Write")
    # Not while something else is drawn: two pages would be gone through at once.
    looker.until_still()
    while FIRST not in looker.seen:
        looker.until_other(PAGE_UP, _said)
        looker.until_still()
        column = "".join(row[BORDER] for row in looker.grid.rows[2:-1])
        assert set(column) == {" "}, looker.seen
    looker.type(QUIT)
    assert looker.wait_for_end() == 0, looker.output[-4000:].decode(errors="replace")


def _said(grid: Grid) -> list[str]:
    """What stands in the timeline of the large terminal."""
    return ["".join(row[BORDER:]) for row in grid.rows[2:-4]]


def _visit(looker: Looker) -> None:
    """The next channel of the list: its name, its purpose, its draft, and what is told of it."""
    looker.type(DOWN)
    looker.type(ENTER)
    looker.until_footer("Write")
    looker.type(LEFT)
    looker.until_footer("Next unread")
    looker.type("m")
    looker.until_seen("muted;")
    looker.type("m")
    looker.until_seen("heard")


def _visit_rooms(looker: Looker) -> None:
    """Home and the rooms below it, each to its end; then on, down to the first channel."""
    for _ in range(ROOMS):
        looker.type(ENTER)
        looker.until_footer("Catch up")
        looker.type(END)
        looker.type(LEFT)
        looker.until_footer("Message")
        looker.type(DOWN)
    # The outbox and what was not sent have a screen of their own.
    looker.type(DOWN + DOWN)


def _switch_to(looker: Looker, name: str) -> None:
    looker.type(SWITCH)
    looker.until_seen("Esc Back")
    for _ in range(40):
        looker.type(DOWN)
    looker.type(name)
    looker.until_seen(f"#{name}")
    looker.type(ENTER)
    looker.until(lambda: "Esc Back" not in looker.seen)


def _confide(looker: Looker) -> None:
    """Read all that somebody has written under seal, and answer."""
    looker.type(LEFT)
    looker.until_footer("Next unread")
    looker.type("@")
    looker.until_seen("Write to")
    looker.type(CONFIDANT)
    looker.until_seen(f"@{CONFIDANT}")
    looker.type(ENTER)
    looker.until_footer("Send")
    looker.type(f"thank you{ENTER}{ESCAPE}")
    looker.until_seen("sealed")
    looker.until_footer("Search")
    looker.type(END)
    looker.until_seen("thank you")
    while "s0 " not in looker.seen:
        looker.until_other(PAGE_UP)


def _search(looker: Looker) -> None:
    looker.type("/")
    looker.until_seen("Enter Open there")
    looker.until_other("brought")
    for _ in range(12):
        looker.until_other(UP)
    looker.until_other(f"{EMPTY}from:")
    looker.until_other("\t")
    looker.until_other(f"{EMPTY}in:")
    looker.until_other("\t")
    looker.until_other(f"{EMPTY}brought")
    looker.type(ENTER)
    looker.until(lambda: "╭─ Search" not in looker.seen)


def _act(looker: Looker) -> None:
    """Open the thread of a message, report it, block whoever wrote it; then another message."""
    looker.type(ENTER)
    looker.until(lambda: looker.grid.rows[1][HEAD] != "#")
    looker.type("r")
    looker.until_footer("Send")
    looker.type(ESCAPE)
    looker.until_footer("Write")
    looker.type(ESCAPE)
    looker.until(lambda: looker.grid.rows[1][HEAD] == "#")
    looker.type("!")
    looker.until_seen("Enter Do it")
    looker.type(f"spam{ENTER}")
    looker.until_seen("seconds;")
    looker.type("z")
    looker.until_seen("Undone:")
    looker.type("B")
    looker.until_seen("blocked")
    looker.type("z")
    looker.until_seen("Undone:")
    for _ in range(7):
        looker.type(UP)


def _look_closer(looker: Looker) -> None:
    """What a message said before, where it leads, what it hides, a link to it."""
    for _ in range(16):
        looker.type(UP)
        for key, opened, nothing in (
            ("E", "╭─ What it said", ("never changed", "last text")),
            ("L", "╭─ Links", ("No link",)),
        ):
            looker.type("Y")
            looker.until(lambda: "Link copied" in looker.seen or "It has no link" in looker.seen)
            looker.type(key)
            looker.until(partial(_any, looker, (opened, *nothing)))
            if opened in looker.seen:
                looker.type(ESCAPE)
                looker.until(partial(_none, looker, opened))
        looker.type("S")
        looker.until(lambda: "hides nothing" in looker.seen or "hides the spoiler" in looker.seen)


def _look_around(looker: Looker) -> None:
    """All that opens over what is read: what can be done, who somebody is, what would have pinged,
    settings and keys, letters to go by, bare texts."""
    for key, opened, keys in (
        (PALETTE, "What can be done here", DOWN * 5),
        ("P", "What they said last:", DOWN * 5),
        (F6, "would have pinged", DOWN * 8),
        (F2, "look.theme", DOWN * 3),
    ):
        looker.type(key)
        looker.until_seen(opened)
        looker.type(keys)
        looker.until_still()
        looker.type(ESCAPE)
        looker.until(partial(_none, looker, opened))
    looker.type(JUMP)
    looker.until_seen("A─")
    looker.type(ESCAPE)
    looker.until(lambda: "A─" not in looker.seen)
    looker.type(F9)
    looker.until(lambda: "Write in" not in looker.seen)
    for key in (END, PAGE_UP, PAGE_UP):
        looker.type(key)
        looker.until_still()
    looker.type(ESCAPE)
    looker.until_seen("Write in")


def _write(looker: Looker) -> None:
    """What is offered while one writes, and what it will look like."""
    looker.type("i")
    looker.until_footer("Send")
    for begun in ("@", "#", ":sm", "/", "```"):
        looker.type(F7 + begun)
        looker.until_still()
        looker.type(DOWN)
        looker.until_still()
    for text in SOME:
        looker.type(F7 + pasted(f"{text} <p>"))
        looker.until_seen("<p>")
        looker.type(PREVIEW)
        looker.until_still()
        looker.type(PREVIEW)
        looker.until_still()
    looker.type(F7 + "q")
    looker.until_still()
    looker.type(BACKSPACE + ESCAPE)
    looker.until_footer("Search")


def _any(looker: Looker, texts: Sequence[str]) -> bool:
    return any(text in looker.seen for text in texts)


def _none(looker: Looker, text: str) -> bool:
    return text not in looker.seen


def _paste(looker: Looker) -> None:
    """What one has copied elsewhere, into the field and into the search."""
    looker.type("i")
    looker.until_footer("Send")
    for nth, text in enumerate(SOME):
        looker.type(F7 + pasted(text) + f"q{nth}q")
        looker.until_seen(f"q{nth}q")
    looker.type(F7 + "the last words" + ENTER)
    looker.until(lambda: looker.seen.count("the last words") == 1)
    looker.type(ESCAPE)
    looker.until_footer("Search")
    looker.type("/")
    looker.until_seen("Enter Open there")
    for nth, text in enumerate(SOME):
        looker.type(EMPTY + pasted(text) + f"q{nth}q")
        looker.until_seen(f"q{nth}q")
    # What is kept stands in the list of channels.
    looker.type("\x13")
    looker.until_seen("The search is kept in the list")
    looker.type(ESCAPE)
    looker.until(lambda: "╭─ Search" not in looker.seen)


def _look_into_the_outbox(looker: Looker) -> None:
    """What waits, and why what was refused was."""
    looker.type(OUTBOX)
    looker.until_seen("Drop")
    for _ in range(8):
        looker.until_other(DOWN)
    looker.type(ESCAPE)
    looker.until(lambda: "Drop" not in looker.seen)


def test_nothing_of_others_is_obeyed(tmp_path: Path) -> None:
    """Messages, names, titles, purposes, reactions, hits, reasons, drafts, pastes, dialogs,
    previews, offers, and all that opens over them."""
    known, _ = _walked(tmp_path / "plain", PLAIN, 3)
    texts = (*SOME, *OTHERS, *naughty())
    output, rows = _walked(tmp_path / "hostile", texts, len(SOME))
    given = orders(output)
    assert kinds(given) <= kinds(orders(known))
    assert not given & orders("".join(texts)) - orders(known)
    assert harmless(text_of(output))
    seen = "\n".join(rows)
    assert harmless(seen)
    for nth in range(len(texts)):
        assert f"m{nth} {WORD}" in seen
    assert all(f"s{nth} " in seen for nth in range(len(SOME)))


def _walked(directory: Path, texts: Sequence[str], channels: int) -> tuple[str, set[str]]:
    """All that two walks over the replica have written, and the rows that were seen."""
    of = profile(directory, texts, channels)
    rows: set[str] = set()
    with Looker(of, 80, 24, LEAVES_THE_ORDER) as looker:
        looker.rows_seen = rows
        visit(looker, channels)
        output = looker.output
    with Looker(of, *LARGE, LEAVES_THE_ORDER) as looker:
        looker.rows_seen = rows
        read(looker)
        return (output + looker.output).decode(), rows
