"""What a line with a slash asks for."""

import pytest

from hobnob_client.slash import Misspelt, by_name
from hobnob_client.tui.composing.commands import (
    ANYWHERE,
    BY_NAME,
    COMMANDS,
    Call,
    anywhere,
    is_bare,
    read,
)
from hobnob_client.tui.screens.keys import lines


def test_a_command_takes_the_words_behind_it() -> None:
    """Over several lines too, and in whatever case."""
    assert read("/join #rust") == Call(BY_NAME["join"], "#rust")
    assert read("/MUTE") == Call(BY_NAME["mute"], "")
    assert read("/thread Wheels\nHow?") == Call(BY_NAME["thread"], "Wheels\nHow?")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("/msg @bob hi", "dm"), ("/query bob", "dm"), ("/part", "leave"), ("/exit", "quit")],
)
def test_who_comes_from_elsewhere_is_understood(typed: str, meant: str) -> None:
    """By what a command is called there; the page of keys has it by one name."""
    found = read(typed)
    assert isinstance(found, Call)
    assert found.command is BY_NAME[meant]
    assert not [usage for usage, _ in lines() if usage.startswith(typed.split()[0])]


def test_each_name_is_of_one_command() -> None:
    """Also among what others call them."""
    names = [name for command in COMMANDS for name in (command.name, *command.also)]
    assert sorted(names) == sorted(BY_NAME)
    with pytest.raises(ValueError, match="two commands are called who"):
        by_name((BY_NAME["who"], BY_NAME["who"]))


@pytest.mark.parametrize("text", ["hello", "a /join b", "/", "/ and so on"])
def test_what_is_no_command_is_said(text: str) -> None:
    """As it is."""
    assert read(text) == text


def test_two_slashes_say_one() -> None:
    """So a path can be said."""
    assert read("//etc/hosts") == "/etc/hosts"


def test_an_unknown_command_is_explained_and_never_said() -> None:
    """With what may be meant."""
    found = read("/jion #rust")
    assert isinstance(found, Misspelt)
    assert "There is no /jion. Do you mean /join?" in found.why
    assert "//" in found.why
    assert isinstance(read("/etc/hosts is wrong"), Misspelt)
    long = read("/" + "x" * 5_000)
    assert isinstance(long, Misspelt)
    assert len(long.why) < 200


def test_a_command_that_lacks_its_words_says_which() -> None:
    """What may be left out is in brackets."""
    found = read("/dm")
    assert isinstance(found, Misspelt)
    assert found.why.startswith("/dm @handle [text]")
    assert isinstance(read("/poll"), Call)


def test_each_command_is_on_the_page_of_keys() -> None:
    """With its sentence."""
    page = lines()
    for command in COMMANDS:
        assert (command.usage, command.help) in page
        assert command.help.endswith(".")


def test_a_command_without_words_of_ones_own_is_nothing_to_keep() -> None:
    """What was meant for one neither; what somebody would miss is."""
    assert all(map(is_bare, ("/foo", "/join #nowhere", "/who", "/thread")))
    assert not any(map(is_bare, ("hello", "/dm bob hello", "/thread Wheels", "/foo and bar")))


def test_what_is_done_anywhere_is_known_without_its_slash() -> None:
    """Where a slash is a key; what acts upon a place, or lacks its words, is no command there."""
    assert anywhere("join #rust ") == "/join #rust"
    assert anywhere("quit") == "/quit"
    assert anywhere("msg bob hi") == "/msg bob hi"
    assert [anywhere(words) for words in ("", "join", "leave", "me waves", "vacuum", "/quit")] == (
        [""] * 6
    )
    assert BY_NAME.keys() >= ANYWHERE
