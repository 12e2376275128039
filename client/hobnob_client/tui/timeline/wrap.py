"""Breaking text into lines by terminal cells: at spaces, and within a word only where it must.

Graphemes stay whole, so no accent, flag or joined emoji is torn (UAX #29, as Rich counts them).
"""

from rich.cells import cell_len, split_graphemes


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Where one paragraph breaks: (start, end) of each line, in characters; `width` in cells, from
    2. Spaces at a break belong to no line; an empty paragraph is one empty line."""
    if len(text) <= width and text.isascii():
        return [(0, len(text))]
    lines: list[tuple[int, int]] = []
    start = 0
    while True:
        end = fitting(text, start, width)
        if end == len(text):
            lines.append((start, end))
            return lines
        space = text.rfind(" ", start, end + 1)
        if space > start:
            lines.append((start, _without_spaces(text, start, space)))
            start = space
        else:
            lines.append((start, end))
            start = end
        while start < len(text) and text[start] == " ":
            start += 1
        if start == len(text):
            return lines


def chop(text: str, width: int) -> list[tuple[int, int]]:
    """Where text breaks that must keep its spaces, as code does: wherever a line is full."""
    lines: list[tuple[int, int]] = []
    start = 0
    while True:
        end = fitting(text, start, width)
        lines.append((start, end))
        if end == len(text):
            return lines
        start = end


def fit(text: str, width: int) -> str:
    """The text in one line of at most `width` cells, with … at the end where it was cut."""
    if cell_len(text) <= width:
        return text
    end = fitting(text, 0, width - 1)
    return text[:end].rstrip() + "…"


def fitting(text: str, start: int, width: int) -> int:
    """The end of the longest run from `start` within `width` cells; at least one grapheme."""
    if text.isascii():
        return min(len(text), start + width)
    # Nothing is narrower than a cell for long: what may fit is looked at, not the whole rest.
    rest = text[start : start + 8 * width]
    cells = 0
    end = start
    for _, last, size in split_graphemes(rest)[0]:
        if cells + size > width and end > start:
            break
        cells += size
        end = start + last
    return end


def _without_spaces(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] == " ":
        end -= 1
    return end
