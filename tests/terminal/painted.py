"""A terminal of which one sees the colours, too."""

import re
from dataclasses import dataclass, field
from typing import Final

from tests.terminal.emulator import Grid, Token

_CODE: Final = re.compile(r"[34]8;(?:5;\d+|2;\d+;\d+;\d+)|\d+")
_ENDS: Final = {"22": "12", "23": "3", "24": "4", "27": "7", "29": "9"}
_OF_EMPTY_CELLS: Final = "479"
"""Lines, and the colours the other way round, are seen where no letter stands."""
_LINK: Final = re.compile("\x1b\\]8;([^;]*;[^\x1b\x07]*)(?:\x1b\\\\|\x07)")


@dataclass(slots=True)
class Painted(Grid):
    """Each cell has a look: the codes of a style, each by what it is about, and the link."""

    looks: list[list[dict[str, str]]] = field(init=False)
    _look: dict[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        Grid.__post_init__(self)
        self.looks = [[{} for _ in range(self.columns)] for _ in range(self.lines)]

    @property
    def picture(self) -> list[list[tuple[str, dict[str, str]]]]:
        """What is seen: of an empty cell its ground, and all if something else is seen of it."""
        return [self.row_seen(nth) for nth in range(self.lines)]

    def row_seen(self, nth: int) -> list[tuple[str, dict[str, str]]]:
        """The same of one row."""
        cells = zip(self.rows[nth], self.looks[nth], strict=True)
        return [(letter, _seen(letter, look)) for letter, look in cells]

    def _obey(self, token: Token) -> None:
        if token.shape == "a style":
            for code in _CODE.findall(token.raw) or ["0"]:
                self._look = _with(self._look, code)
        elif link := _LINK.fullmatch(token.raw):
            self._look = {**self._look, "link": link[1].strip(";")}
        else:
            Grid._obey(self, token)

    def _write(self, text: str) -> None:
        first = self._column
        Grid._write(self, text)
        for cell in range(min(first, self._column - 1), self._column):
            self.looks[self._row][cell] = self._look

    def _clear(self) -> None:
        Grid._clear(self)
        # A terminal may clear in the ground of the pen, or not.
        assert not self._look.get("back"), "what is cleared has one ground in every terminal"
        self.looks[self._row][self._column :] = [{} for _ in range(self.columns - self._column)]

    def _line_feed(self) -> None:
        if self._row == self._bottom:
            assert not self._look.get("back"), "what is cleared has one ground in every terminal"
            del self.looks[self._top]
            self.looks.insert(self._bottom, [{} for _ in range(self.columns)])
        Grid._line_feed(self)


def _with(look: dict[str, str], code: str) -> dict[str, str]:
    """A look with one code more."""
    if code == "0":
        return {"link": look["link"]} if "link" in look else {}
    if code in _ENDS:
        return {key: each for key, each in look.items() if key not in _ENDS[code]}
    if len(code) == 1:
        return {**look, code: code}
    about = "fore" if code[0] in "39" else "back"
    return {**look, about: "" if code in ("39", "49") else code}


def _seen(letter: str, look: dict[str, str]) -> dict[str, str]:
    keys = [key for key, each in look.items() if each]
    if letter == " " and not any(key in _OF_EMPTY_CELLS or key == "link" for key in keys):
        keys = [key for key in keys if key == "back"]
    return {key: look[key] for key in keys}
