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
from dataclasses import MISSING, field
from itertools import pairwise
from typing import Any, Final, TypeVar, cast, dataclass_transform

from hobnob_protocol.bodies import SHAPE, Shape, layout_of, shape_of
from hobnob_protocol.codec import Wire
from hobnob_protocol.crypto import SIGNATURE_BYTES
from hobnob_protocol.handle import PATTERN
from hobnob_protocol.ids import LENGTHS, stream_type
from hobnob_protocol.kind import Body
from hobnob_protocol.limits import BODY_BYTES_MAX, LINK_BYTES_MAX, SEQ_MAX, TIME_MS_MAX
from hobnob_protocol.value import value

B = TypeVar("B", bound=Body)

_CONTROLS: Final = "[\x00-\x1f\x7f-\x9f\ud800-\udfff]"
"""C0, DEL, C1 and surrogates: what a terminal could obey (security.md §5b)."""
_CONTROLS_BUT_LINES: Final = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]"
"""The same but for LF and TAB; both are compiled when a text is looked through."""


# What a field may hold. Each returns a dataclass field whose metadata carries its shape; the
# result is typed Any, as `dataclasses.field` is for its class: the annotation is the type.


def text(*, max: int, lines: bool = False, empty: bool = False, default: object = MISSING) -> Any:
    """Text of at most `max` characters without controls; LF and TAB only with `lines`."""
    controls = _CONTROLS_BUT_LINES if lines else _CONTROLS

    def check(value: Wire) -> str:
        if type(value) is not str:
            return "text.type"
        if not value and not empty:
            return "text.empty"
        if len(value) > max:
            return "text.length"
        # Printable text holds no control: most text is spared the search.
        if not value.isprintable() and re.search(controls, value):
            return "text.control"
        return ""

    least = 0 if empty else 1
    described = f"text of {least} to {max}{', with lines' if lines else ''}"
    return _declared(Shape(check, described), default)


def handle() -> Any:
    """A handle: 2 to 32 of a to z, 0 to 9, _ and -; a letter first."""

    def check(value: Wire) -> str:
        return "" if type(value) is str and PATTERN.fullmatch(value) else "handle"

    return _declared(Shape(check, "handle"), MISSING)


def choice(*options: str, default: object = MISSING) -> Any:
    """One of `options`."""

    def check(value: Wire) -> str:
        return "" if type(value) is str and value in options else "choice"

    return _declared(Shape(check, " or ".join(f'"{option}"' for option in options)), default)


def boolean(default: object = MISSING) -> Any:
    """True or false."""

    def check(value: Wire) -> str:
        return "" if type(value) is bool else "boolean"

    return _declared(Shape(check, "boolean"), default)


def integer(lo: int, hi: int, *, default: object = MISSING) -> Any:
    """An integer from `lo` to `hi`, both included."""

    def check(value: Wire) -> str:
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

    def check(value: Wire) -> str:
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


def device() -> Any:
    """A device's id, or a recovery key's."""
    return blob(min=LENGTHS["device"], max=LENGTHS["device"])


def link() -> Any:
    """One link of an account's chain, as signed."""
    return blob(max=LINK_BYTES_MAX)


def signature() -> Any:
    """An Ed25519 signature."""
    return blob(max=SIGNATURE_BYTES, min=SIGNATURE_BYTES)


def stream(default: object = MISSING) -> Any:
    """A `StreamId`."""

    def check(value: Wire) -> str:
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

    def check(value: Wire) -> str:
        if type(value) is not tuple:
            return "many.type"
        if not min <= len(value) <= max:
            return "many.count"
        for element in value:
            if rule := each.check(element):
                return rule
        if distinct and len(set(value)) != len(value):
            return "many.distinct"
        # All elements passed one check, so they are of one sort and have an order.
        if ascending and any(a >= b for a, b in pairwise(cast("tuple[bytes, ...]", value))):
            return "many.ascending"
        return ""

    order = ", ascending" if ascending else ", distinct" if distinct else ""
    return _declared(Shape(check, f"{min} to {max} of ({each.described}){order}"), default)


def record(*of: Any) -> Any:
    """A fixed array: one value of each of the fields `of`, in order."""
    shapes = tuple(shape_of(each) for each in of)

    def check(value: Wire) -> str:
        if type(value) is not tuple or len(value) != len(shapes):
            return "record"
        for each, element in zip(shapes, value, strict=True):
            if rule := each.check(element):
                return rule
        return ""

    return _declared(Shape(check, f"[{', '.join(each.described for each in shapes)}]"), MISSING)


def opaque() -> Any:
    """The whole body, which only its readers can open; it must be the only field."""

    def check(value: Wire) -> str:
        return "" if type(value) is bytes and 0 < len(value) <= BODY_BYTES_MAX else "opaque"

    return _declared(Shape(check, "the body itself, opaque", opaque=True), MISSING)


def _declared(shape: Shape, default: object) -> Any:
    """A dataclass field that holds `shape`; with a default of None, None too."""
    if default is None:
        check = shape.check
        shape = Shape(lambda value: "" if value is None else check(value), shape.described)
    # One call for both: `field` reads MISSING as "no default".
    return field(default=default, metadata={SHAPE: shape})


@dataclass_transform(
    frozen_default=True,
    field_specifiers=(
        text, handle, choice, boolean, integer, seq, time_ms, blob, target, account, channel,
        device_key, link, signature, stream, many, record, opaque,
    ),
)  # fmt: skip
def body(cls: type[B]) -> type[B]:
    """Make a body of a class: a frozen dataclass with slots, its declarations checked now."""
    made = value(cls)
    layout_of(made)
    return made
