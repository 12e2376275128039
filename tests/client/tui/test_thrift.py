"""What is sent makes a terminal that shows one frame show the next, and is little."""

import random
from collections.abc import Sequence

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from hobnob_client.tui.cell_lines import CELLS_MAX, Frame, line_of, linked, patched
from hobnob_client.tui.thrift import changes
from tests.terminal.emulator import Grid
from tests.terminal.painted import Painted

COLUMNS, LINES = 40, 12
ORDINARY, BOLD, GROUND = Style(), Style(bold=True, color="blue"), Style(bgcolor="red")
_PREFIXES = {ORDINARY: "\x1b[39;49m", BOLD: "\x1b[1;34m", GROUND: "\x1b[41m"}


def frame(rows: list[str], style: Style = ORDINARY) -> Frame:
    """Lines of one style, each as wide as the terminal."""
    padded = [row + " " * (COLUMNS - Segment(row).cell_length) for row in rows]
    strips = [Strip([Segment(row, style)]) for row in padded]
    return [line_of(strip, _PREFIXES.__getitem__) for strip in strips]


def shown(rows: list[str]) -> Grid:
    """A terminal that shows them."""
    grid = Grid(COLUMNS, LINES)
    for nth, row in enumerate(rows):
        grid.feed(f"\x1b[{nth + 1};1H{row}")
    return grid


def rows_of(random_: random.Random, alphabet: str) -> list[str]:
    """What a screen may show."""
    return [
        "".join(random_.choice(alphabet) for _ in range(random_.choice((0, 3, 20))))
        for _ in range(LINES)
    ]


@pytest.mark.parametrize("seed", range(60))
def test_whatever_changes_is_shown(seed: int) -> None:
    """Lines that differ, come, go or move; also those whose signs have two cells."""
    random_ = random.Random(seed)
    alphabet = ("ab 漢", "ab c", "a 漢\u0301")[seed % 3]
    before = rows_of(random_, alphabet)
    after = list(before)
    for _ in range(random_.randrange(4)):
        after[random_.randrange(LINES)] = rows_of(random_, alphabet)[0]
    top, lines = random_.randrange(4), random_.randrange(4)
    kept = after[top + lines :] if seed % 2 else after[top:]
    after = [*after[:top], *kept, *rows_of(random_, alphabet)][:LINES]
    grid = shown(before)
    grid.feed(changes(frame(before), frame(after)))
    assert grid.text == shown(after).text


STYLES = (
    "",
    "\x1b[39;49m",
    "\x1b[1m",
    "\x1b[2;39;49m",
    "\x1b[1;2;3;34m",
    "\x1b[1;38;2;1;2;3;48;2;4;5;6m",
    "\x1b[2;38;2;4;5;6;48;2;4;5;6m",
    "\x1b[38;2;4;5;6;48;2;4;5;6m",
    "\x1b[38;5;4m",
    "\x1b[4;91;101m",
    "\x1b[7;31m",
    "\x1b[9m",
    linked("https://example.org/wheels") + "\x1b[1;4m",
    linked("https://example.org/"),
)
Row = Sequence[tuple[str, str]]
"""Texts and what is sent before each."""


def coloured(random_: random.Random, alphabet: str) -> Row:
    """A line of a screen, of any styles."""
    left, row = COLUMNS, list[tuple[str, str]]()
    while left:
        text = "".join(random_.choice(alphabet) for _ in range(random_.choice((1, 3, 20))))
        while Segment(text).cell_length > left:
            text = text[:-1] or " "
        left -= Segment(text).cell_length
        row.append((text, random_.choice(STYLES)))
    return row


def next_rows(random_: random.Random, rows: list[Row], alphabet: str) -> list[Row]:
    """What comes after a picture: lines have moved up, letters, styles and lines are others."""
    top, up = random_.randrange(4), random_.choice((0, 0, 1, 1, 2, 5))
    rows = [*rows[:top], *rows[top + up :]]
    rows += [coloured(random_, alphabet) for _ in range(LINES - len(rows))]
    for nth in range(LINES):
        fate = random_.random()
        if fate < 0.1:
            rows[nth] = coloured(random_, alphabet)
        elif fate < 0.3:
            rows[nth] = [(text, random_.choice((style, *STYLES))) for text, style in rows[nth]]
        elif fate < 0.5:
            turned = [(random_.choice((text, text[::-1])), style) for text, style in rows[nth]]
            rows[nth] = turned
    return rows


def painted(rows: list[Row]) -> Painted:
    """A terminal that shows them, each written by itself."""
    grid = Painted(COLUMNS, LINES)
    for nth, row in enumerate(rows):
        written = (f"{style}{text}\x1b[0m\x1b]8;;\x1b\\" for text, style in row)
        grid.feed(f"\x1b[{nth + 1};1H{''.join(written)}")
    return grid


