"""How well letters that somebody has typed fit a name."""

from enum import IntEnum

SEPARATORS = "-_. /"


class Fit(IntEnum):
    """The better, the lower."""

    BEGINS = 0
    """The name begins with the letters, or there are none."""
    WORD = 1
    """One of its words does."""
    WITHIN = 2
    """They stand in it."""
    SCATTERED = 3
    """They stand in it in this order, others between them."""
    NOT = 4
    """They do not."""


def fit(name: str, letters: str) -> Fit:
    """How `letters` fit `name`, in whatever case."""
    name, letters = name.casefold(), letters.casefold()
    if name.startswith(letters):
        return Fit.BEGINS
    place = name.find(letters)
    while place > 0:
        if name[place - 1] in SEPARATORS:
            return Fit.WORD
        place = name.find(letters, place + 1)
    if letters in name:
        return Fit.WITHIN
    rest = iter(name)
    return Fit.SCATTERED if all(letter in rest for letter in letters) else Fit.NOT
