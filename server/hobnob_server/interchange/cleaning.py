"""Text from elsewhere as the protocol takes it: what a terminal could obey becomes a picture of it.

A hub refuses controls in what members say and converts them in what is imported (`fields.text` says
which they are); nothing is dropped, so a reader sees that something was there.
"""

from typing import Final

_PICTURES: Final = 0x2400
"""Unicode's pictures of C0, in their order."""
_GONE: Final = "\ufffd"

_LINES: Final[dict[int, int | str]] = {
    **{code: _PICTURES + code for code in range(0x20) if code not in (0x09, 0x0A)},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), _GONE),
    **dict.fromkeys(range(0xD800, 0xE000), _GONE),
}
_LINE: Final[dict[int, int | str]] = {**_LINES, 0x09: " ", 0x0A: " "}


def clean(text: str) -> str:
    """Text that may have lines; every sort of line end is one LF."""
    if text.isprintable():
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINES)


def clean_line(text: str, most: int) -> str:
    """One line of at most `most` characters, marked where it was cut; it may end up empty."""
    if not text.isprintable():
        text = text.replace("\r\n", " ").replace("\r", " ").translate(_LINE)
    text = text.strip()
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
