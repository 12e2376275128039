"""A walk through every place of the screen, over a replica that `hostile_hub` has made."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from tests.terminal.emulator import Grid
from tests.terminal.hostile_hub import ADVICE, CONFIDANT, FIRST
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
from tests.terminal.payloads import FEW

SOME: Final = tuple(FEW.values())[::7]
"""Of the tricks those that are written and pasted, and what else costs several keys each."""
LARGE: Final = (150, 120)
PALETTE, JUMP, PREVIEW, BACKSPACE = "\x10", "\x07", "\x1bp", "\x7f"
F2, F5, F6, F8, F9, F12 = "\x1bOQ", "\x1b[15~", "\x1b[17~", "\x1b[19~", "\x1b[20~", "\x1b[24~"
PAGE_DOWN = "\x1b[6~"
BORDER: Final = 25
"""The column between the list of channels and what is said."""
HEAD: Final = slice(23, 27)
"""On the small terminal: where what is open says its name, behind the mark of the focus."""
ROOMS: Final = 10
"""Home and those below it that have no screen of their own."""


def visit(looker: Looker, channels: int) -> None:
    """Go to every place of the screen, on a small terminal; further where there are more
    `channels`, each with a trick of its own."""
    looker.until_beside_list()
    looker.until_seen("not sent")
    _visit_rooms(looker)
    for _ in range(channels):
        _visit(looker)
    _switch_to(looker, "general")
    _confide(looker)
    _switch_to(looker, "general")
    _search(looker)
    for _ in range(1 + channels // 8):
        _act(looker)
    _look_closer(looker, 5 + channels // 2)
    _look_around(looker)
    _write(looker, SOME[:channels])
    _paste(looker, SOME[:channels])
    _look_into_the_outbox(looker)
    looker.type(QUIT)
    assert looker.wait_for_end() == 0, looker.output[-4000:].decode(errors="replace")


def meet(looker: Looker) -> None:
    """Read all that is said and told in the places that have everything, on a terminal that is as
    large as may be."""
    looker.until_beside_list()
    looker.until_seen("not sent")
    _read(looker)
    _look_at_boards(looker)
    _room(looker, "Care", "wait")
    _meet_people(looker)
    _fill_in(looker)
    _describe_a_need(looker)
    looker.type(QUIT)
    assert looker.wait_for_end() == 0, looker.output[-4000:].decode(errors="replace")


def _read(looker: Looker) -> None:
    """Everything in the channel; nothing moves the blank between the columns."""
    _switch_to(looker, "general")
    looker.until_beside_list()
    # Who walks here has never read in it: it opens at its end.
    looker.until(lambda: "▌ #general" in looker.seen and FIRST not in looker.seen)
    # Not while something else is drawn: two pages would be gone through at once.
    looker.until_still()
    while FIRST not in looker.seen:
        looker.until_other(PAGE_UP, _said)
        looker.until_still()
        column = "".join(row[BORDER] for row in looker.grid.rows[2:-1])
        assert set(column) == {" "}, looker.seen


def _look_at_boards(looker: Looker) -> None:
    """What the hub told last, and the formula."""
    _room(looker, "Boards", "taking part: 1")
    looker.type("w")
    looker.until_seen("messages count 0")
    looker.type(ESCAPE)
    looker.until(lambda: "messages count 0" not in looker.seen)


def _meet_people(looker: Looker) -> None:
    """Who is listed, and all that is known of one of them."""
    looker.type(F5)
    looker.until_seen("1 of 1 listed")
    looker.until_still()
    looker.type(ENTER)
    looker.until_seen("What they said last:")
    looker.until_still()
    while "here since" not in looker.seen:
        looker.until_other(PAGE_DOWN)
        looker.until_still()
    looker.type(ESCAPE)
    looker.until_seen("1 of 1 listed")
    looker.type(ESCAPE)
    looker.until(lambda: "1 of 1 listed" not in looker.seen)


def _fill_in(looker: Looker) -> None:
    """One's own profile, as another device has filled it in."""
    looker.type(F8)
    looker.until_seen("Every line is optional")
    looker.type(DOWN * 12)
    looker.until_seen("If you agree, others may")
    looker.type(ESCAPE)
    looker.until(lambda: "Every line is optional" not in looker.seen)


def _describe_a_need(looker: Looker) -> None:
    """Who can help, what they wrote, and how it was ranked."""
    looker.type(F12)
    looker.until_seen("Say what you need")
    looker.type(f"{ADVICE}{ENTER}")
    looker.until_seen("You said:")
    looker.until(lambda: "Looking who knows" not in looker.seen)
    looker.type("s")
    looker.until_seen("o Open")
    looker.type("w")
    looker.until_seen("rank: the score")
    looker.type(ESCAPE)
    looker.until(lambda: "rank: the score" not in looker.seen)
    looker.type(ESCAPE)
    looker.until(lambda: "You said:" not in looker.seen)


