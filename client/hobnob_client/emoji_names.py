"""Emoji by their names: those that Rich knows, which Textual stands on, without skin tones."""

from collections.abc import Mapping
from functools import lru_cache

from hobnob_protocol.limits import EMOJI_TEXT_MAX


@lru_cache(maxsize=1)
def by_name() -> Mapping[str, str]:
    """All of them."""
    # Only who names one pays for loading three thousand. Rich has no public list of them.
    from rich._emoji_codes import EMOJI  # pyright: ignore[reportPrivateUsage]

    return {
        name: glyph
        for name, glyph in EMOJI.items()
        if "_tone" not in name and len(glyph) <= EMOJI_TEXT_MAX
    }
