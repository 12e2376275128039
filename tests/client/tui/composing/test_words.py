"""Where words begin and end, for the keys that cut them out."""

import re

import pytest

from hobnob_client.tui.composing.words import blank_before, word_before, word_behind

LONG = 100_000
TEXTS = [
    "",
    " ",
    "one",
    "one two",
    "one two  ",
    "a-b c_d, ",
    "  ...",
    "größer als 5€",
    "\n\tx\n",
    "_",
]


@pytest.mark.parametrize("text", TEXTS)
def test_they_are_where_readline_has_them(text: str) -> None:
    """Up to a blank, or by words of letters, digits and _."""
    blank, word = re.search(r"\S*\s*\Z", text), re.search(r"\w+\W*\Z", text)
    assert blank is not None
    assert blank_before(text) == blank.start()
    assert word_before(text) == (word.start() if word is not None else 0)
    for start in range(len(text) + 1):
        behind = re.compile(r"\W*\w+").match(text, start)
        assert word_behind(text, start) == (behind.end() if behind is not None else len(text))


class Counted(str):
    """A text that counts how often somebody looks at a letter of it."""

    looked = 0

    def __getitem__(self, place: object) -> str:
        """One letter."""
        type(self).looked += 1
        return super().__getitem__(place)  # type: ignore[index]


@pytest.mark.parametrize("letters", ["x", " ", ".", "x ", ".x", "ä", "x" * 99 + "."])
@pytest.mark.parametrize("ends", ["", " ", "x", "."])
def test_what_was_pasted_may_be_as_long_and_hostile_as_it_likes(letters: str, ends: str) -> None:
    """No letter is looked at more than twice."""
    Counted.looked = 0
    text = Counted(letters * (LONG // len(letters)) + ends)
    blank_before(text)
    word_before(text)
    word_behind(text, 0)
    assert Counted.looked <= 4 * len(text) + 8
