"""What stands beside a place is cut to its column; where it is empty it says what to do."""

from rich.cells import cell_len

from hobnob.testing import Community
from hobnob_client.tui.aside import PURPOSE_LINES_MAX, Aside, ThreadLine, lines, of_place
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.threads import ThreadResolve, ThreadTitle

FULL = Aside(
    "All about oxidised iron. " * 20,
    (("alice", "owner"), ("漢字の長い名前の人", "moderator · verified"), ("bob", "you")),
    240,
    (
        ThreadLine("lifetimes in async traits, and how to live with them", 12, False),
        ThreadLine("solved", 3, True),
    ),
)


def test_every_line_fits_its_column() -> None:
    """At every width, whatever names and titles there are."""
    for width in range(8, 60):
        assert all(cell_len(text) <= width for text, _ in lines(FULL, width))


def test_it_tells_purpose_members_and_threads() -> None:
    """Long lists are cut, and the rest is counted; settled threads have a mark of their own."""
    said = [text for text, _ in lines(FULL, 34)]
    assert said.index("") == PURPOSE_LINES_MAX
    assert said[PURPOSE_LINES_MAX + 1] == "240 members                      w"
    assert "and 237 more" in said
    assert any(text.startswith("▸ lifetimes") and text.endswith(" 12") for text in said)
    assert any(text.startswith("✓ solved") and text.endswith(" 3") for text in said)


def test_without_threads_it_says_how_one_begins() -> None:
    """An empty list is no riddle."""
    said = lines(Aside("", (), 0, ()), 40)
    assert said[-1] == ("None yet: r on a message begins one.", "quiet")


def test_threads_are_what_was_answered_or_has_a_title() -> None:
    """What is open stands first, the newest above; what nobody answers is none."""
    with Community() as community:
        ada = community.user("ada")
        stream = ada.stream("general")
        settled, answered, _ = ada.say("Settled?"), ada.say("Answered?"), ada.say("hello")
        titled = ada.say("It has a name.")
        for root in (settled, answered, answered):
            ada.seat.say(stream, Post("so", root))
        ada.seat.say(stream, ThreadResolve(settled))
        ada.seat.say(stream, ThreadTitle(titled, "Named"))
        community.wait(1)
        assert of_place(ada.seat.reader, stream).threads == (
            ThreadLine("Named", 0, False),
            ThreadLine("Answered?", 2, False),
            ThreadLine("Settled?", 1, True),
        )
