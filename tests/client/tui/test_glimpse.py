"""What an entry leads to is told beside it: the place, and what was said there up to the entry."""

from rich.cells import cell_len

from hobnob.testing import Community
from hobnob_client.tui.glimpse import (
    ABOUT_LINES_MAX,
    MESSAGE_LINES_MAX,
    Glimpse,
    Glimpsed,
    of_entry,
)

FULL = Glimpse(
    "#漢字-and-other-long-names",
    "All about oxidised iron. " * 20,
    tuple(
        Glimpsed("漢字の長い名前の人", "12 Mar", f"text {nth} " * 60, meant=nth == 3)
        for nth in range(4)
    ),
)


def test_every_line_fits_its_column() -> None:
    """At every width, whatever names and texts there are."""
    for width in range(8, 60):
        assert all(cell_len(text) <= width for text, _ in FULL.laid(width, 40))


def test_the_last_messages_are_shown_that_fit_whole() -> None:
    """However little room there is, the one that is meant; what is long is cut and says so."""
    each = 1 + 1 + MESSAGE_LINES_MAX
    head = 1 + ABOUT_LINES_MAX
    for count in (1, 2, 4):
        lines = FULL.laid(40, head + count * each + 1)
        assert len(lines) == head + count * each
        assert lines[-1][0].endswith("…")
    few = [text for text, _ in FULL.laid(40, 3)]
    assert [text for text in few if text.startswith("▸ ")]
    assert any(text.startswith("text 3") for text in few)


def test_it_ends_with_what_the_entry_is_about() -> None:
    """Of a place with what was said there last; a message is marked, and its secrets are veiled."""
    with Community() as community:
        ada = community.user("ada")
        stream = ada.stream("general")
        ada.say("one")
        two = ada.say("`two` and ||a secret||")
        ada.say("three")
        community.wait(1)
        reader = ada.seat.reader
        last = of_entry(reader, stream, None, lambda _: "now")
        assert [each.text for each in last.said][-1] == "three"
        assert not any(each.meant for each in last.said)
        at_two = of_entry(reader, stream, two, lambda _: "now").said
        assert [each.meant for each in at_two] == [False, True]
        assert at_two[-1].text.startswith("`two` and")
        assert "secret" not in at_two[-1].text
