"""A line of the screen makes a memory for each use it may be put to (Textual 8.2): seven of them,
900 bytes, of which most lines use one or two. Here each is made when it is first used; a screen in
use keeps some 6,000 lines.
"""

# There is no public way to them:
# pyright: reportPrivateUsage=false

from collections.abc import Iterable
from typing import Final

from rich.segment import Segment
from textual.cache import FIFOCache
from textual.strip import Strip

MEMORIES: Final = {
    "_divide_cache": 4,
    "_crop_cache": 16,
    "_style_cache": 16,
    "_filter_cache": 4,
    "_line_length_cache": 4,
    "_crop_extend_cache": 4,
    "_offsets_cache": 4,
}
"""Each by its name, and how much it holds, as Textual has it."""


def spare_lines() -> None:
    """From here on, for the whole process: a program decides it. Twice is as once."""
    Strip.__init__ = _made  # type: ignore[method-assign, assignment]
    Strip.__getattr__ = _memory  # type: ignore[attr-defined]


def _made(strip: Strip, segments: Iterable[Segment], cell_length: int | None = None) -> None:
    strip._segments = list(segments)
    strip._cell_length = cell_length
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
