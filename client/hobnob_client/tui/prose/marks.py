"""What stands in plain text without any markup: bare addresses, and who or what is mentioned."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

_FOUND: Final = re.compile(
    r"(?P<link>(?:https?|hobnob)://[^\s<>\"'`|]+)"
    r"|(?P<mention>(?<![\w@./-])@[A-Za-z][A-Za-z0-9_-]{1,31}|(?<![\w#/&])#[a-z][a-z0-9_-]{0,31})",
    re.ASCII | re.IGNORECASE,
)
_ENDS: Final = ".,;:!?*_~"
_PAIRS: Final = {")": "(", "]": "[", "}": "{"}


def marks(text: str) -> Iterator[tuple[int, int, str]]:
    """Where they stand, from left to right: (start, end, "link" or "mention")."""
    for found in _FOUND.finditer(text):
        end = found.end()
        if found.lastgroup == "link":
            end = found.start() + len(_without_end(found[0]))
        yield found.start(), end, found.lastgroup or ""


def _without_end(address: str) -> str:
    """Without what ends the sentence it stands in: a bracket stays where it was opened inside.
    Counted once: an address may be as long as a text."""
    counts = Counter(address)
    end = len(address)
    while end:
        last = address[end - 1]
        opened = _PAIRS.get(last)
        closes = opened is not None and counts[last] > counts[opened]
        if last not in _ENDS and not closes:
            break
        counts[last] -= 1
        end -= 1
    return address[:end]
