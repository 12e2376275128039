"""The hotlist tells where something is unread, by urgency."""

from hobnob_client.tui.hotlist import HOT_MAX, hotlist
from hobnob_client.tui.listing import heading
from hobnob_client.tui.widgets.channel_list import Item
from hobnob_protocol.ids import StreamId


def item(label: str, unread: int, mentions: int = 0, muted: bool = False) -> Item:
    """A place."""
    return Item(label, label, StreamId(label.encode()), unread, mentions, muted)


ITEMS = (
    item("#open", 5),
    item("#rust", 7),
    item("#quiet", 9, muted=True),
    item("#read", 0),
    heading("Conversations"),
    item("@bob", 3, 3),
)


def test_what_addresses_me_comes_first_and_muted_places_not_at_all() -> None:
    """Nor where one is, nor where nothing is unread."""
    assert [each.words for each in hotlist(ITEMS, "#open")] == ["1 @bob @3", "2 #rust 7"]
    assert hotlist(ITEMS[2:5], "") == ()


def test_there_are_as_many_as_digits() -> None:
    """The most urgent ones; a long name is cut, a great number ends in +."""
    many = tuple(item(f"#c{nth}", 1) for nth in range(30))
    found = hotlist((*many, item("#a-very-long-name", 5_000, 1)), "")
    assert len(found) == HOT_MAX
    assert found[0].words == "1 #a-very-lon… @999+"
