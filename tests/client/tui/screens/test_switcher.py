"""A few letters find a place, an @ finds anybody."""

from hobnob_client.tui.listing import heading
from hobnob_client.tui.screens.switcher import SHOWN_MAX, matching
from hobnob_client.tui.widgets.channel_list import Item
from hobnob_protocol.ids import AccountId, StreamId

BOB = Item("d1", "@bob", StreamId(b"d:" + bytes(16)), unread=1, mentions=1)
RUST = Item("c1", "#rust", StreamId(b"c:" + bytes(16)))
HELP = Item("c2", "#help", StreamId(b"c:" + bytes(15) + b"1"), unread=3)
PLACES = (RUST, HELP, heading("Conversations"), BOB)


def member(handle: str) -> Item:
    """Somebody one has not talked with."""
    return Item(handle, f"@{handle}", account=AccountId(handle.encode().ljust(20)))


PEOPLE = (member("abo"), member("bob"), member("bonnie"), member("carol"))


def labels(letters: str) -> list[str]:
    """What is offered."""
    return [item.label for item in matching(PLACES, letters, PEOPLE)]


def test_without_letters_what_addresses_me_comes_first() -> None:
    """Then what is unread; a heading is no place."""
    assert labels("") == ["@bob", "#help", "#rust"]


def test_letters_find_channels_and_conversations() -> None:
    """By name."""
    assert labels("rus") == ["#rust"]
    assert labels("bo") == ["@bob"]
    assert labels("zz") == []


def test_what_begins_so_comes_first_and_what_is_unread_before_the_rest() -> None:
    """A name that is typed is not passed by for one that has more unread."""
    places = (
        Item("1", "#rust-help", unread=9),
        Item("2", "#rust"),
        Item("3", "#crust", unread=3),
        Item("4", "#trust"),
        Item("5", "#rusty", unread=2, muted=True),
    )
    found = [item.label for item in matching(places, "rust")]
    assert found == ["#rust-help", "#rust", "#rusty", "#crust", "#trust"]


def test_an_at_sign_finds_everybody() -> None:
    """With whom one talks already first and once, then whose handle begins so."""
    assert labels("@") == ["@bob", "@abo", "@bonnie", "@carol"]
    assert labels("@BO") == ["@bob", "@bonnie", "@abo"]
    assert labels("@zz") == []
    talk, *_ = matching(PLACES, "@bob", PEOPLE)
    assert talk is BOB


def test_no_more_are_offered_than_one_looks_at() -> None:
    """However many there are."""
    many = [member(f"m{nth}") for nth in range(500)]
    assert len(matching((), "@m", many)) == SHOWN_MAX
