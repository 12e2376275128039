"""A line of the screen makes a memory for each use it may be put to (Textual 8.2): seven of them,
900 bytes, of which most lines use one or two. Here each is made when it is first used, and what a
filter leaves as it was is no second line; a screen in use keeps some 6,000 lines. Those of a widget
that is gone go with it.
"""

# There is no public way to them:
# pyright: reportPrivateUsage=false

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, TypeAlias

from rich.segment import Segment
from textual._styles_cache import StylesCache
from textual.cache import FIFOCache
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip
from textual.style import Style

MEMORIES: Final = {
    "_divide_cache": 4,
    "_crop_cache": 16,
    "_style_cache": 16,
    "_line_length_cache": 4,
    "_crop_extend_cache": 4,
    "_offsets_cache": 4,
}
"""Each by its name, and how much it holds, as Textual has it."""
FILTERED: Final = "_filter_cache"
"""The one that holds what filters make of a line."""
FILTERED_MAX: Final = 4
"""So much, as Textual has it."""
GROUNDS_MAX: Final = 256
"""Pairs of colours behind a widget that are known."""

Filtered: TypeAlias = tuple[tuple[LineFilter, Color, Strip | None], ...]
"""What came of a line by a filter before a colour; None where that is the line itself."""


def spare_lines() -> None:
    """From here on, for the whole process: a program decides it. Twice is as once."""
    Strip.__init__ = _made  # type: ignore[method-assign, assignment]
    Strip.__getattr__ = _memory  # type: ignore[attr-defined]
    Strip.apply_filter = _filtered  # type: ignore[method-assign, assignment]
    # Textual remembers for whom it has mixed them, and so the lines of the last thousand widgets.
    StylesCache.get_inner_outer = staticmethod(_grounds)  # type: ignore[method-assign, assignment]


def _made(strip: Strip, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    strip._segments = list(segments)
    strip._cell_length = cell_length
    strip._filter_cache = ()  # type: ignore[assignment]
    strip._render_cache = None
    strip._link_ids = None
    strip._cell_count = None


def _memory(strip: Strip, name: str) -> FIFOCache[object, object]:
    """What has no value yet: Python asks here then, and later no more."""
    holds = MEMORIES.get(name)
    if holds is None:
        raise AttributeError(f"a strip has no {name}")
    made = FIFOCache[object, object](holds)
    setattr(strip, name, made)
    return made


def _filtered(strip: Strip, filter: LineFilter, background: Color) -> Strip:
    """What is drawn has passed two or three filters, which leave most lines as they are."""
    known: Filtered = getattr(strip, FILTERED)
    for by, behind, found in known:
        if by is filter and behind == background:
            return strip if found is None else found
    segments = filter.apply(strip._segments, background)
    same = segments is strip._segments
    made = None if same else Strip(segments, strip._cell_length)
    setattr(strip, FILTERED, (*known[1 - FILTERED_MAX :], (filter, background, made)))
    return strip if made is None else made


@lru_cache(GROUNDS_MAX)
def _grounds(base_background: Color, background: Color) -> tuple[Style, Style]:
    """The ground inside a widget and around it, as Textual mixes them."""
    return Style(background=base_background + background), Style(background=base_background)
