"""Blocks become lines that fit, whatever is in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from hobnob_client.tui.prose.highlight import highlight
from hobnob_client.tui.prose.laying import CODE_LINES_MAX, Laying
from hobnob_client.tui.prose.reading import read
from tests.terminal.payloads import PAYLOADS


def laid(text: str, room: int = 40, *, revealed: bool = False) -> list[str]:
    """The lines as text."""
    lines = Laying(read(text), revealed=revealed, highlight=highlight).lines(room)
    return ["".join(span.text for span in line).rstrip() for line in lines]


_PIECES = st.sampled_from(
    [
        *("a", "word ", "日本", "👩‍👩‍👧", "e\u0301", "שלום", "&lt;", "<", "\\"),
        *("\n", "\n\n", "- ", "1. ", "[ ] ", "> ", "# ", "    ", "---\n", "```", "```py\n"),
        *("`", "*", "**", "~~", "||", "|", "|-|-|\n"),
        *("[x](https://a.example/)", "https://b.example/c"),
    ]
)


@given(st.lists(_PIECES, max_size=60).map("".join), st.integers(10, 90), st.booleans())
def test_no_line_is_wider_than_there_is_room(text: str, room: int, revealed: bool) -> None:
    """However blocks stand within each other."""
    for line in Laying(read(text), revealed=revealed, highlight=highlight).lines(room):
        assert sum(cell_len(span.text) for span in line) <= room
        assert all("\n" not in span.text for span in line)


@pytest.mark.parametrize("name", PAYLOADS)
@pytest.mark.parametrize("room", [10, 33])
def test_no_trick_makes_a_line_too_wide(name: str, room: int) -> None:
    """In code and in tables too."""
    for form in ("{}", "```sh\n{}\n```", "- {}", "|a|b|\n|-|-|\n|{}|x|"):
        for line in Laying(read(form.format(PAYLOADS[name])), highlight=highlight).lines(room):
            assert sum(cell_len(span.text) for span in line) <= room


def test_quotes_and_items_hang_behind_their_marks() -> None:
    """So that one sees where each begins."""
    assert laid(
        "> a quote that is longer than the line\n\n- an item\n- another\n  - within", 24
    ) == [
        "▎ a quote that is longer",
        "▎ than the line",
        "• an item",
        "• another",
        "  • within",
    ]


def test_lines_are_no_longer_than_an_eye_follows() -> None:
    """On the widest screen; code may be wider."""
    found = laid("word " * 60 + "\n```\n" + "x" * 180 + "\n```", 200)
    assert max(len(line) for line in found[:-1]) <= 110
    assert len(found[-1]) == 182


def test_numbers_of_a_list_stand_in_a_column() -> None:
    """As wide as the last of them."""
    assert laid("9. a\n10. b") == ["9.  a", "10. b"]


def test_code_is_not_broken_and_says_where_it_is_cut() -> None:
    """A mark at the edge; and where there are too many lines, how many more."""
    assert laid("```py\nshort\n" + "x" * 50 + "\n```", 20) == [
        "│ py",
        "│ short",
        "│ " + "x" * 17 + "»",
    ]
    found = laid("```\n" + "a\n" * (CODE_LINES_MAX + 3) + "```")
    assert len(found) == CODE_LINES_MAX + 1
    assert found[-1] == "│ … 3 more lines"


def test_a_table_keeps_its_columns() -> None:
    """The widest give way first, and what is broken stays in its column."""
    text = "|id|what it is about|n|\n|-|-|-:|\n|a|one two three|10|\n|b|x|2|"
    assert laid(text) == [
        "id │ what it is about │  n",
        "───┼──────────────────┼───",
        "a  │ one two three    │ 10",
        "b  │ x                │  2",
    ]
    assert laid(text, 26)[2:4] == ["a  │ one two three    │ 10", "b  │ x                │  2"]
    assert laid(text, 24)[0:2] == ["id │ what it is     │  n", "   │ about          │"]


def test_a_table_without_room_is_told_cell_by_cell() -> None:
    """On a narrow screen, or with many columns."""
    assert laid("|name|value|third|\n|-|-|-|\n|alpha beta|gamma delta|epsilon zeta|", 20) == [
        "name: alpha beta",
        "value: gamma delta",
        "third: epsilon zeta",
    ]


def test_a_table_tears_no_words_and_builds_no_towers() -> None:
    """Then it is told cell by cell, too."""
    words = "|engine|remark|\n|-|-|\n|postgresql|replication|"
    assert laid(words, 24)[2] == "postgresql │ replication"
    assert laid(words, 23) == ["engine: postgresql", "remark: replication"]
    tall = "|engine|remark|\n|-|-|\n|sqlite|" + "one word " * 9 + "|"
    assert laid(tall, 40)[2].startswith("sqlite │ one word")
    assert laid(tall, 21)[0] == "engine: sqlite"


def test_a_spoiler_is_a_veil_until_it_is_asked_for() -> None:
    """As wide as what it hides, so that nothing moves."""
    assert laid("it was ||the 日本 butler|| of course") == ["it was ▒▒▒ ▒▒▒▒ ▒▒▒▒▒▒ of course"]
    assert laid("it was ||the 日本 butler|| of course", revealed=True) == [
        "it was the 日本 butler of course"
    ]
    assert laid("```spoiler\nthe end\n```", 30) == ["│ " + "▒" * 24]
    assert laid("```spoiler\nthe end\n```", revealed=True) == ["│ the end"]


def test_a_veil_over_nothing_ends_no_line() -> None:
    """As over an accent alone."""
    assert laid("a ||\u0301|| b *c* d") == ["a  b c d"]


def test_paragraphs_and_headings_stand_apart_and_nothing_else() -> None:
    """Bars and marks show by themselves where something begins."""
    assert laid("a\n\nb\n# c\nd\n- e\n\nf") == ["a", "", "b", "", "c", "d", "• e", "f"]


def test_a_link_leads_where_its_text_stands() -> None:
    """Every piece of it, also where it is broken; a mail address leads nowhere by a click."""
    text = "[a long name of a link](https://a.example/) and <mail@b.example>"
    spans = [span for line in Laying(read(text)).lines(12) for span in line]
    assert [(span.text, span.link) for span in spans if span.link] == [
        ("a long name", "https://a.example/"),
        ("of a link", "https://a.example/"),
    ]
