"""What stands beside a place is cut to its column; where it is empty it says what to do."""

from rich.cells import cell_len

from hobnob_client.tui.aside import PURPOSE_LINES_MAX, Aside, ThreadLine, lines

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
