"""Bodies: what each kind's holds, and every field of each with a value it must not have."""

from dataclasses import dataclass, field
from typing import Any, Final

from tests.protocol.vectors.by_hand import array, pack
from tests.protocol.vectors.frames import Bad, said
from tests.protocol.vectors.rows import Row, invalid, plain, valid
from tests.protocol.vectors.values import ALICE, BOB, SIGNATURE, STREAMS_BAD, TARGET


@dataclass(frozen=True)
class Sample:
    """One kind: its fields, bodies that are right, and what makes the first of them wrong.

    The first has every field; others may lack trailing ones, which then hold what `absent` says.
    """

    name: str
    fields: str
    right: tuple[tuple[Any, ...], ...]
    bad: Bad = ()
    absent: dict[str, object] = field(default_factory=dict[str, object])

    def rows(self) -> list[Row]:
        """The vectors of this kind."""
        rows = [self._right(values) for values in self.right]
        rows.append(self._right(self.right[0], "later"))
        rows += self._cut()
        names = self.fields.split()
        for name, value, rule in self.bad:
            at = names.index(name)
            data = array(*self.right[0][:at], value, *self.right[0][at + 1 :])
            rows.append(invalid(self.name, data, rule, f"{name}: {said(value)}"))
        return rows

    def _right(self, values: tuple[Any, ...], *later: object) -> Row:
        names = self.fields.split()
        fields = {**self.absent, **dict(zip(names, values, strict=False))}
        ordered = {name: plain(fields[name]) for name in names}
        more = {"later": True} if later else {}
        return valid(self.name, array(*values, *later), fields=ordered, **more)

    def _cut(self) -> list[Row]:
        """The first one spoiled as any body can be."""
        data = array(*self.right[0])
        long = b"\xdc" + bytes((0, data[0] & 0x0F)) + data[1:]
        rows = [
            invalid(self.name, data[:-1], "truncated", "its last byte is missing"),
            invalid(self.name, data + b"\0", "trailing", "a byte follows"),
            invalid(self.name, long, "length", "its count is long"),
            invalid(self.name, pack(None), "body.array", "nil"),
        ]
        required = len(self.fields.split()) - len(self.absent)
        if required:
            short = array(*self.right[0][: required - 1])
            rows.append(invalid(self.name, short, "body.short", "one field too few"))
        return rows


def text(name: str, most: int, lines: bool = False, empty: bool = False) -> Bad:
    """What a text of at most so many characters may not be."""
    found: list[tuple[str, object, str]] = [
        (name, 7, "body.text.type"),
        (name, b"bin", "body.text.type"),
        (name, "x" * (most + 1), "body.text.length"),
        (name, "a\0", "body.text.control"),
        (name, "\x1b[2J", "body.text.control"),
        (name, "a\x7f", "body.text.control"),
        (name, "a\x9b", "body.text.control"),
    ]
    if not empty:
        found.append((name, "", "body.text.empty"))
    if lines:
        found.append((name, "a\rb", "body.text.control"))
    else:
        found += [(name, "a\nb", "body.text.control"), (name, "a\tb", "body.text.control")]
    return tuple(found)


def size(name: str, length: int, most: int = 0, least: int = 0) -> Bad:
    """What so many bytes may not be; of a bound with `most`, what is out of it."""
    shorter, longer = (least or length) - 1, (most or length) + 1
    return (
        (name, bytes(shorter), "body.blob"),
        (name, bytes(longer), "body.blob"),
        (name, "x" * length, "body.blob"),
        (name, False, "body.blob"),
    )


def boolean(name: str) -> Bad:
    """What a boolean may not be."""
    return tuple((name, value, "body.boolean") for value in (None, 0, 1, "yes"))


def integer(name: str, most: int) -> Bad:
    """What an integer from 0 to `most` may not be."""
    return tuple((name, value, "body.integer") for value in (-1, most + 1, "1", True))


def stream(name: str) -> Bad:
    """What a stream's id may not be."""
    return tuple((name, value, "body.stream") for value in (*STREAMS_BAD, "dir", None))


MENTIONS: Final[Bad] = (
    ("mentions", None, "body.many.type"),
    ("mentions", ALICE, "body.many.type"),
    ("mentions", [bytes([n]) * 20 for n in range(11)], "body.many.count"),
    ("mentions", [ALICE, BOB, ALICE], "body.many.distinct"),
    ("mentions", [ALICE[1:]], "body.blob"),
    ("mentions", ["alice"], "body.blob"),
)
"""What a list of mentions may not be."""

TARGETS: Final[Bad] = size("target", 16)
SIGNED: Final[Bad] = (*size("link", 4, 2_048, 1), *size("link_signature", 64))
"""What a link and its signature may not be."""
LINKS: Final = ((b"link", SIGNATURE), (bytes(2_048), SIGNATURE), (b"x", bytes(64)))


def on_off(name: str, fields: str, switch: str, first: tuple[Any, ...], bad: Bad) -> Sample:
    """A kind whose last field is a switch that is on where it is absent."""
    right = ((*first, False), first)
    return Sample(name, fields, right, (*bad, *boolean(switch)), {switch: True})


SEALED: Final = (
    *(
        valid("sealed", data, fields={"sealed": plain(data)})
        for data in (b"\xc1 no MessagePack", b"x", bytes(16_384))
    ),
    *(
        invalid("sealed", data, "body.opaque", f"{len(data)} bytes")
        for data in (b"", bytes(16_385), b"x" * 16_386, bytes(65_536))
    ),
)
"""The one kind whose body is no array."""

TARGET_ONLY: Final = ((TARGET,), (bytes(16),))
"""Bodies that name an event and say no more."""