def _room(looker: Looker, name: str, seen: str) -> None:
    """Go to a room, and to its end."""
    looker.type(SWITCH)
    looker.until_seen("Enter Go · Esc Back")
    looker.type(name)
    looker.until_seen(f"▸{name}")
    looker.type(ENTER)
    looker.until_seen(seen)
    looker.until_still()
    looker.type(END)
    looker.until_still()


def _said(grid: Grid) -> list[str]:
    """What stands in the timeline of the large terminal."""
    return ["".join(row[BORDER:]) for row in grid.rows[2:-4]]


def _visit(looker: Looker) -> None:
    """The next channel of the list: its name, its purpose, its draft, and what is told of it."""
    looker.type(DOWN)
    looker.type(ENTER)
    looker.until_beside_list()
    looker.type(LEFT)
    looker.until_in_list()
    looker.type("m")
    looker.until_seen("muted;")
    looker.type("m")
    looker.until_seen("heard")


def _visit_rooms(looker: Looker) -> None:
    """Home and the rooms below it, each to its end; then on, down to the first channel."""
    looker.type(LEFT)
    looker.until_in_list()
    for _ in range(ROOMS):
        looker.type(ENTER)
        looker.until_beside_list()
        looker.type(END)
        looker.type(LEFT)
        looker.until_in_list()
        looker.type(DOWN)
    # The outbox and what was not sent have a screen of their own.
    looker.type(DOWN + DOWN)


def _switch_to(looker: Looker, name: str) -> None:
    looker.type(SWITCH)
    looker.until_seen("Enter Go · Esc Back")
    for _ in range(40):
        looker.type(DOWN)
    looker.type(name)
    looker.until_seen(f"#{name}")
    looker.type(ENTER)
    # Home says much of the same.
    looker.until(
        lambda: "Enter Go · Esc Back" not in looker.seen and f"Write in #{name}" in looker.seen
    )


def _confide(looker: Looker) -> None:
    """Read all that somebody has written under seal, and answer."""
    looker.type(LEFT)
    looker.until_in_list()
    looker.type("@")
    looker.until_seen("Write to")
    looker.type(CONFIDANT)
    looker.until_seen(f"@{CONFIDANT}")
    looker.type(ENTER)
    looker.until_footer("Send")
    looker.type(f"thank you{ENTER}{ESCAPE}")
    looker.until_seen("sealed")
    looker.until_beside_list()
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
    looker.until(lambda: "#" not in looker.grid.rows[1][HEAD])
    looker.type("r")
    looker.until_footer("Send")
    looker.type(ESCAPE)
    looker.until_beside_list()
    looker.type(ESCAPE)
    looker.until(lambda: "#" in looker.grid.rows[1][HEAD])
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


def _look_closer(looker: Looker, messages: int) -> None:
    """What a message said before, where it leads, what it hides, a link to it."""
    for _ in range(messages):
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


def _write(looker: Looker, texts: Sequence[str]) -> None:
    """What is offered while one writes, and what it will look like."""
    looker.type("i")
    looker.until_footer("Send")
    for begun in ("@", "#", ":sm", "/", "```"):
        looker.type(F7 + begun)
        looker.until_still()
        looker.type(DOWN)
        looker.until_still()
    looker.type(PREVIEW)
    looker.until_still()
    for nth, text in enumerate(texts):
        looker.type(F7 + pasted(f"{text} <{nth}>"))
        looker.until_seen(f"<{nth}>")
        looker.until_still()
    looker.type(PREVIEW)
    looker.until_still()
    looker.type(F7 + "q")
    looker.until_still()
    looker.type(BACKSPACE + ESCAPE)
    looker.until_beside_list()


def _any(looker: Looker, texts: Sequence[str]) -> bool:
    return any(text in looker.seen for text in texts)


def _none(looker: Looker, text: str) -> bool:
    return text not in looker.seen


def _paste(looker: Looker, texts: Sequence[str]) -> None:
    """What one has copied elsewhere, into the field and into the search."""
    looker.type("i")
    looker.until_footer("Send")
    for nth, text in enumerate(texts):
        looker.type(F7 + pasted(text) + f"q{nth}q")
        looker.until_seen(f"q{nth}q")
    looker.type(F7 + "the last words" + ENTER)
    looker.until(lambda: looker.seen.count("the last words") == 1)
    looker.type(ESCAPE)
    looker.until_beside_list()
    looker.type("/")
    looker.until_seen("Enter Open there")
    for nth, text in enumerate(texts):
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
    looker.until_seen("Go there")
    for _ in range(8):
        looker.until_other(DOWN)
    looker.type(ESCAPE)
    looker.until(lambda: "Go there" not in looker.seen)
