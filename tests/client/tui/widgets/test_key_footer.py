"""The line of keys at the bottom cuts no label."""

import pytest

from hobnob_client.tui.widgets.key_footer import LAST, Hint, arranged, fitting


@pytest.mark.parametrize(
    ("widths", "room", "firm", "shown"),
    [
        ([10, 10, 10], 30, [], [0, 1, 2]),
        ([10, 10, 10], 29, [], [0, 1]),
        ([10, 10, 10], 29, [2], [0, 2]),
        ([10, 10, 10, 10], 30, [1, 3], [0, 1, 3]),
        ([10, 25, 5], 30, [], [0]),
        ([10, 10, 10], 9, [1], [1]),
        ([], 9, [], []),
    ],
)
def test_only_whole_keys_are_shown_and_always_those_that_lead_on(
    widths: list[int], room: int, firm: list[int], shown: list[int]
) -> None:
    """What is left out is one key away."""
    assert fitting(widths, room, firm) == shown


def hint(label: str, action: str = "") -> Hint:
    """Its key is x: it takes four cells more than its label."""
    return Hint("x", "x", label, action or label, True)


OWN = (hint("Open"), hint("Keys", LAST))
EVERYWHERE = (hint("Go to"),)
SPARE = (hint("Catch up"), hint("Find somebody"), hint("Quit"))


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (16, "Open Keys"),
        (25, "Open Keys Go to"),
        (32, "Open Keys Go to"),
        (37, "Open Catch up Keys Go to"),
        (45, "Open Catch up Quit Keys Go to"),
        (62, "Open Catch up Find somebody Quit Keys Go to"),
    ],
)
def test_where_all_labels_have_room_the_most_useful_of_the_others_are_named(
    room: int, shown: str
) -> None:
    """Before the key for all others; one that is too long makes room for the next."""
    found = arranged(OWN, EVERYWHERE, SPARE, room)
    assert " ".join(each.label for each in found) == shown


def test_a_line_that_has_no_room_for_its_labels_names_nothing_else() -> None:
    """What a pane offers first is not left out for what it offers last."""
    labels = (hint("Open the channel"), hint("Keys", LAST))
    assert arranged(labels, EVERYWHERE, (hint("Q"),), 27) == labels[1:]


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (16, "Back Keys"),
        (23, "Back Keys"),
        (24, "Open Back Keys"),
        (33, "Open Back Keys Go to"),
        (41, "Open Quit Back Keys Go to"),
    ],
)
def test_the_way_out_is_named_however_little_room_there_is(room: int, shown: str) -> None:
    """Nobody is kept where they do not know how to leave."""
    found = arranged(OWN, EVERYWHERE, SPARE[2:], room, hint("Back"))
    assert " ".join(each.label for each in found) == shown
