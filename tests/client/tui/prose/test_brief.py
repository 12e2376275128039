"""How a text begins, in one line."""

import pytest

from hobnob_client.tui.prose.brief import brief


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plain words\nand more", "plain words and more"),
        ("# A **title**\n\nand `code`", "A title and `code`"),
        ("> quoted\n\n- an item\n- [x] done", "quoted an item done"),
        ("it was ||the butler||, see", "it was ▒▒▒▒▒▒▒▒▒▒, see"),
        ("```py\nx = 1\n```", "(code)"),
        ("see\n```py\nx = 1\n```", "see"),
        ("|a|b|\n|-|-|\n|1|2|", "a b"),
        ("", ""),
    ],
)
def test_markup_is_taken_off_and_spoilers_stay_veiled(text: str, said: str) -> None:
    """Where a thread is named by its first words."""
    assert brief(text, 40) == said


def test_it_is_no_longer_than_there_is_room() -> None:
    """However long the text."""
    assert len(brief("word " * 1_000, 40)) == 40
