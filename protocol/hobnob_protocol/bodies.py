"""Bodies as bytes: one encoder and one decoder for all, driven by how the fields are declared.

A body travels as a MessagePack array of its fields in order. The encoder leaves trailing fields
out that equal their defaults; the decoder takes absent ones as such, and ignores elements beyond
those the class knows: a later version wrote them. An opaque body travels as its one field's bytes.
"""

from collections.abc import Callable, Iterable
from dataclasses import MISSING
from typing import Any, Final, TypeVar

from hobnob_protocol.codec import Wire, decode, encode
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.kind import Body
from hobnob_protocol.limits import BODY_BYTES_MAX
from hobnob_protocol.value import declared, value

Check = Callable[[Wire], str]
"""Names the rule a value breaks, or returns "" where it breaks none."""

B = TypeVar("B", bound=Body)

RULES: Final = {
    "body.array": "a body is an array, unless its kind is opaque",
    "body.short": "a body has all its required fields",
    "body.text.type": "a text is a string",
    "body.text.empty": "a text has a character, unless it may be empty",
    "body.text.length": "a text keeps its bound in characters",
    "body.text.control": "a text has no C0, DEL, C1 or surrogate; LF and TAB only with lines",
    "body.handle": "a handle is 2 to 32 of a to z, 0 to 9, _ and -, a letter first",
    "body.choice": "a choice is one of its options",
    "body.boolean": "a boolean is true or false",
    "body.integer": "an integer is in its range",
    "body.blob": "bytes have their length",
    "body.stream": "a stream id is of one of the six sorts",
    "body.many.type": "many values are an array",
    "body.many.count": "many values keep their count",
    "body.many.distinct": "distinct values differ from each other",
    "body.many.ascending": "ascending values each exceed the one before",
    "body.record": "a record is an array of one of each",
    "body.opaque": f"an opaque body is 1 to {BODY_BYTES_MAX} bytes",
}
"""Every rule a field can break, by the name its `ProtocolError` carries; some bodies have rules
between their fields beside these (`Body.rules`), also as ``body.`` and a name."""

SHAPE: Final = "hobnob shape"
"""Where a dataclass field's metadata holds its shape."""

_layouts: dict[type[Body], "Layout"] = {}
"""Each body class read once: a pure function's memory, it changes no answer."""


@value
class Shape:
    """What a field holds: how it is checked and how the specification says it."""

    check: Check
    described: str
    opaque: bool = False


def shape_of(declared: Any) -> Shape:
    """The shape a field was declared with; raises `UsageError` where it has none."""
    found = getattr(declared, "metadata", {}).get(SHAPE)
    if not isinstance(found, Shape):
        raise UsageError("declare the fields of a body with hobnob_protocol.fields")
    return found


@value
class Layout:
    """A body class read once: its fields' names, checks, descriptions and defaults in order."""

    names: tuple[str, ...]
    checks: tuple[Check, ...]
    described: tuple[str, ...]
    defaults: tuple[object, ...]
    required: int
    opaque: bool

    def verify(self, values: Iterable[Wire]) -> None:
        """Raise `ProtocolError` with the rule and the field of the first value that is wrong.

        Absent trailing values and ones beyond the last field are not looked at.
        """
        for name, check, held in zip(self.names, self.checks, values, strict=False):
            if rule := check(held):
                raise ProtocolError(f"body.{rule}", name)

    def without_defaults(self, values: tuple[Wire, ...]) -> tuple[Wire, ...]:
        """All values but the trailing ones that equal their defaults."""
        count = len(values)
        while count > self.required and values[count - 1] == self.defaults[count - 1]:
            count -= 1
        return values[:count]


def layout_of(cls: type[Body]) -> Layout:
    """The layout of a body class; raises `UsageError` where its declarations make none."""
    layout = _layouts.get(cls)
    if layout is None:
        layout = _layouts[cls] = _read(cls)
    return layout


def encode_body(body: Body) -> bytes:
    """The bytes of a body.

    Raises `UsageError`, caused by the `ProtocolError` that names the rule, where the body breaks
    one: nobody here makes what a peer must refuse.
    """
    layout = layout_of(type(body))
    values: tuple[Any, ...] = tuple(getattr(body, name) for name in layout.names)
    try:
        layout.verify(values)
        _agree(body)
        data: bytes = values[0] if layout.opaque else encode(layout.without_defaults(values))
        if len(data) > BODY_BYTES_MAX:
            raise ProtocolError("size", f"{len(data)} bytes")
    except ProtocolError as broken:
        raise UsageError(f"no valid {type(body).__name__}: {broken}") from broken
    return data


def decode_body(cls: type[B], data: bytes) -> B:
    """Read a body of class `cls`; raises `ProtocolError` with the rule and the field's name."""
    layout = layout_of(cls)
    values = (data,) if layout.opaque else decode(data, BODY_BYTES_MAX)
    if type(values) is not tuple:
        raise ProtocolError("body.array")
    if len(values) < layout.required:
        raise ProtocolError("body.short", layout.names[len(values)])
    layout.verify(values)
    known: tuple[Any, ...] = values[: len(layout.names)]
    body = cls(*known)
    _agree(body)
    return body


def _agree(body: Body) -> None:
    if rule := body.contradiction():
        raise ProtocolError(f"body.{rule}")


def _read(cls: type[Body]) -> Layout:
    given = declared(cls)
    shapes = tuple(shape_of(each) for each in given.values())
    opaque = any(shape.opaque for shape in shapes)
    if opaque and len(shapes) != 1:
        raise UsageError(f"{cls.__name__}: an opaque field stands alone")
    return Layout(
        names=tuple(given),
        checks=tuple(shape.check for shape in shapes),
        described=tuple(shape.described for shape in shapes),
        defaults=tuple(each.default for each in given.values()),
        required=sum(each.default is MISSING for each in given.values()),
        opaque=opaque,
    )
