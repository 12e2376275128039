"""What has changed between two texts, word by word, as it can be read without colours.

What was taken away stands as `[-…-]`, what came as `{+…+}`.
"""

import re
from difflib import SequenceMatcher
from typing import Final

WORDS_MAX: Final = 1_500
"""Of both texts together: looking for what they share takes the square of it."""
_WORD: Final = re.compile(r"\s+|\w+|[^\w\s]")


def changed(before: str, after: str) -> list[tuple[str, str]]:
    """The later text with what is gone: (text, "" | "gone" | "came"). Where there is too much to
    compare, the later text alone."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > WORDS_MAX:
        return [(after, "")]
    found: list[tuple[str, str]] = []
    for sort, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, came = "".join(old[a:b]), "".join(new[c:d])
        if sort == "equal":
            found.append((came, ""))
            continue
        if gone:
            found.append((f"[-{gone}-]", "gone"))
        if came:
            found.append((f"{{+{came}+}}", "came"))
    return found
