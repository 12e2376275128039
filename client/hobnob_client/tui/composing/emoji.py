"""Which emoji people mean: by letters of a name, and what one is called."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from hobnob_client.emoji_names import by_name as by_name
from hobnob_client.tui.composing.scoring import Fit, fit

OFFERS_MAX: Final = 40
"""Offered at a time; a letter more narrows them."""
COMMON: Final = (
    "thumbs_up", "heart", "tada", "smile", "joy", "eyes", "pray", "rocket", "thinking_face",
    "white_check_mark", "fire", "wave", "thumbs_down", "100", "cry", "bulb", "bug", "warning",
    "sparkles", "coffee", "question", "x", "clap", "raised_hands", "see_no_evil", "party_popper",
    "laughing", "wink", "sob", "muscle", "point_up", "hourglass", "lock", "memo", "snake", "crab",
)  # fmt: skip
"""What people mean most: these come before others that fit as well."""
THANKS: Final = "🙏"
"""What says thank you."""


@lru_cache(maxsize=256)
def name_of(glyph: str) -> str:
    """How an emoji is called, "" where nothing is known: the commonest of its names."""
    names = [name for name, each in by_name().items() if each == glyph]
    return min(names, key=_place) if names else ""


def _place(name: str) -> tuple[int, int, str]:
    common = COMMON.index(name) if name in COMMON else len(COMMON)
    return common, len(name), name


@lru_cache(maxsize=64)
def called(letters: str) -> Sequence[tuple[str, str]]:
    """Those whose name fits the letters, each once: (name, emoji), the best first."""
    scored = ((fit(name, letters), *_place(name), glyph) for name, glyph in by_name().items())
    # Letters with others between them mean anything, among so many names.
    worst = Fit.WITHIN if len(letters) > 1 else Fit.BEGINS
    found: dict[str, str] = {}
    for _, _, _, name, glyph in sorted(each for each in scored if each[0] <= worst):
        found.setdefault(glyph, name)
        if len(found) == OFFERS_MAX:
            break
    return tuple((name, glyph) for glyph, name in found.items())
