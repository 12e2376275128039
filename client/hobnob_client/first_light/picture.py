"""What stands on a screen, as runs of plain text in numbered styles.

It is kept in a file, and a file that somebody has forged must write nothing but text: each run
passes the sanitiser again, and a style is numbers of which alone a terminal's sequence is made.
"""

import re
from collections.abc import Sequence
from typing import Any, Final, TypeAlias, cast

from hobnob_client import term_safe
from hobnob_protocol.value import value

BYTES_MAX: Final = 1 << 20
"""Of a picture as it is kept: several times what a wide screen in many colours takes."""
COLUMNS_MAX: Final = 1_000
LINES_MAX: Final = 500
STYLES_MAX: Final = 1_024
NUMBERS_MAX: Final = 24
"""Of one style: two colours of five, and whatever else there is."""
NUMBER_MAX: Final = 255
CHARACTERS_MAX: Final = 8
"""To one cell: marks are drawn into the cell before them."""
_SGR: Final = re.compile(r"\x1b\[([0-9;]*)m")

Style: TypeAlias = tuple[int, ...]
"""The numbers of SGR; none for the terminal's own."""
Run: TypeAlias = tuple[Style, str]
"""A text, which is safe to draw, and its style."""


class NoPicture(Exception):
    """It is none, or none that may be shown."""


@value
class Picture:
    """The rows of a screen from the top."""

    columns: int
    rows: tuple[tuple[Run, ...], ...]

    def drawn(self) -> str:
        """What makes a terminal that is empty show it."""
        rows = (
            f"\x1b[{nth + 1};1H" + "".join(map(_drawn, row)) for nth, row in enumerate(self.rows)
        )
        return "\x1b[m".join((*rows, "\x1b[H"))


def checked(picture: Picture, *, nerd_font: bool = False) -> Picture:
    """The same. NoPicture where it could write anything but text, or is too much; with `nerd_font`
    the private characters of prompts are text."""
    if not (0 < picture.columns <= COLUMNS_MAX and 0 < len(picture.rows) <= LINES_MAX):
        raise NoPicture("too large")
    for row in picture.rows:
        if sum(len(text) for _, text in row) > picture.columns * CHARACTERS_MAX:
            raise NoPicture("a row is too long")
        for style, text in row:
            if term_safe.line(text, nerd_font=nerd_font) != text:
                raise NoPicture("more than text")
            if len(style) > NUMBERS_MAX or not all(0 <= each <= NUMBER_MAX for each in style):
                raise NoPicture("no style")
    return picture


def _drawn(run: Run) -> str:
    style, text = run
    # What it was before ends where another begins.
    return f"\x1b[{';'.join(map(str, (0, *style)))}m{text}"


def sequence(style: Style) -> str:
    """What makes a terminal's own style this one; "" for that itself."""
    return f"\x1b[{';'.join(map(str, style))}m" if style else ""


def style_of(sequence: str) -> Style:
    """The numbers of the last style in what a terminal is sent before a text."""
    found = _SGR.findall(sequence)
    return tuple(int(each) for each in found[-1].split(";") if each) if found else ()


def to_bytes(picture: Picture, stamp: str) -> bytes:
    """`{"stamp": …, "columns": …, "styles": [[1, 31], …], "rows": [[style, text, …], …]}`.
    NoPicture where it is too much."""
    styles: dict[Style, int] = {}
    rows = [
        [each for style, text in row for each in (styles.setdefault(style, len(styles)), text)]
        for row in picture.rows
    ]
    # Most starts read no picture, and none waits for this.
    import json

    told = {"stamp": stamp, "columns": picture.columns, "styles": list(styles), "rows": rows}
    data = json.dumps(told, separators=(",", ":")).encode()
    if len(data) > BYTES_MAX or len(styles) > STYLES_MAX:
        raise NoPicture("too large")
    return data


def from_bytes(data: bytes, stamp: str, *, nerd_font: bool = False) -> Picture:
    """As `to_bytes` gave it. NoPicture where it has another stamp, and for anything else."""
    if len(data) > BYTES_MAX:
        raise NoPicture("too large")
    import json

    try:
        found: object = json.loads(data)
    except (ValueError, RecursionError) as broken:
        raise NoPicture("cut") from broken
    match found:
        case {"stamp": str() as of, "columns": int() as columns, "styles": list(), "rows": list()}:
            pass
        case _:
            raise NoPicture("another shape")
    if of != stamp:
        raise NoPicture("of another moment")
    told = cast("dict[str, Any]", found)
    styles = [_style(each) for each in _several(told["styles"], STYLES_MAX)]
    rows = tuple(_row(each, styles) for each in _several(told["rows"], LINES_MAX))
    return checked(Picture(columns, rows), nerd_font=nerd_font)


def _several(found: object, most: int) -> list[object]:
    if not isinstance(found, list):
        raise NoPicture("another shape")
    several = cast("list[object]", found)
    if len(several) > most:
        raise NoPicture("too much")
    return several


def _style(found: object) -> Style:
    numbers = [each for each in _several(found, NUMBERS_MAX) if type(each) is int]
    if len(numbers) != len(cast("list[object]", found)):
        raise NoPicture("no style")
    return tuple(numbers)


def _row(found: object, styles: Sequence[Style]) -> tuple[Run, ...]:
    runs = _several(found, 2 * COLUMNS_MAX)
    if len(runs) % 2:
        raise NoPicture("half a run")
    return tuple(
        _run(style, text, styles) for style, text in zip(runs[::2], runs[1::2], strict=True)
    )


def _run(style: object, text: object, styles: Sequence[Style]) -> Run:
    if type(style) is not int or type(text) is not str or not 0 <= style < len(styles):
        raise NoPicture("no run")
    return styles[style], text
