"""Nothing reaches the terminal but text: what others wrote, made safe to show (security.md §5b).

Every sink of text passes one of these, pipes and logs too: `line` where one line is shown, `name`
where that line must be seen, `body` where line breaks are the author's, `code` where a reader must
see what a compiler would. They know no library and no setting but `nerd_font`, are idempotent, and
hide nothing silently that could mislead: a control becomes its picture, a direction mark a
replacement character.
"""

import unicodedata
from typing import Final

from hobnob_client.pictographs import is_pictograph

MARKS_MAX: Final = 4
"""Combining marks on one character; real scripts need three."""
TAB: Final = "    "
REPLACEMENT: Final = "\ufffd"

_CACHED_MAX: Final = 8_192
"""Characters remembered: more than a community writes with, and a bound on what hostile text can
make us keep."""
_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE: Final = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u034f")
"""Letters and marks that show nothing, with which a name could be empty."""
_SELECTORS: Final = (
    (0x180B, 0x180F),
    (0xFE00, 0xFE0E),
    (0xE0000, 0xE0FFF),
)
"""Variation selectors but the one that asks for a picture, and tags: they carry hidden text."""
_ZWJ: Final = "\u200d"
_PICTURE_SELECTOR: Final = "\ufe0f"
_KEYCAP: Final = "\u20e3"
_SKIN_TONES: Final = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")


def line(text: str, *, nerd_font: bool = False) -> str:
    """One line: breaks become a space or the picture of their control."""
    if text.isascii() and text.isprintable():
        return text
    return _join_marks(text.replace("\r\n", "\n").translate(_LINE[nerd_font]))


def body(text: str, *, nerd_font: bool = False) -> str:
    """Text with line breaks: LF stays, CRLF and Unicode's own separators become LF."""
    if text.isascii() and text.isprintable():
        return text
    return _join_marks(text.replace("\r\n", "\n").translate(_BODY[nerd_font]))


def code(text: str, *, nerd_font: bool = False) -> str:
    """The same where text is read as code: a direction mark is drawn by its name, since what it
    hides is what matters (CVE-2021-42574)."""
    if text.isascii() and text.isprintable():
        return text
    return _join_marks(text.replace("\r\n", "\n").translate(_CODE[nerd_font]))


def name(text: str, otherwise: str) -> str:
    """A name on one line, or `otherwise` where nobody would see that there is one."""
    shown = line(text)
    seen = any(not char.isspace() and unicodedata.category(char)[0] != "M" for char in shown)
    return shown if seen else otherwise


class _Table(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __init__(self, *, breaks: bool, named: bool, nerd_font: bool) -> None:
        super().__init__()
        self._breaks = breaks
        self._named = named
        self._nerd_font = nerd_font

    def __missing__(self, codepoint: int) -> str:
        if len(self) >= _CACHED_MAX:
            self.clear()
        found = self[codepoint] = self._shown(chr(codepoint), codepoint)
        return found

    def _shown(self, char: str, codepoint: int) -> str:
        if char == "\t":
            return TAB
        if self._breaks and char == "\n":
            return char
        if codepoint < 0x20:
            return chr(0x2400 + codepoint)
        if codepoint < 0x7F:
            return char
        if codepoint == 0x7F:
            return "\u2421"
        if char in _BIDI:
            return f"\u27e6U+{codepoint:04X}\u27e7" if self._named else REPLACEMENT
        if char in "\u2028\u2029":
            return "\n" if self._breaks else " "
        if char in _INVISIBLE or any(low <= codepoint <= high for low, high in _SELECTORS):
            return ""
        return self._by_category(char, codepoint)

    def _by_category(self, char: str, codepoint: int) -> str:
        category = unicodedata.category(char)
        if category == "Co" and self._nerd_font and 0xE000 <= codepoint <= 0xF8FF:
            return char
        if category in ("Cc", "Cs", "Co", "Cn"):
            return REPLACEMENT
        if category == "Cf":
            return char if char == _ZWJ else ""
        if category == "Me":
            return char if char == _KEYCAP else ""
        return " " if category == "Zs" else char


_PLAIN: Final = 0
_MARK: Final = 1
_PICTURE: Final = 2
_TONE: Final = 3
_JOINER: Final = 4


_DROPPED: Final = frozenset({_MARK, _JOINER})
"""What may have to go: without any, text stays as it is."""


class _Sorts(dict[str, int]):
    """What sort of neighbour each character is, worked out when it is first met."""

    def __missing__(self, char: str) -> int:
        if len(self) >= _CACHED_MAX:
            self.clear()
        found = self[char] = self._sort(char)
        return found

    @staticmethod
    def _sort(char: str) -> int:
        if char == _ZWJ:
            return _JOINER
        if char in _SKIN_TONES:
            return _TONE
        if is_pictograph(ord(char)):
            return _PICTURE
        return _MARK if unicodedata.category(char)[0] == "M" else _PLAIN


_LINE: Final = tuple(_Table(breaks=False, named=False, nerd_font=nerd) for nerd in (False, True))
_BODY: Final = tuple(_Table(breaks=True, named=False, nerd_font=nerd) for nerd in (False, True))
_CODE: Final = tuple(_Table(breaks=True, named=True, nerd_font=nerd) for nerd in (False, True))
_SORTS: Final = _Sorts()


def _join_marks(text: str) -> str:
    """Drop marks beyond the bound, and joiners that do not stand between two pictures.

    Both are decided on what has been kept so far, so a second pass changes nothing.
    """
    if text.isascii() or _DROPPED.isdisjoint(map(_SORTS.__getitem__, set(text))):
        return text
    kept: list[str] = []
    marks = 0
    after_picture = False
    for place, char in enumerate(text):
        sort = _SORTS[char]
        if sort == _MARK:
            marks += 1
            if marks > MARKS_MAX:
                continue
            after_picture = after_picture and char == _PICTURE_SELECTOR
        elif sort == _JOINER:
            following = text[place + 1 : place + 2]
            if not after_picture or not following or _SORTS[following] != _PICTURE:
                continue
            after_picture = False
        else:
            marks = 0
            after_picture = sort == _PICTURE or (sort == _TONE and after_picture)
        kept.append(char)
    return "".join(kept)
