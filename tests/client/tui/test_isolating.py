"""Right-to-left text keeps to its column, in terminals that reorder a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from hobnob_client import term_safe
from hobnob_client.tui.isolating import END, ISOLATE, Isolation, isolated, may_reorder

HEBREW, ARABIC = "שלום", "مرحبا"
PARTS = st.text(
    st.sampled_from([*"ab1 .", " ", " ", "│", *HEBREW, *ARABIC, "日", "👩"]), max_size=12
)


def shown(*texts: str) -> str:
    """A line with the signs where one can read them."""
    return "|".join(isolated(texts)).replace(ISOLATE, "<").replace(END, ">")


def test_each_cell_of_a_line_is_isolated_by_itself() -> None:
    """A name and a text beside it do not become one run; gaps stay outside."""
    assert shown(f"  {HEBREW}    {ARABIC}  12:30") == f"  <{HEBREW}>    <{ARABIC}>  12:30"
    assert shown(f"▌{HEBREW}   3 ", "│", f" {ARABIC}") == f"▌<{HEBREW}>   3 |│| <{ARABIC}>"


def test_a_sentence_of_several_styles_is_one_cell() -> None:
    """Else its words would change places; Latin words in it go along."""
    assert shown("  ", f"{HEBREW} ", "rust", f" {ARABIC}.") == f"  |<{HEBREW} |rust| {ARABIC}.>"
    assert shown(f"see {HEBREW}, {ARABIC}") == f"<see {HEBREW}, {ARABIC}>"


def test_other_lines_are_not_touched() -> None:
    """Nobody else gets a byte more."""
    line = [Segment("  日本語 👩 hello "), Segment("12:30")]
    assert Isolation().apply(line, Color.parse("black")) is line


@given(st.lists(PARTS, max_size=6))
def test_every_sign_ends_and_takes_no_room(texts: list[str]) -> None:
    """One at a time, whatever stands where; without them the line is as it was."""
    found = isolated(texts)
    whole = "".join(found)
    depth = 0
    for char in whole:
        depth += (char == ISOLATE) - (char == END)
        assert depth in (0, 1)
    assert depth == 0
    assert [each.replace(ISOLATE, "").replace(END, "") for each in found] == list(texts)
    assert cell_len(whole) == cell_len("".join(texts))


def test_signs_of_others_never_get_there() -> None:
    """What somebody writes can begin no order of its own, and end none of ours."""
    for sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c":
        assert sign not in term_safe.line(f"a{sign}{HEBREW}")
        assert sign not in term_safe.body(f"a{sign}{HEBREW}")


@pytest.mark.parametrize(
    ("environ", "reorders"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, True),
        ({"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}, False),
        ({"TERM": "xterm-256color", "XTERM_VERSION": "XTerm(390)"}, False),
        ({"TERM": "linux"}, False),
        ({}, False),
    ],
)
def test_only_terminals_that_may_reorder_get_signs(environ: dict[str, str], reorders: bool) -> None:
    """Those that are known to leave the order alone, and those that would draw them, get none."""
    assert may_reorder(environ) is reorders
