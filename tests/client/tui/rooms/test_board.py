"""A board as it is drawn."""

from hobnob_client.tui.rooms.board import packed

PARTS = ("3 thanks", "1 first answer to a newcomer", "1 accepted answer")


def test_what_a_row_is_made_of_takes_as_few_lines_as_it_fits_on() -> None:
    """Below the name; what is longer than a line is not cut here."""
    assert packed(PARTS, 80) == ("  " + " · ".join(PARTS),)
    assert packed(PARTS, 50) == (f"  {PARTS[0]} · {PARTS[1]}", f"  {PARTS[2]}")
    assert packed(PARTS, 10) == tuple(f"  {part}" for part in PARTS)
    assert packed((), 50) == ()
