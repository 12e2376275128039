"""Only what has changed is asked for when a picture is drawn anew (Textual 8.2).

Textual asks every widget that lies in the smallest rectangle around all changes for all its lines:
of the mark in a list on the left and of a key at the bottom that is the whole screen, and what lies
covered behind is drawn too.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, TypeAlias, cast

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip

Spans: TypeAlias = Mapping[int, Sequence[tuple[int, int]]]
"""What is wanted of each line: (first cell, behind the last)."""

PIECE_CUTS: Final = 2
"""So many cuts bound one piece. A strip that is divided into itself holds itself: garbage that only
a look at everything finds."""


class SparingCompositor(Compositor):
    """Asks a widget for those lines of which something is wanted that nothing before it covers."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """What has changed; None where nothing has."""
        regions = self._dirty_regions.copy()
        self._dirty_regions.clear()
        if not regions:
            return None
        spans = list(self._regions_to_spans(regions))
        wanted: dict[int, list[tuple[int, int]]] = {}
        for y, left, right in spans:
            wanted.setdefault(y, []).append((left, right))
        return ChopsUpdate(self._chops(wanted), spans, [cuts[1:] for cuts in self.cuts])

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        """These lines within a rectangle."""
        wanted = {y: (crop.column_span,) for y in crop.line_range if is_rendered_line(y)}
        # All that is wanted was drawn: the screen itself lies behind all.
        return cast("Sequence[Mapping[int, Strip]]", self._chops(wanted))

    def _chops(self, wanted: Spans) -> list[dict[int, Strip | None]]:
        """Each line as what stands between two cuts, by its first cell; None where it is not
        wanted."""
        cuts = self.cuts
        chops = [dict[int, Strip | None].fromkeys(line[:-1]) for line in cuts]
        lacking = {
            y: {first for first, end in pairwise(cuts[y]) if _touches(first, end, spans)}
            for y, spans in wanted.items()
            if 0 <= y < len(cuts)
        }
        for widget, (region, clip) in self.visible_widgets.items():
            if not lacking:
                break
            seen = region.intersection(clip)
            left, right = seen.column_span
            lines = [
                y
                for y in seen.line_range
                if y in lacking and any(left <= cut < right for cut in lacking[y])
            ]
            if not lines:
                continue
            top, height = lines[0], lines[-1] + 1 - lines[0]
            crop = Region(left, top, seen.width, height).translate(-region.offset)
            strips = widget.render_lines(crop)
            for y in lines:
                within = [cut for cut in cuts[y] if left <= cut <= right]
                parts: Sequence[Strip] = (strips[y - top],)
                if len(within) > PIECE_CUTS:
                    parts = parts[0].divide([cut - left for cut in within[1:]])
                for cut, part in zip(within, parts, strict=False):
                    if cut in lacking[y]:
                        lacking[y].remove(cut)
                        chops[y][cut] = part
                if not lacking[y]:
                    del lacking[y]
        return chops


def _touches(first: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first < right and end > left for left, right in spans)
