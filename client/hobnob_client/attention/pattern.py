"""Regular expressions that no text can slow down.

A backtracking engine, as Python's own, takes exponential time for some pairs of expression and
text, and the texts are other people's. This one walks all possibilities at once (Thompson 1968;
Cox, "Regular Expression Matching Can Be Simple And Fast", 2007): a letter of the text costs at
most one look at each of `STEPS_MAX` steps, whatever stands there, and usually one look into a
table. There are no back-references and no look-around, which would need the other way.

Letters match regardless of case, as plain keywords do: `ß` is also `ss`, and `ss` also `ß`. So a
text is read as it is written, where `.` takes a `ß` as one letter, and where need be once more
with such letters written out (Unicode's simple and full case folding). Known are `. [a-z] [^a-z]
\\d \\w \\s \\D \\W \\S \\b ^ $ ( ) | * + ? {2} {2,} {2,5}`, and `\\` before anything else
means just that.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from hobnob_client.catalogue import t
from hobnob_protocol.value import value

STEPS_MAX: Final = 120
"""Steps of one expression, its repetitions written out."""
DEPTH_MAX: Final = 12
"""Brackets in brackets."""
REPEATS_MAX: Final = 40
TABLE_MAX: Final = 4_096
"""Moves that are remembered; beyond, all are forgotten."""

Letter = Callable[[str], bool]
_CLASSES: Final[dict[str, Letter]] = {
    "d": str.isdecimal,
    "w": lambda char: char.isalnum() or char == "_",
    "s": str.isspace,
}
_BREAKS: Final = "\n"


class PatternError(ValueError):
    """What is wrong with an expression, in words."""


@value
class _Step:
    """One step: takes a letter (`letter`), asks where it stands (`place`), or goes on at `to`."""

    letter: Letter | None = None
    place: str = ""
    to: tuple[int, ...] = ()


class Pattern:
    """One expression. PatternError where it is none."""

    def __init__(self, text: str) -> None:
        written = _Compiler(text, _as_written)
        self._as_written = _Walk(written.steps)
        self._written_out: _Walk | None = None
        if not written.leaves_out_many:
            self._written_out = _Walk(_Compiler(text, str.casefold).steps)
        self._has_many = _as_written(text) != text.casefold()

    def found_in(self, text: str) -> bool:
        """Does it match anywhere in the text?"""
        written, out = _as_written(text), text.casefold()
        if self._as_written.found_in(written):
            return True
        if self._written_out is None or (written == out and not self._has_many):
            return False
        return self._written_out.found_in(out)

    @property
    def remembered(self) -> int:
        """Moves that are remembered: each was looked for once."""
        return max(len(each.table) for each in (self._as_written, self._written_out) if each)


class _Walk:
    """The steps of an expression, walked along a folded text."""

    def __init__(self, steps: list[_Step]) -> None:
        self._steps = steps
        self._last = len(steps)
        self.table: dict[tuple[frozenset[int], str, str], tuple[frozenset[int], bool]] = {}

    def found_in(self, text: str) -> bool:
        state: frozenset[int] = frozenset()
        before = ""
        for char in (*text, ""):
            key = (state, before, char)
            found = self.table.get(key)
            if found is None:
                if len(self.table) >= TABLE_MAX:
                    self.table.clear()
                found = self.table[key] = self._move(*key)
            state, matched = found
            if matched:
                return True
            before = char
        return False

    def _move(self, state: frozenset[int], before: str, char: str) -> tuple[frozenset[int], bool]:
        """From between `before` and `char` past `char`; "" is what stands beyond either end."""
        reached: set[int] = set()
        todo = [0, *state]
        while todo:
            at = todo.pop()
            if at in reached:
                continue
            reached.add(at)
            if at == self._last:
                return frozenset(), True
            step = self._steps[at]
            if step.letter is None and (not step.place or _stands(step.place, before, char)):
                todo.extend(step.to)
        steps = self._steps
        return frozenset(
            at + 1
            for at in reached
            if char and (letter := steps[at].letter) is not None and letter(char)
        ), False


def _stands(place: str, before: str, char: str) -> bool:
    if place == "^":
        return before in ("", _BREAKS)
    if place == "$":
        return char in ("", _BREAKS)
    word = _CLASSES["w"]
    return (before != "" and word(before)) != (char != "" and word(char))


class _Compiler:
    """Reads an expression into steps that follow each other, its letters folded by `fold`."""

    def __init__(self, text: str, fold: Callable[[str], str]) -> None:
        self._text = text
        self._fold = fold
        self._at = 0
        self._depth = 0
        self.leaves_out_many = False
        """Does a [^ ] leave out a letter that is written out in several? Written out, the letter
        could not be told from those."""
        self.steps = self._either()
        if self._at < len(text):
            raise PatternError(t("a ) closes nothing"))

    @property
    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self) -> str:
        char = self._next
        self._at += 1
        return char

    def _either(self) -> list[_Step]:
        found = self._row()
        while self._next == "|":
            self._take()
            found = _one_of(found, self._row())
        return found

    def _row(self) -> list[_Step]:
        found: list[_Step] = []
        while self._next not in ("", "|", ")"):
            one = self._repeated(self._one())
            found = _bounded([*found, *_moved(one, len(found))])
        return found

    def _one(self) -> list[_Step]:
        char = self._take()
        if char == "(":
            return self._group()
        if char == "[":
            return self._set()
        if char == ".":
            return [_Step(letter=lambda each: each != _BREAKS)]
        if char in "^$":
            return [_Step(place=char, to=(1,))]
        if char in "*+?":
            raise PatternError(t("nothing stands before the {sign}", sign=char))
        if char != "\\":
            return self._letters(char)
        escaped = self._take()
        if escaped == "b":
            return [_Step(place="b", to=(1,))]
        if not escaped:
            raise PatternError(t("nothing stands behind the last backslash"))
        found = _class(escaped)
        return self._letters(escaped) if found is None else [_Step(letter=found)]

    def _letters(self, char: str) -> list[_Step]:
        """A letter, or those it is written out in."""
        return [_Step(letter=_same(each)) for each in self._fold(char)]

    def _group(self) -> list[_Step]:
        self._depth += 1
        if self._depth > DEPTH_MAX:
            raise PatternError(t("too many brackets in brackets"))
        if self._next == "?":
            raise PatternError(t("(? is not known here"))
        found = self._either()
        if self._take() != ")":
            raise PatternError(t("a ( is not closed"))
        self._depth -= 1
        return found

    def _set(self) -> list[_Step]:
        negated = self._next == "^"
        if negated:
            self._take()
        letters: list[Letter] = []
        many: list[str] = []
        while self._next != "]" or not letters + many:
            char = self._take()
            if not char:
                raise PatternError(t("a [ is not closed"))
            if char == "\\":
                char = self._take()
                found = _class(char)
                if found is not None:
                    letters.append(found)
                    continue
            if self._next == "-" and self._text[self._at + 1 : self._at + 2] not in ("", "]"):
                self._take()
                letters.append(_between(_as_written(char), _as_written(self._take())))
            elif len(self._fold(char)) > 1:
                many.append(char)
            else:
                letters.append(_same(self._fold(char)))
        self._take()
        if negated:
            self.leaves_out_many |= any(letter(each) for each in _many() for letter in letters)
        steps = [_Step(letter=lambda each: any(letter(each) for letter in letters) != negated)]
        for char in () if negated else many:
            steps = _one_of(steps, self._letters(char))
        return steps

    def _repeated(self, one: list[_Step]) -> list[_Step]:
        """`one`, as often as what stands behind it says."""
        while self._next in ("*", "+", "?", "{"):
            low, high = self._times()
            rest = _any_number(one) if high is None else _at_most(one, high - low)
            found: list[_Step] = []
            for _ in range(low):
                found = _bounded([*found, *_moved(one, len(found))])
            one = _bounded([*found, *_moved(rest, len(found))])
        return one

    def _times(self) -> tuple[int, int | None]:
        char = self._take()
        if char != "{":
            return {"*": (0, None), "+": (1, None), "?": (0, 1)}[char]
        end = self._text.find("}", self._at)
        if end < 0:
            raise PatternError(t("a { is not closed"))
        said, self._at = self._text[self._at : end], end + 1
        low, comma, high = said.partition(",")
        if not all((each.isdecimal() and each.isascii()) or each == "" for each in (low, high)):
            raise PatternError(t("in { } stand numbers"))
        least = int(low or 0)
        most = None if comma and not high else int(high) if comma else least
        if least > REPEATS_MAX or (most is not None and not least <= most <= REPEATS_MAX):
            raise PatternError(t("in { } stand at most {most}, the lower first", most=REPEATS_MAX))
        return least, most


def _one_of(one: list[_Step], other: list[_Step]) -> list[_Step]:
    return _bounded(
        [
            _Step(to=(1, len(one) + 2)),
            *_moved(one, 1),
            _Step(to=(len(one) + len(other) + 2,)),
            *_moved(other, len(one) + 2),
        ]
    )


def _any_number(one: list[_Step]) -> list[_Step]:
    return [_Step(to=(1, len(one) + 2)), *_moved(one, 1), _Step(to=(0,))]


def _at_most(one: list[_Step], times: int) -> list[_Step]:
    found: list[_Step] = []
    for _ in range(times):
        rest = [*one, *_moved(found, len(one))]
        found = _bounded([_Step(to=(1, len(rest) + 1)), *_moved(rest, 1)])
    return found


def _moved(steps: list[_Step], by: int) -> list[_Step]:
    """The same steps so many places further on."""
    return [_Step(step.letter, step.place, tuple(to + by for to in step.to)) for step in steps]


def _bounded(steps: list[_Step]) -> list[_Step]:
    if len(steps) > STEPS_MAX:
        raise PatternError(t("it is too long"))
    return steps


def _as_written(text: str) -> str:
    """Every letter folded to one letter, where there is one."""
    folded = text.casefold()
    return folded if len(folded) == len(text) else "".join(map(_one_letter, text))


def _one_letter(char: str) -> str:
    return next((each for each in (char.casefold(), char.lower()) if len(each) == 1), char)


@lru_cache(1)
def _many() -> tuple[str, ...]:
    """The letters that case folding writes out in several, as they are written: all of them are
    in the first plane."""
    letters = map(chr, range(0x10000))
    return tuple({_one_letter(char) for char in letters if len(char.casefold()) > 1})


def _same(wanted: str) -> Letter:
    return lambda each: each == wanted


def _between(low: str, high: str) -> Letter:
    if low > high:
        raise PatternError(t("a range in [ ] runs backwards"))
    return lambda each: low <= each <= high


def _class(char: str) -> Letter | None:
    """What a letter behind a backslash stands for, if for more than itself."""
    found = _CLASSES.get(char.lower())
    if found is None or char.islower():
        return found
    return lambda each: not found(each)
