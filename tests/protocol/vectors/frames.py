"""Frames: what each holds, and every field of each with a value it must not have."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from tests.protocol.vectors.by_hand import MAP, array, pack
from tests.protocol.vectors.rows import Row, invalid, plain, valid

Fields: TypeAlias = dict[str, Any]
"""Every field of a frame in order; a value inside one is such a dictionary too."""

Bad: TypeAlias = tuple[tuple[str, object, str], ...]
"""A field, what stands there instead, and the rule this breaks."""
NOTHING: Final[tuple[object, ...]] = ()
"""An array without elements."""

ABSENT: Final[dict[str, Fields]] = {
    "WELCOME": {"questions": 0, "presence": False},
    "TYPING": {"account": None},
    "PAGE": {"context": []},
    "BACKPAGE": {"context": []},
    "ACK.answers": {"seq": 0, "head8": b"", "code": ""},
    "OFFERACK.answers": {"code": ""},
}
"""What trailing fields hold that are left out, by the frame or the list they stand in."""
FLAT: Final = ("PAGE", "BACKPAGE")
"""Frames whose events travel as one flat array."""


@dataclass(frozen=True)
class Sample:
    """One frame: its op, some that are right, and what makes the first of them wrong.

    Each of `bad` is a field, or a field of the first value in one (`answers.status`), what stands
    there instead, and the rule this breaks.
    """

    name: str
    op: int
    right: tuple[Fields, ...]
    bad: Bad

    def rows(self) -> list[Row]:
        """The vectors of this frame."""
        rows = [self._right(fields) for fields in self.right]
        rows.append(self._right(self._whole(), "later"))
        rows += self._cut()
        for place, value, rule in self.bad:
            fields = _with(self._travelling(self._whole()), place, value)
            rows.append(invalid(self.name, self._pack(fields), rule, f"{place}: {said(value)}"))
        return rows

    def _right(self, fields: Fields, *later: object) -> Row:
        data = self._pack(self._travelling(fields), *later)
        more = {"later": True} if later else {}
        return valid(self.name, data, fields=plain(fields), **more)

    def _whole(self) -> Fields:
        """The first that is right; those with absent fields come after it."""
        return self.right[0]

    def _cut(self) -> list[Row]:
        """The first one spoiled as any array can be."""
        fields = self._travelling(self._whole())
        data = self._pack(fields)
        required = [name for name in fields if name not in ABSENT.get(self.name, {})]
        short = array(self.op, *(fields[name] for name in required[:-1]))
        assert data[0] & 0xF0 == 0x90, "frames are short arrays"
        long = b"\xdc" + bytes((0, data[0] & 0x0F)) + data[1:]
        rows = [
            invalid(self.name, data[:-1], "truncated", "its last byte is missing"),
            invalid(self.name, data + b"\0", "trailing", "a byte follows"),
            invalid(self.name, long, "length", "its count is long"),
            invalid(self.name, short, "frame.short", f"{required[-1]} is missing"),
        ]
        if len(required) > 1:
            rows.append(invalid(self.name, array(self.op), "frame.short", "nothing but its op"))
        return rows

    def _pack(self, fields: Fields, *later: object) -> bytes:
        return array(self.op, *fields.values(), *later)

    def _travelling(self, fields: Fields) -> Fields:
        """The same as it travels: absent fields left out, a page's events in one array."""
        made = _without_absent(deepcopy(fields), self.name)
        for name, value in made.items():
            place = f"{self.name}.{name}"
            if name == "events" and self.name in FLAT:
                made[name] = [part for event in value for part in event.values()]
            elif place in ABSENT:
                made[name] = [_without_absent(inner, place) for inner in value]
        return made


def _without_absent(fields: Fields, place: str) -> Fields:
    absent = ABSENT.get(place, {})
    names = list(fields)
    while names and names[-1] in absent and fields[names[-1]] == absent[names[-1]]:
        names.pop()
    return {name: fields[name] for name in names}


def _with(fields: Fields, place: str, value: object) -> Fields:
    """The fields with another value at `place`."""
    name, _, inner = place.partition(".")
    if not inner:
        return {**fields, name: value}
    first, *rest = fields[name]
    return {**fields, name: [{**first, inner: value}, *rest]}


def said(value: object) -> str:
    """A value as a reason shows it."""
    data = pack(value)
    text = repr(plain(value))
    return text if len(text) <= 60 else f"{type(value).__name__}, {len(data)} bytes packed"


def no_frames() -> list[Row]:
    """What is no frame at all."""
    shapes: tuple[tuple[bytes, str], ...] = (
        (pack(None), "nil"),
        (pack(1), "an op alone"),
        (array(), "an array without an op"),
        (pack({MAP: {"op": 48}}), "a map"),
        (pack("PING"), "a string"),
    )
    rows = [invalid("frame", data, "frame.array", why) for data, why in shapes]
    ops: tuple[object, ...] = (0, 7, 64, -1, 2**53, True, None, "1", b"\1", [1])
    return rows + [
        invalid("frame", array(op, 1), "frame.op", f"its op is {said(op)}") for op in ops
    ]
