"""Expressions find what Python's own would, and no text makes them slow."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_client.attention import pattern
from hobnob_client.attention.pattern import Pattern, PatternError

TEXTS = (
    "", "a", "b", "ab", "aab", "abab", "the deploy of v1.20 failed", "v1", "V12.3", "redeploy",
    "a\nb", "x_y", "grün", "GRÜN", "a-b", "[x]", "a]b", "1234", "ERROR: disk full", "no errors",
)  # fmt: skip
EXPRESSIONS = (
    "a", "^a", "b$", "a|b", "a*b", "(ab)+", "a?b", "^(ab)*$", r"\bdeploy\b", r"v\d+(\.\d+)*",
    "[a-c]+", "[^a-z]", r"\d{3}", r"\d{2,3}$", r"^\w+$", "x|", "(a|b)*c?$", r"gr(ü|ue)n", "^$",
    "a.b", r"a\.b", r"\[x\]", "[]]", r"[\d-]+", r"error|warn(ing)?", r"\S+_\S+",
    "(a{0,2}b){2}", "a{2,}", r"[\w.]+:\s", "(((a)))", "(|a)b", "^.$",
)  # fmt: skip


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_it_finds_what_others_find(expression: str) -> None:
    """In each of the texts."""
    theirs = re.compile(expression, re.IGNORECASE | re.MULTILINE)
    for text in TEXTS:
        assert Pattern(expression).found_in(text) == bool(theirs.search(text)), (expression, text)


@given(st.text("ab|*+?().", max_size=12), st.text("abc", max_size=12))
def test_whatever_it_takes_it_reads_as_others_do(expression: str, text: str) -> None:
    """What it refuses is told in words: see below."""
    try:
        ours = Pattern(expression)
    except PatternError:
        return
    try:
        theirs = re.compile(expression)
    except re.error:
        # Two signs of repetition in a row are none to them.
        return
    if re.search(r"[*+?][*+?]", expression):
        return
    assert ours.found_in(text) == bool(theirs.search(text))


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("(a", "not closed"),
        ("a)", "closes nothing"),
        ("[a", "not closed"),
        ("*a", "before the *"),
        ("a{2", "not closed"),
        ("a{x}", "numbers"),
        ("a{3,2}", "lower first"),
        ("a{99}", "at most"),
        ("[z-a]", "backwards"),
        ("(?=a)", "not known"),
        ("\\", "behind the last"),
        ("(" * 20 + "a" + ")" * 20, "brackets"),
        ("((a{30}){30}){30}", "too long"),
        ("a" * 500, "too long"),
    ],
)
def test_what_is_no_expression_is_told_why(expression: str, said: str) -> None:
    """In words that name what to change."""
    with pytest.raises(PatternError, match=re.escape(said)):
        Pattern(expression)


@pytest.mark.parametrize("expression", ["(a+)+$", "(a|a)*b", "(a*)*c", r"(\w*)*\d", "(.*)*x"])
def test_no_text_makes_it_slow(expression: str) -> None:
    """Where others need years, the moves that are looked for are few."""
    found = Pattern(expression)
    assert not found.found_in("a" * 5_000 + "!")
    assert not found.found_in("ß" * 5_000 + "!")
    assert found.remembered <= 20


def test_what_it_remembers_is_bounded() -> None:
    """Texts of ever other letters take no more memory."""
    found = Pattern("[a-z]+9")
    for start in range(0x4E00, 0x4E00 + 3 * pattern.TABLE_MAX, 500):
        assert not found.found_in("".join(map(chr, range(start, start + 500))))
    assert found.remembered <= pattern.TABLE_MAX


@pytest.mark.parametrize(
    ("expression", "text", "found"),
    [
        ("straße", "STRASSE", True),
        ("straße", "Straße", True),
        ("STRAẞE", "straße", True),
        ("strasse", "Straße", True),
        ("stra(ß|x)e", "STRASSE", True),
        ("stra[ßx]e", "STRASSE", True),
        ("stra[ßx]e", "Straße", True),
        ("stra[xß-ü]e", "Straße", True),
        (r"stra\ße", "strasse", True),
        (r"\bgroß\b", "GROSS genug", True),
        (r"\bgroß\b", "großartig", False),
        ("ß{2}", "ßSS", True),
        ("^stra.e$", "Straße", True),
        ("^[a-z]+$", "Straße", True),
        ("^[^ß]+$", "Straße", False),
        ("^[^\u00d7-ü]+$", "Straße", False),
        ("^[^ß]+$", "Strasse", True),
        ("ﬁn", "FINE", True),
        ("fin", "ﬁne", True),
        ("[ß]", "s", False),
    ],
)
def test_a_letter_that_is_written_out_is_the_same(expression: str, text: str, found: bool) -> None:
    """`ß` and `SS`, in an expression and in a text, as for plain keywords."""
    assert Pattern(expression).found_in(text) is found


@given(st.text("sSßẞﬁfi ", max_size=6), st.text("sSßẞﬁfi ", max_size=8))
def test_letters_alone_are_found_as_plain_text_is(letters: str, text: str) -> None:
    """Folded, one is in the other."""
    if letters.casefold() in text.casefold() and letters:
        assert Pattern(letters).found_in(text)
    else:
        assert not letters or not Pattern(letters).found_in(text)