@pytest.mark.parametrize("seed", range(45))
def test_whatever_changes_is_shown_in_its_colours(seed: int) -> None:
    """One picture behind the other, each as if it were written by itself."""
    random_ = random.Random(seed)
    alphabet = ("ab  ", "ab ─ ·", "a  漢é")[seed % 3]
    styles = {text: Style(meta={"before": text}) for text in STYLES}
    before = {style: text for text, style in styles.items()}

    def frame_of(rows: list[Row]) -> Frame:
        strips = [[Segment(text, styles[style]) for text, style in row] for row in rows]
        return [line_of(strip, before.__getitem__) for strip in strips]

    rows = [coloured(random_, alphabet) for _ in range(LINES)]
    grid = painted(rows)
    for _ in range(5):
        after = next_rows(random_, rows, alphabet)
        grid.feed(changes(frame_of(rows), frame_of(after)))
        assert grid.picture == painted(after).picture
        rows = after


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("plain ─ ●", False),
        ("größer", False),
        ("漢", True),
        ("e\u0301", True),
        ("漢e\u0301", True),
        ("👍🏽", True),
        ("🇩🇪", True),
        ("❤\ufe0f", True),
        ("a\u200db", True),
        ("नि", True),
    ],
)
def test_a_line_is_written_whole_where_a_letter_is_not_one_cell_by_itself(
    text: str, whole: bool
) -> None:
    """Also where the widths of all make up for each other."""
    strip = Strip([Segment(f"before {text} behind", ORDINARY)])
    assert line_of(strip, _PREFIXES.__getitem__).whole is whole


def test_more_letters_than_are_kept_are_shown_as_they_are() -> None:
    """Whatever is forgotten meanwhile."""
    letters = [chr(0x4DC0 + nth) for nth in range(2 * CELLS_MAX)]
    strip = Strip([Segment("".join(letters), BOLD)])
    assert [cell[0] for cell in line_of(strip, _PREFIXES.__getitem__).cells] == letters


def test_nothing_costs_nothing() -> None:
    """A frame like the one before."""
    assert changes(frame(["same"] * LINES), frame(["same"] * LINES)) == ""


def test_lines_that_move_up_are_not_sent_again() -> None:
    """A new one at the end costs what it says, and a little."""
    talk = [f"line {nth} says something else" for nth in range(LINES + 1)]
    before, after = talk[:LINES], talk[1:]
    sent = changes(frame(before), frame(after))
    assert len(sent) < len(talk[-1]) + 40
    grid = shown(before)
    grid.feed(sent)
    assert grid.text == shown(after).text


def test_what_stands_beside_moving_lines_stays() -> None:
    """The list at the left is put back."""
    channels = ["#one", "#two", *[""] * (LINES - 2)]
    talk = [f"words number {nth}" for nth in range(LINES + 1)]
    both = [
        [f"{left:10}|{right}" for left, right in zip(channels, talk[at:], strict=False)]
        for at in (0, 1)
    ]
    grid = shown(both[0])
    grid.feed(changes(frame(both[0]), frame(both[1])))
    assert grid.text == shown(both[1]).text


def test_a_change_of_style_alone_is_sent() -> None:
    """The words are the same; an empty cell has none but its ground."""
    before, after = frame(["word"] * LINES), frame(["word"] * LINES, BOLD)
    assert "\x1b[1;34mword" in changes(before, after)
    assert changes(frame([""] * LINES), frame([""] * LINES, BOLD)) == ""
    assert "\x1b[41m" in changes(frame([""] * LINES), frame([""] * LINES, GROUND))


def test_a_link_ends_where_it_ends_and_is_the_same_in_each_frame() -> None:
    """What is written behind it leads nowhere."""
    address = "https://example.org/wheels"
    link = Style(underline=True)
    prefixes = {**_PREFIXES, link: linked(address) + "\x1b[4m"}

    def drawn(text: str) -> Frame:
        segments = [Segment("see ", ORDINARY), Segment(text, link), Segment(" now", BOLD)]
        return [line_of(segments, prefixes.__getitem__)]

    sent = changes(drawn("nothing"), drawn("wheels!"))
    opened, closed = linked(address), "\x1b]8;;\x1b\\"
    assert sent.count(opened) == sent.count(closed) == 1
    assert sent.index("wheels!") < sent.index(closed)
    assert linked(address) == linked(address) != linked(address + "2")
    assert changes(drawn("wheels!"), drawn("wheels!")) == ""


def test_a_part_of_a_line_is_drawn_into_it_where_cells_are_places() -> None:
    """Not where a sign has two cells: such a line is drawn whole."""
    (line,) = frame(["to be or not"])
    (part,) = [line_of([Segment("is", ORDINARY)], _PREFIXES.__getitem__)]
    drawn = patched(line, 3, part)
    assert drawn is not None
    assert "".join(letter for letter, _ in drawn.cells).startswith("to is or not")
    assert patched(drawn, 3, part) is drawn
    (wide,) = frame(["漢字"])
    assert patched(wide, 0, part) is None
    assert patched(line, 0, wide) is None


def test_lines_are_moved_by_the_terminal_only_where_most_of_them_moved() -> None:
    """Another screen is written, not searched for what it might share with the one before."""
    before = [f"{nth} of one screen, quite long" for nth in range(LINES)]
    after = [f"{nth * 7} of another, that says more" for nth in range(LINES)]
    assert ";12r" not in changes(frame(before), frame(after))
