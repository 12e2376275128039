"""`s/old/new/` as sed has taught it."""

import asyncio

import pytest

from hobnob_client import pattern_process
from hobnob_client.pattern_process import Asked, NoPatternError, TooLongError
from hobnob_client.tui.composing.substituting import Substitution, plainly, read, template


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("s/teh/the/", Substitution("teh", "the")),
        ("s/teh/the", Substitution("teh", "the")),
        ("s/teh//", Substitution("teh", "")),
        ("s/a/b/gi", Substitution("a", "b", everywhere=True, any_case=True)),
        (r"s/a\/b/c\/d/", Substitution("a/b", "c/d")),
    ],
)
def test_a_substitution_is_read(text: str, found: Substitution) -> None:
    """With its flags, and slashes behind a backslash."""
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    ["s//x/", "s/a", "is/was/", " s/a/b/", "s/a/b/x", "s/a/b/ and more", "s/" + "a" * 300 + "/b/"],
)
def test_what_is_no_substitution_is_said(text: str) -> None:
    """A blank before it says it as it is."""
    assert read(text) is None


def test_plain_letters_mean_themselves() -> None:
    """The first, or all of them; no regular expression runs."""
    assert plainly(Substitution("a", "b"), "aa") == "ba"
    assert plainly(Substitution("a", "b", everywhere=True), "aa") == "bb"
    assert Substitution("teh", "the").is_plain
    assert not Substitution("t.h", "the").is_plain
    assert not Substitution("teh", "&!").is_plain


def _made(old: str, new: str, text: str) -> str:
    asked = Asked(text, old, template(new), everywhere=True, any_case=False)
    return asyncio.run(pattern_process.replaced(asked))


def test_groups_and_the_whole_come_back() -> None:
    """As sed writes them; any other backslash is a letter's."""
    assert (
        _made(r"(\w+) (\w+)", r"\2 \1 (&) \& \\", "hello world")
        == r"world hello (hello world) & \\"[:-1]
    )


def test_what_is_no_pattern_says_why() -> None:
    """Also a group that it has not."""
    with pytest.raises(NoPatternError, match="unterminated"):
        _made("(", "x", "x")
    with pytest.raises(NoPatternError):
        _made("x", r"\7", "x")


def test_a_pattern_without_end_is_ended() -> None:
    """By the kernel, and nothing here waits for it for ever."""
    with pytest.raises(TooLongError):
        _made("(a+)+$", "x", "a" * 60 + "b")
