"""What a part of a name stands for, and what a mistyped one."""

from hobnob_client.tui.composing.likest import likest, only

CHANNELS = ("shell", "shipping", "rust")
PEOPLE = ("demo-meera", "demo-bao", "Solveig")


def test_letters_stand_for_the_one_name_that_begins_so() -> None:
    """For none where several do, or where nothing was typed."""
    assert only("shi", CHANNELS) == only("SHI", CHANNELS) == "shipping"
    assert [only(letters, CHANNELS) for letters in ("sh", "", "hipping", "x")] == [""] * 4


def test_the_likest_name_holds_what_was_typed_or_is_spelt_alike() -> None:
    """Where several hold it, the spelling decides; what is like nothing leads nowhere."""
    assert likest("meera", PEOPLE) == "demo-meera"
    assert likest("solvieg", PEOPLE) == "Solveig"
    assert likest("demo-boa", PEOPLE) == "demo-bao"
    assert likest("xyzzy", PEOPLE) == likest("", ()) == ""
