"""How the fields of a body are declared; checking, encoding, decoding and description follow.

A body is a class under `@fields.body` whose fields say what they hold::

    @fields.body
    class Post(Body):
        text: str = fields.text(max=POST_TEXT_MAX, lines=True)
        thread: TargetId | None = fields.target(default=None)

A field with a `default` is optional: the encoder leaves trailing defaults out, the decoder takes
them as absent; None is a value of a field exactly if it is its default. Elements beyond those a
class knows are ignored: a later version wrote them. The declaration is the only place a field's
rule stands.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import MISSING, dataclass, field
from dataclasses import fields as dataclass_fields
from functools import cache
from itertools import pairwise
from typing import Any, Final, TypeVar, dataclass_transform

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.ids import LENGTHS, stream_type
from hobnob_protocol.kind import Body, Value
from hobnob_protocol.limits import BODY_BYTES_MAX, LINK_BYTES_MAX, SEQ_MAX, TIME_MS_MAX

Check = Callable[[object], str]
"""Names the rule a value breaks, or returns "" where it breaks none."""

B = TypeVar("B", bound=Body)

_SHAPE: Final = "hobnob shape"
"""Where a dataclass field's metadata holds its shape."""
_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""C0, DEL, C1 and surrogates: what a terminal could obey (security.md §5b)."""
_CONTROLS_BUT_LINES: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""The same but for LF and TAB."""
_HANDLE: Final = re.compile("[a-z][a-z0-9_-]{1,31}")
"""A handle: ASCII, so that no two look alike (security.md §3)."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a field holds: how it is checked and how the specification says it."""

    check: Check
    described: str
    opaque: bool = False


# What a field may hold. Each returns a dataclass field whose metadata carries its shape; the
# result is typed Any, as `dataclasses.field` is for its class: the annotation is the type.


def text(*, max: int, lines: bool = False, empty: bool = False, default: object = MISSING) -> Any:
    """Text of at most `max` characters without controls; LF and TAB only with `lines`."""
    controls = _CONTROLS_BUT_LINES if lines else _CONTROLS

    def check(value: object) -> str:
        if type(value) is not str:
            return "text.type"
        if not value and not empty:
            return "text.empty"
        if len(value) > max:
            return "text.length"
        # Printable text holds no control: most text is spared the search.
        if not value.isprintable() and controls.search(value):
            return "text.control"
        return ""

    least = 0 if empty else 1
    return _declared(Shape(check, f"text of {least} to {max}{', with lines' if lines else ''}"), default)


def handle() -> Any:
    """A handle: 2 to 32 of a to z, 0 to 9, _ and -; a letter first."""

    def check(value: object) -> str:
        return "" if type(value) is str and _HANDLE.fullmatch(value) else "handle"

    return _declared(Shape(check, "handle"), MISSING)


def choice(*options: str, default: object = MISSING) -> Any:
    """One of `options`."""

    def check(value: object) -> str:
        return "" if type(value) is str and value in options else "choice"

    return _declared(Shape(check, " or ".join(f'"{option}"' for option in options)), default)


def boolean(default: object = MISSING) -> Any:
    """True or false."""

    def check(value: object) -> str:
        return "" if type(value) is bool else "boolean"

    return _declared(Shape(check, "boolean"), default)


def integer(lo: int, hi: int, *, default: object = MISSING) -> Any:
    """An integer from `lo` to `hi`, both included."""

    def check(value: object) -> str:
        return "" if type(value) is int and lo <= value <= hi else "integer"

    return _declared(Shape(check, f"integer {lo} to {hi}"), default)


def seq(default: object = MISSING) -> Any:
    """A sequence number or counter, 0 included."""
    return integer(0, SEQ_MAX, default=default)


def time_ms(default: object = MISSING) -> Any:
    """Milliseconds since 1970."""
    return integer(0, TIME_MS_MAX, default=default)


def blob(*, max: int, min: int = 1, default: object = MISSING) -> Any:
    """From `min` to `max` bytes."""

    def check(value: object) -> str:
        return "" if type(value) is bytes and min <= len(value) <= max else "blob"

    length = f"{max}" if min == max else f"{min} to {max}"
    return _declared(Shape(check, f"{length} bytes"), default)


def target(default: object = MISSING) -> Any:
    """Another event of the stream, by its `TargetId`."""
    return blob(max=LENGTHS["target"], min=LENGTHS["target"], default=default)


def account(default: object = MISSING) -> Any:
    """An `AccountId`."""
    return blob(max=LENGTHS["account"], min=LENGTHS["account"], default=default)


def channel(default: object = MISSING) -> Any:
    """A `ChannelId`."""
    return blob(max=LENGTHS["channel"], min=LENGTHS["channel"], default=default)


def device_key() -> Any:
    """A `DeviceKey`."""
    return blob(max=LENGTHS["device_key"], min=LENGTHS["device_key"])


def link() -> Any:
    """One link of an account's chain, as signed."""
    return blob(max=LINK_BYTES_MAX)


def signature() -> Any:
    """An Ed25519 signature."""
    return blob(max=64, min=64)


def stream(default: object = MISSING) -> Any:
    """A `StreamId`."""

    def check(value: object) -> str:
        return "" if type(value) is bytes and stream_type(value) is not None else "stream"

    return _declared(Shape(check, "stream"), default)


