"""What a slash at the start means."""

import pytest

from hobnob_client.linear import commands as linear
from hobnob_client.slash import Asked, Begun, begun, lacking, read, typed
from hobnob_client.tui.composing import commands as screen

SAID = ["", "hello", "/", "/ and so on", "/\n", " / who", "a /join b", "and/or"]
ASKED = [
    "/who",
    "/Join  #rust ",
    "/etc/hosts is wrong",
    "/thread Wheels\nHow?",
    "/a/",
    " /who",
    "\t /join #b",
]


@pytest.mark.parametrize("text", SAID)
def test_a_slash_without_a_name_is_said(text: str) -> None:
    """So is one behind a word."""
    assert read(text) == typed(text) == text


def test_a_name_at_once_behind_it_asks() -> None:
    """With the words behind it, over several lines too."""
    assert read("/Join  #rust ") == Asked("Join", "#rust")
    assert read("/who") == Asked("who", "")
    assert read("/thread Wheels\nHow?") == Asked("thread", "Wheels\nHow?")


@pytest.mark.parametrize("text", [*SAID, *ASKED, "//etc", "///", "  //etc"])
def test_whatever_is_said_can_be_typed(text: str) -> None:
    """Two slashes say one; only what would mean something else gets another."""
    assert read(typed(text)) == text
    blanks = text[: len(text) - len(text.lstrip())]
    assert typed(text) in (text, f"{blanks}/{text.lstrip()}")


@pytest.mark.parametrize("text", [*SAID, *ASKED, "//etc", "///"])
def test_screen_and_linear_mode_take_the_same_for_a_command(text: str) -> None:
    """Neither has a rule of its own."""
    said = read(text)
    for found in (screen.read(text), linear.read(text)):
        assert (found == said) if isinstance(said, str) else not isinstance(found, str)


def test_what_is_begun_is_a_name_and_then_its_words() -> None:
    """Up to the caret; after two slashes nothing is."""
    assert begun("/") == Begun("", None)
    assert begun("/Jo") == Begun("jo", None)
    assert begun("/join ") == Begun("join", 6)
    assert begun("/join  #ru") == Begun("join", 7)
    assert begun("  /join #ru") == Begun("join", 8, 2)
    assert begun("  /") == Begun("", None, 2)
    assert [begun(text) for text in ("", "//", "//jo", "/ jo", "see /jo")] == [None] * 5


def test_what_is_no_command_is_told_in_short() -> None:
    """With the one that is near, and how to say it as it is."""
    said = lacking("JION", ("join", "who"))
    assert said.startswith("There is no /JION. Do you mean /join?")
    assert "//" in said
    assert "/help" in lacking("xyzzy", ("join", "who"))
    long = lacking("j" * 5_000, ("j" * 4_999,))
    assert "…" in long
    assert len(long) < 200


def test_blanks_before_a_command_change_nothing() -> None:
    """Nobody sees them: it must not be told to everybody for their sake."""
    assert read("   /join #random") == Asked("join", "#random")
    assert isinstance(screen.read("   /join #random"), screen.Call)
    assert read("   //join") == "   /join"
