"""Colours of code: nothing is lost, and nothing takes too long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_client.tui.prose.blocks import Code
from hobnob_client.tui.prose.highlight import (
    HIGHLIGHTED_CHARS_MAX,
    LANGUAGES,
    LINE_CHARS_MAX,
    TOKENS_MAX,
    highlight,
    no_highlight,
)


def test_parts_of_a_program_have_styles() -> None:
    """Up to where each ends."""
    plain = "code-plain"
    assert highlight(Code("def f():  # why\n    return 'x'", "py")) == [
        [
            (3, "code-keyword"),
            (4, "code-plain"),
            (5, "code-name"),
            (10, "code-plain"),
            (15, "code-comment"),
        ],
        [(4, plain), (10, "code-keyword"), (11, plain), (14, "code-string")],
    ]


@pytest.mark.parametrize("name", sorted(set(LANGUAGES.values())))
def test_every_language_keeps_every_character(name: str) -> None:
    """Whatever a lexer makes of it."""
    text = "def f(x):\n\t# a 'b \"c\"\n<a href=1>&amp;</a>\n\n$ ls | grep -v '^x'\n+ 1\n- 2\n{}[]\\"
    lines = highlight(Code(text, name))
    for line, styled in zip(text.split("\n"), lines, strict=True):
        assert max((end for end, _ in styled), default=0) == len(line)


@given(st.text(max_size=80), st.sampled_from(sorted(LANGUAGES)))
def test_lines_end_where_they_end(text: str, language: str) -> None:
    """Also of nonsense."""
    for line, styled in zip(text.split("\n"), highlight(Code(text, language)), strict=True):
        ends = [end for end, _ in styled]
        assert ends == sorted(ends)
        assert max(ends, default=0) == len(line)


@pytest.mark.parametrize(
    "code",
    [
        Code("x = 1", "brainfuck"),
        Code("x = 1", ""),
        Code("x = 1\n" * HIGHLIGHTED_CHARS_MAX, "python"),
        Code("x" * (LINE_CHARS_MAX + 1), "python"),
        Code("1 " * 200 + "\n" + ("1 " * 200 + "\n") * (TOKENS_MAX // 400), "python"),
    ],
)
def test_what_is_unknown_or_too_much_has_one_colour(code: Code) -> None:
    """And is whole."""
    assert highlight(code) == no_highlight(code)
