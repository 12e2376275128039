"""Letters for places on the screen, so that each is reached by one or two keys."""

from collections.abc import Callable
from typing import Final

from hobnob_protocol.value import value

LETTERS: Final = "asdfghjklqwertyuiopzxcvbnm"
"""Those under the fingers first."""
JUMPS_MAX: Final = len(LETTERS) ** 2


@value
class Jump:
    """A place one can go to: its cell on the screen, and how one gets there."""

    x: int
    y: int
    go: Callable[[], object]


def labels(count: int) -> tuple[str, ...]:
    """So many labels (at most `JUMPS_MAX`) of one or two letters; none begins another. The first
    are short for as long as there is room."""
    count = min(count, JUMPS_MAX)
    # Each letter that begins longer ones is lost as a label, and gives as many as there are.
    prefixes = -(-max(0, count - len(LETTERS)) // (len(LETTERS) - 1))
    singles = LETTERS[: len(LETTERS) - prefixes]
    pairs = [first + second for first in LETTERS[len(singles) :] for second in LETTERS]
    return (*singles, *pairs)[:count]
