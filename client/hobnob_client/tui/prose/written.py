"""A text of somebody else as it may be read: outside of code a direction mark is only shown to be
there, within code by its name, since there it hides what a compiler would see (security.md §5b)."""

import re
from typing import Final

from hobnob_client import term_safe

_MARKS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CODE: Final = re.compile(r"(?s)(```.*?(?:```|\Z)|`[^`\n]*`)")


def written(text: str) -> str:
    """The text, safe to draw, its line breaks kept."""
    if not _MARKS.search(text):
        return term_safe.body(text)
    # What is between the matches stands at even places, the matches at odd ones.
    parts = _CODE.split(text)
    return "".join(
        (term_safe.code if nth % 2 else term_safe.body)(part) for nth, part in enumerate(parts)
    )
