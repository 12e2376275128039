"""How a frame's dataclass travels: read once from its annotations, bounded by the tables here.

Each field gets a reader, which checks a decoded value, and a description for the specification.
Lengths, counts and ranges stand in the tables below, by the field's name or, where a name is not
enough, by ``Class.field``; a field without a bound does not compile.
"""

from collections.abc import Callable
from dataclasses import MISSING
from itertools import pairwise
from operator import attrgetter, call
from types import NoneType, UnionType
from typing import (
    Any,
    Final,
    Generic,
    NewType,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from hobnob_protocol import ids, limits
from hobnob_protocol.codec import Wire
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.frames import Stamped
from hobnob_protocol.ids import StreamId, stream_type
from hobnob_protocol.value import declared, value

T = TypeVar("T")
Read = Callable[[Wire], Any]
Write = Callable[[Any], object]
_CALL: Final = cast("Callable[[Read, Wire], Any]", call)  # In C; `map` ends with the shorter.

RULES: Final = {
    "frame.array": "a frame is an array that begins with its op",
    "frame.op": "the op is one of the table",
    "frame.record": "a value of several fields is an array",
    "frame.short": "a frame, and each value in it, has all its required fields",
    "frame.boolean": "a boolean is true or false",
    "frame.bytes": "bytes have their length",
    "frame.integer": "an integer is in its range",
    "frame.list": "a list is an array and keeps its count",
    "frame.order": "accounts are ascending, each once",
    "frame.page": f"the events of a page have at most {limits.PAGE_BYTES_MAX} bytes together",
    "frame.stamped": "the events of a page alternate a time and an event",
    "frame.stream": "a stream id is of one of the six sorts",
    "frame.text": "a text keeps its bound in characters, all of them printable",
}
"""Every rule a frame must keep beyond the codec's, by the name its `ProtocolError` carries; the
error's detail names the field."""

ID_BYTES: Final[dict[object, int]] = {
    ids.AccountId: 20,
    ids.ChannelId: 16,
    ids.DeviceId: 8,
    ids.DeviceKey: 32,
    ids.Epoch: 8,
    ids.GrantId: 8,
    ids.Head: 32,
    ids.Head8: 8,
    ids.HubId: 32,
    ids.ReplicaId: 8,
    ids.TargetId: 16,
}
"""The exact length of each id."""

BYTES: Final = {
    "answer": (0, limits.ANSWER_BYTES_MAX),
    "certificate": (32, 32),
    "certificates": (32, 32),
    "data": (0, limits.CARRY_BYTES_MAX),
    "digest": (16, 16),
    "event": (1, limits.EVENT_BYTES_MAX),
    "file": (0, limits.WELCOME_FILE_BYTES_MAX),
    "invite": (1, limits.INVITE_BYTES_MAX),
    "link": (1, limits.LINK_BYTES_MAX),
    "link_signature": (64, 64),
    "nonce": (32, 32),
    "proof": (1, limits.SSH_SIGNATURE_BYTES_MAX),
    "question": (1, limits.QUESTION_BYTES_MAX),
    "ranking": (0, limits.MATCH_FILE_BYTES_MAX),
    "record": (1, limits.LINK_BYTES_MAX),
    "signature": (64, 64),
    "slot": (32, 32),
}
"""Fewest and most bytes of each plain bin."""

TEXTS: Final = {
    "act": limits.CODE_TEXT_MAX,
    "client": limits.CLIENT_TEXT_MAX,
    "code": limits.CODE_TEXT_MAX,
    "counts": limits.WORDS_TEXT_MAX,
    "due": limits.CODE_TEXT_MAX,
    "handle": limits.HANDLE_TEXT_MAX,
    "language": limits.CODE_TEXT_MAX,
    "measure": limits.CODE_TEXT_MAX,
    "name": limits.NAME_TEXT_MAX,
    "period": limits.CODE_TEXT_MAX,
    "rule": limits.NAME_TEXT_MAX,
    "state": limits.CODE_TEXT_MAX,
    "why": limits.CODE_TEXT_MAX,
}
"""Most characters of each text."""

COUNTS: Final = {
    "accounts": limits.WANTED_ACCOUNTS_MAX,
    "answers": limits.PUSH_EVENTS_MAX,
    "badges": limits.ANSWER_ROWS_MAX,
    "certificates": limits.CERTIFICATES_MAX,
    "context": limits.CONTEXT_EVENTS_MAX,
    "displayed": limits.OFFLINE_SHOWS_MAX,
    "entries": limits.GRANTS_MAX,
    "events": limits.PUSH_EVENTS_MAX,
    "forks": limits.LINEAGE_MAX,
    "lineage": limits.LINEAGE_MAX,
    "lines": limits.ANSWER_ROWS_MAX,
    "loads": limits.OFFERED_MAX,
    "parts": limits.ANSWER_ROWS_MAX,
    "people": limits.OFFERED_MAX,
    "present": limits.PRESENT_ACCOUNTS_MAX,
    "records": limits.RECORDS_MAX,
    "requests": limits.ANSWER_ROWS_MAX,
    "reserved": limits.SHOWN_AT_ONCE,
    "rows": limits.ANSWER_ROWS_MAX,
    "streams": limits.OPEN_STREAMS_MAX,
    "versions": limits.VERSIONS_MAX,
    "words": limits.ANSWER_ROWS_MAX,
    "worths": limits.ANSWER_ROWS_MAX,
}
"""Most elements of each list; a page's events have their own bound."""

ASCENDING: Final = ("accounts", "present")
"""Lists whose elements are ascending, each once."""

NEVER_EMPTY: Final = ("Want.accounts",)
"""Lists of one element at least."""

STATUSES: Final = {
    "Opened.status": 2,
    "Acked.status": 3,
    "OfferAnswer.status": 2,
    "Told.status": 2,
}
"""The highest status of each answer: a peer that knows more says so by its version."""

MAY_BE_EMPTY: Final = ("Acked.head8",)
"""Ids that may be absent, and then are an empty bin."""

_REQUIRED: Final = object()


@value
class Shape:
    """What one field holds: its reader, its writer where plain packing is not enough, its words."""

    read: Read
    described: str
    write: Write | None = None


@value
class Layout(Generic[T]):
    """How one dataclass travels: an array of its fields in order.

    Trailing fields at their default are left out and may be absent. Elements beyond the last field
    are ignored: a later version wrote them.
    """

    cls: type[T]
    names: tuple[str, ...]
    described: tuple[str, ...]
    reads: tuple[Read, ...]
    writes: tuple[tuple[int, Write], ...]
    defaults: tuple[object, ...]
    required: int
    values: Callable[[object], tuple[object, ...]]

    def read(self, value: Wire) -> T:
        """The value of an array; ProtocolError naming the rule and the field."""
        if type(value) is not tuple:
            raise ProtocolError("frame.record", self.cls.__name__)
        return self.build(value)

    def build(self, parts: tuple[Wire, ...]) -> T:
        """The value of its fields, each checked."""
        if len(parts) < self.required:
            raise ProtocolError("frame.short", self.cls.__name__)
        return self.cls(*map(_CALL, self.reads, parts))

    def write(self, value: object) -> list[object]:
        """The fields to pack; a program's own values are not checked again."""
        parts = list(self.values(value))
        while len(parts) > self.required and parts[-1] == self.defaults[len(parts) - 1]:
            parts.pop()
        for at, write in self.writes:
            if at < len(parts):
                parts[at] = write(parts[at])
        return parts


_layouts: dict[type[object], Layout[Any]] = {}
"""Each class read once: a pure function's memory, it changes no answer."""


def layout_of(cls: type[T]) -> Layout[T]:
    """The layout of a frame's class, or of a value that travels in one."""
    found = _layouts.get(cls)
    if found is None:
        found = _layouts[cls] = _compiled(cls)
    return found


def _compiled(cls: type[T]) -> Layout[T]:
    # Only values travel.
    given = declared(cls)
    hints = get_type_hints(cls)
    names = tuple(given)
    shapes = [_shape(hints[name], name, f"{cls.__name__}.{name}") for name in names]
    defaults = tuple(
        _REQUIRED if default is MISSING else cast("object", default) for default in given.values()
    )
    return Layout(
        cls=cls,
        names=names,
        described=tuple(shape.described for shape in shapes),
        reads=tuple(shape.read for shape in shapes),
        writes=tuple(
            (at, shape.write) for at, shape in enumerate(shapes) if shape.write is not None
        ),
        defaults=defaults,
        required=defaults.count(_REQUIRED),
        values=_values(names),
    )


def _values(names: tuple[str, ...]) -> Callable[[object], tuple[object, ...]]:
    """Reads all fields of a value at once."""
    if not names:
        return lambda value: ()
    get = attrgetter(*names)
    # For a single name it returns the bare value.
    return get if len(names) > 1 else lambda value: (get(value),)


def _shape(hint: Any, name: str, place: str) -> Shape:
    """What an annotation says; `name` and `place` find its bounds."""
    # A NewType makes the one with None, a class the other.
    if get_origin(hint) in (Union, UnionType):
        inner = next(part for part in get_args(hint) if part is not NoneType)
        return _or_nil(_shape(inner, name, place))
    if get_origin(hint) is tuple:
        element = get_args(hint)[0]
        if element is Stamped:
            return Shape(lambda value: _stamped(value, place), _STAMPED, _flat)
        many = _many(_shape(element, name, place), COUNTS[name], place)
        return _ascending(many, place) if name in ASCENDING else many
    if hint is StreamId:
        return Shape(lambda value: _stream(value, place), "stream id")
    if isinstance(hint, NewType):
        length = ID_BYTES[hint]
        shape = _bytes(length, length, place)
        return _or_empty(shape) if place in MAY_BE_EMPTY else shape
    if hint is bytes:
        return _bytes(*BYTES[name], place)
    if hint is str:
        return _text(TEXTS[name], place)
    if hint is bool:
        return Shape(lambda value: _boolean(value, place), "boolean")
    if hint is int:
        if name == "status":
            return _integer(STATUSES[place], place)
        return _integer(limits.TIME_MS_MAX if name.endswith("_ms") else limits.SEQ_MAX, place)
    nested = layout_of(hint)
    return Shape(nested.read, nested.cls.__name__, nested.write)


# What each sort of field may hold.


def _or_nil(shape: Shape) -> Shape:
    read, write = shape.read, shape.write
    return Shape(
        lambda value: None if value is None else read(value),
        f"{shape.described} or nil",
        None if write is None else lambda value: None if value is None else write(value),
    )


def _or_empty(shape: Shape) -> Shape:
    read = shape.read
    return Shape(lambda value: value if value == b"" else read(value), f"{shape.described} or none")


def _bytes(least: int, most: int, place: str) -> Shape:
    def read(value: Wire) -> bytes:
        if type(value) is not bytes or not least <= len(value) <= most:
            raise ProtocolError("frame.bytes", place)
        return value

    return Shape(read, f"{most} bytes" if least == most else f"{least} to {most} bytes")


def _text(most: int, place: str) -> Shape:
    def read(value: Wire) -> str:
        # These are shown and logged, by programs that may not expect control characters.
        if type(value) is not str or len(value) > most or not value.isprintable():
            raise ProtocolError("frame.text", place)
        return value

    return Shape(read, f"text of at most {most}")


def _integer(most: int, place: str) -> Shape:
    def read(value: Wire) -> int:
        # An exact type: a boolean is an int to isinstance.
        if type(value) is not int or not 0 <= value <= most:
            raise ProtocolError("frame.integer", place)
        return value

    return Shape(read, "integer" if most == limits.SEQ_MAX else f"integer 0 to {most}")


def _boolean(value: Wire, place: str) -> bool:
    if type(value) is not bool:
        raise ProtocolError("frame.boolean", place)
    return value


def _stream(value: Wire, place: str) -> StreamId:
    if type(value) is not bytes or stream_type(value) is None:
        raise ProtocolError("frame.stream", place)
    return StreamId(value)


def _many(each: Shape, most: int, place: str) -> Shape:
    read, write = each.read, each.write
    least = 1 if place in NEVER_EMPTY else 0

    def read_all(value: Wire) -> tuple[object, ...]:
        if type(value) is not tuple or not least <= len(value) <= most:
            raise ProtocolError("frame.list", place)
        return tuple(map(read, value))

    return Shape(
        read_all,
        f"{f'{least} to' if least else 'at most'} {most} of {each.described}",
        None if write is None else lambda parts: [write(part) for part in parts],
    )


def _ascending(shape: Shape, place: str) -> Shape:
    read_all = shape.read

    def read(value: Wire) -> tuple[bytes, ...]:
        found: tuple[bytes, ...] = read_all(value)
        if any(one >= other for one, other in pairwise(found)):
            raise ProtocolError("frame.order", place)
        return found

    return Shape(read, f"{shape.described}, ascending", shape.write)


_STAMPED: Final = (
    f"[time, event, …]: at most {limits.PAGE_EVENTS_MAX} events of 1 to {limits.EVENT_BYTES_MAX}"
    f" bytes, {limits.PAGE_BYTES_MAX} bytes together"
)


def _stamped(value: Wire, place: str) -> tuple[Stamped, ...]:
    """A page's events, which travel as one flat array."""
    if type(value) is not tuple or len(value) > 2 * limits.PAGE_EVENTS_MAX:
        raise ProtocolError("frame.list", place)
    if len(value) % 2:
        raise ProtocolError("frame.stamped", place)
    found: list[Stamped] = []
    size_bytes = 0
    for at_ms, event in zip(value[::2], value[1::2], strict=True):
        if type(at_ms) is not int or not 0 <= at_ms <= limits.TIME_MS_MAX:
            raise ProtocolError("frame.stamped", place)
        if type(event) is not bytes or not 0 < len(event) <= limits.EVENT_BYTES_MAX:
            raise ProtocolError("frame.stamped", place)
        size_bytes += len(event)
        found.append(Stamped(at_ms, event))
    if size_bytes > limits.PAGE_BYTES_MAX:
        raise ProtocolError("frame.page", place)
    return tuple(found)


def _flat(events: tuple[Stamped, ...]) -> list[object]:
    """Times and events in turn: stored bytes are copied, never encoded again."""
    flat: list[object] = []
    for stamped in events:
        flat += (stamped.at_ms, stamped.event)
    return flat
