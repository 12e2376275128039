"""What others wrote is made safe to read, code so that one sees what a compiler would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_client import term_safe
from hobnob_client.tui.prose.written import written
from tests.terminal.payloads import PAYLOADS


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a\ufffdb"),
        ("`a\u202eb` c\u202ed", "`a\u27e6U+202E\u27e7b` c\ufffdd"),
        ("```py\na\u2066b\n```\n\u2067", "```py\na\u27e6U+2066\u27e7b\n```\n\ufffd"),
        ("```\nnever closed \u202e", "```\nnever closed \u27e6U+202E\u27e7"),
        ("a\r\nb\x1b[2J", "a\nb\u241b[2J"),
    ],
)
def test_a_direction_mark_is_named_in_code(text: str, shown: str) -> None:
    """And shown to have been there everywhere else."""
    assert written(text) == shown


@given(
    st.text(st.sampled_from([*"ab`\n", "\u202e", "\u0301", "\x1b", "\u200d", "👩"]), max_size=60)
)
def test_nothing_is_left_that_could_mislead(text: str) -> None:
    """And what was made safe is made safe no further."""
    once = written(text)
    assert not any(char in once for char in "\u202e\x1b")
    assert written(once) == once


@pytest.mark.parametrize("name", PAYLOADS)
def test_no_trick_comes_through(name: str) -> None:
    """In code and beside it."""
    for form in ("{}", "`{}`", "```\n{}\n```"):
        shown = written(form.format(PAYLOADS[name]))
        assert term_safe.body(shown) == shown
