"""What a typed line asks for."""

import pytest

from hobnob_client.linear.commands import BY_NAME, COMMANDS, QUIT, Asked, ends, read
from hobnob_client.linear.completing import offers
from hobnob_client.linear.doing import DOING
from hobnob_client.slash import Misspelt


def test_a_line_is_said_or_asks() -> None:
    """A slash begins a command, two say one."""
    assert read("hello /all") == "hello /all"
    assert read("//etc/hosts") == "/etc/hosts"
    assert read("/Reply 3  it was ") == Asked(BY_NAME["reply"], "3  it was")
    assert read("/who") == Asked(BY_NAME["who"], "")
    assert read("/ no command") == "/ no command"


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("/replay 3", "/reply"),
        ("/xyzzy", "/help"),
        ("/reply", "/reply number text"),
        (f"/{'x' * 1_000}", "…"),
    ],
)
def test_what_is_misspelt_says_what_would_be_right(line: str, part: str) -> None:
    """The nearest command, or how this one goes."""
    found = read(line)
    assert isinstance(found, Misspelt)
    assert part in found.why
    assert len(found.why) < 200


def test_each_command_does_something() -> None:
    """The table and what is done are of the same names."""
    assert {each.name for each in COMMANDS} == {*DOING, QUIT.name}
    assert ends("/quit")
    assert not ends("//quit")


def test_tab_offers_what_fits() -> None:
    """Commands at the beginning, places and people by their sign, emoji by their name."""
    names = ("#general", "#gardening", "@bob")
    assert offers("", "/re", names) == ("/reply ", "/react ", "/report ")
    assert offers("/to ", "#G", names) == ("#general ", "#gardening ")
    assert offers("/dm ", "@", names) == ("@bob ",)
    assert offers("/react 3 ", ":tada", names)[0] == ":tada: "
    assert offers("", "hello", names) == ()
    assert offers("see ", "/re", names) == ()