def many(
    of: Any,
    *,
    max: int,
    min: int = 0,
    ascending: bool = False,
    distinct: bool = False,
    default: object = MISSING,
) -> Any:
    """From `min` to `max` values of what the field `of` holds.

    `distinct` forbids a value twice; `ascending` also any other order, so that a set of values
    has one spelling.
    """
    each = shape_of(of)

    def check(value: object) -> str:
        if type(value) is not tuple:
            return "many.type"
        values: tuple[Any, ...] = value
        if not min <= len(values) <= max:
            return "many.count"
        for element in values:
            if rule := each.check(element):
                return rule
        if distinct and len(set(values)) != len(values):
            return "many.distinct"
        if ascending and any(a >= b for a, b in pairwise(values)):
            return "many.ascending"
        return ""

    order = ", ascending" if ascending else ", distinct" if distinct else ""
    return _declared(Shape(check, f"{min} to {max} of ({each.described}){order}"), default)


def record(*of: Any) -> Any:
    """A fixed array: one value of each of the fields `of`, in order."""
    shapes = tuple(shape_of(each) for each in of)

    def check(value: object) -> str:
        if type(value) is not tuple:
            return "record"
        values: tuple[object, ...] = value
        if len(values) != len(shapes):
            return "record"
        for each, element in zip(shapes, values, strict=True):
            if rule := each.check(element):
                return rule
        return ""

    return _declared(Shape(check, f"[{', '.join(each.described for each in shapes)}]"), MISSING)


def opaque() -> Any:
    """The whole body, which only its readers can open; it must be the only field."""

    def check(value: object) -> str:
        return "" if type(value) is bytes and 0 < len(value) <= BODY_BYTES_MAX else "opaque"

    return _declared(Shape(check, "the body itself, opaque", opaque=True), MISSING)


def shape_of(declared: Any) -> Shape:
    """The shape a field was declared with; raises `UsageError` where it has none."""
    found = getattr(declared, "metadata", {}).get(_SHAPE)
    if not isinstance(found, Shape):
        raise UsageError("declare the fields of a body with hobnob_protocol.fields")
    return found


def _declared(shape: Shape, default: object) -> Any:
    """A dataclass field that holds `shape`; with a default of None, None too."""
    if default is None:
        check = shape.check
        shape = Shape(lambda value: "" if value is None else check(value), shape.described)
    # One call for both: `field` reads MISSING as "no default".
    return field(default=default, metadata={_SHAPE: shape})


@dataclass_transform(
    frozen_default=True,
    field_specifiers=(
        text, handle, choice, boolean, integer, seq, time_ms, blob, target, account, channel,
        device_key, link, signature, stream, many, record, opaque,
    ),
)  # fmt: skip
def body(cls: type[B]) -> type[B]:
    """Make a body of a class: a frozen dataclass with slots, its declarations checked now."""
    made = dataclass(frozen=True, slots=True)(cls)
    layout_of(made)
    return made


@dataclass(frozen=True, slots=True)
class Layout:
    """A body class read once: its fields' names, checks, descriptions and defaults in order."""

    names: tuple[str, ...]
    checks: tuple[Check, ...]
    described: tuple[str, ...]
    defaults: tuple[object, ...]
    required: int
    opaque: bool

    def verify(self, values: Iterable[object]) -> None:
        """Raise `ProtocolError` with the rule and the field of the first value that is wrong."""
        for name, check, value in zip(self.names, self.checks, values, strict=False):
            if rule := check(value):
                raise ProtocolError(f"body.{rule}", name)


@cache
def layout_of(cls: type[Body]) -> Layout:
    """The layout of a body class; raises `UsageError` where its declarations make none."""
    declared = dataclass_fields(cls)
    shapes = tuple(shape_of(each) for each in declared)
    is_opaque = any(shape.opaque for shape in shapes)
    if is_opaque and len(shapes) != 1:
        raise UsageError(f"{cls.__name__}: an opaque field stands alone")
    return Layout(
        names=tuple(each.name for each in declared),
        checks=tuple(shape.check for shape in shapes),
        described=tuple(shape.described for shape in shapes),
        defaults=tuple(each.default for each in declared),
        required=sum(each.default is MISSING for each in declared),
        opaque=is_opaque,
    )


def encode_body(body: Body) -> bytes:
    """The bytes of a body, trailing defaults left out.

    Raises `UsageError`, caused by the `ProtocolError` that names the rule, where the body breaks
    one: a caller never makes what a peer must refuse.
    """
    layout = layout_of(type(body))
    values: tuple[Any, ...] = tuple(getattr(body, name) for name in layout.names)
    try:
        layout.verify(values)
        _agree(body)
        data = values[0] if layout.opaque else encode(_without_defaults(values, layout))
        if len(data) > BODY_BYTES_MAX:
            raise ProtocolError("body.length")
    except ProtocolError as broken:
        raise UsageError(f"no valid {type(body).__name__}: {broken}") from broken
    return data


def decode_body(cls: type[B], data: bytes) -> B:
    """Read a body of class `cls`; raises `ProtocolError` with the rule and the field's name."""
    layout = layout_of(cls)
    values: Any = (data,) if layout.opaque else decode(data, BODY_BYTES_MAX)
    if type(values) is not tuple:
        raise ProtocolError("body.array")
    if len(values) < layout.required:
        raise ProtocolError("body.short", layout.names[len(values)])
    layout.verify(values)
    body = cls(*values[: len(layout.names)])
    _agree(body)
    return body


def _agree(body: Body) -> None:
    if rule := body.contradiction():
        raise ProtocolError(f"body.{rule}")


def _without_defaults(values: tuple[Value, ...], layout: Layout) -> tuple[Value, ...]:
    count = len(values)
    while count > layout.required and values[count - 1] == layout.defaults[count - 1]:
        count -= 1
    return values[:count]
