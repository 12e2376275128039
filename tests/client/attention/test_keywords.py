"""Keywords are whole words, or expressions between slashes."""

import pytest

from hobnob_client.attention.keywords import (
    KEYWORD_TEXT_MAX,
    TEXT_MAX,
    Keyword,
    KeywordError,
    first_in,
    keyword,
)


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("deploy", "the Deploy failed", True),
        ("deploy", "redeployed", False),
        ("deploy", "deploy_all", False),
        ("data  base", "a data\nbase", True),
        ("c++", "I like c++.", True),
        ("c++", "c+", False),
        ("a.b", "axb", False),
        ("straße", "STRASSE", True),
        ("/straße/", "STRASSE", True),
        ("/strasse/", "Straße", True),
        ("/v[0-9]+/", "since V12", True),
        ("/^ops:/", "ops: disk full", True),
        ("/^ops:/", "the ops: no", False),
        ("/", "no", False),
    ],
)
def test_a_keyword_is_found_where_it_is_meant(typed: str, text: str, found: bool) -> None:
    """Regardless of case, and of how many spaces stand between its words."""
    if typed == "/":
        with pytest.raises(KeywordError):
            keyword(typed)
        return
    assert (first_in(text, (keyword(typed),)) is not None) is found


def test_the_first_that_is_found_is_told() -> None:
    """By what was typed."""
    words = keyword("nothing"), keyword("/d.sk/"), keyword("disk")
    assert first_in("disk full", words) == Keyword("/d.sk/")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "letter"),
        ("...", "letter"),
        ("x" * (KEYWORD_TEXT_MAX + 1), "at most"),
        ("/(a/", "not closed"),
        ("/a*/", "every message"),
        ("/x|/", "every message"),
    ],
)
def test_what_is_no_keyword_is_told_why(typed: str, said: str) -> None:
    """Before it is kept."""
    with pytest.raises(KeywordError, match=said):
        keyword(typed)


def test_what_a_later_version_has_kept_harms_nothing() -> None:
    """An expression that is none here is passed by."""
    assert first_in("a b", (Keyword("/(?<=a)b/"), Keyword("b"))) == Keyword("b")


def test_of_a_long_text_its_beginning_counts() -> None:
    """So that no text costs more."""
    assert first_in("x " * TEXT_MAX + "deploy", (keyword("deploy"),)) is None
