"""Words of a text as the replica's index reads them: runs of letters and digits, small."""

import re
from typing import Final

WORD_MIN: Final = 2
"""Single letters are in half of all texts and tell nothing."""
TEXT_MAX: Final = 2_000
"""Letters of one text that count: what follows is a log or a listing."""

_WORD: Final = re.compile(rf"[^\W_]{{{WORD_MIN},}}")


def words(text: str) -> list[str]:
    """In order, with repeats."""
    return _WORD.findall(text[:TEXT_MAX].lower())
