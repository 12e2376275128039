"""How Home stands, in one line: facts, in either language."""

import pytest

from hobnob_client.catalogue import Language, speaking
from hobnob_client.tui.rooms.contents import Standing
from hobnob_client.tui.rooms.words import standing


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Standing(), "Nothing needs you: all is read."),
        (Standing(wait=139), "Nothing needs you, 139 can wait."),
        (Standing(needs=1), "1 thing needs you."),
        (Standing(needs=4, wait=139), "4 things need you, 139 can wait."),
        (Standing(needs=4, wait=7, about=True), "4 things need you, about 7 can wait."),
    ],
)
def test_what_needs_one_is_counted(found: Standing, said: str) -> None:
    """And what can wait, where something can."""
    assert standing(found) == said


def test_it_is_said_in_german_too() -> None:
    """With one thing, and with several."""
    with speaking(Language.GERMAN):
        assert standing(Standing(needs=2, wait=1)) == "2 Sachen brauchen dich, 1 kann warten."
