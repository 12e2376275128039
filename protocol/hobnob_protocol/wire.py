"""Frames to bytes and back: the layout follows from the dataclasses in `frames`.

A frame is an array of its `op` and its fields in order. Nested values are arrays too; a page's
events are one flat array `[at_ms, event, at_ms, event, …]`, so stored bytes are joined, never
encoded again. Trailing fields at their default are left out, unknown trailing elements ignored.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
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

from hobnob_protocol import frames, limits
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.frames import Frame, Stamped
from hobnob_protocol.ids import (
    AccountId,
    DeviceId,
    DeviceKey,
    Epoch,
    GrantId,
    Head,
    Head8,
    HubId,
    ReplicaId,
    StreamId,
    TargetId,
    stream_type,
)

T = TypeVar("T")
Reader = Callable[[object], Any]

ID_BYTES: Final[dict[object, int]] = {
    AccountId: 20,
    DeviceId: 8,
    DeviceKey: 32,
    Epoch: 8,
    GrantId: 8,
    Head: 32,
    Head8: 8,
    HubId: 32,
    ReplicaId: 8,
    TargetId: 16,
}
"""The exact length of each id on the wire."""

BYTES: Final = {
    "certificate": (32, 32),
    "certificates": (32, 32),
    "digest": (16, 16),
    "event": (1, limits.EVENT_BYTES_MAX),
    "invite": (1, limits.INVITE_BYTES_MAX),
    "link": (1, limits.LINK_BYTES_MAX),
    "link_signature": (64, 64),
    "nonce": (32, 32),
    "signature": (64, 64),
}
"""Fewest and most bytes of each plain bin, by the field's name."""

TEXTS: Final = {
    "client": limits.CLIENT_TEXT_MAX,
    "code": limits.CODE_TEXT_MAX,
    "handle": limits.HANDLE_TEXT_MAX,
}
"""Most characters of each string, by the field's name."""

COUNTS: Final = {
    "answers": limits.PUSH_EVENTS_MAX,
    "certificates": limits.CERTIFICATES_MAX,
    "context": limits.CONTEXT_EVENTS_MAX,
    "entries": limits.GRANTS_MAX,
    "events": limits.PUSH_EVENTS_MAX,
    "forks": limits.LINEAGE_MAX,
    "lineage": limits.LINEAGE_MAX,
    "streams": limits.OPEN_STREAMS_MAX,
    "versions": limits.VERSIONS_MAX,
}
"""Most elements of each list, by the field's name; a page's events have their own bound."""

FRAMES: Final[tuple[type[Frame], ...]] = (
    frames.Hello,
    frames.Challenge,
    frames.Auth,
    frames.Join,
    frames.Welcome,
    frames.Grants,
    frames.Open,
    frames.Opened,
    frames.CloseStream,
    frames.Page,
    frames.Back,
    frames.BackPage,
    frames.Credit,
    frames.Push,
    frames.Ack,
    frames.Offer,
    frames.OfferAck,
    frames.Checkpoint,
    frames.Ping,
    frames.Pong,
    frames.Bye,
)
"""Every frame, in the order of the specification."""

CLIENT: Final = "client"
HUB: Final = "hub"
BOTH: Final = "both"

SENDERS: Final[dict[type[Frame], str]] = {
    frames.Hello: CLIENT,
    frames.Challenge: HUB,
    frames.Auth: CLIENT,
    frames.Join: CLIENT,
    frames.Welcome: HUB,
    frames.Grants: HUB,
    frames.Open: CLIENT,
    frames.Opened: HUB,
    frames.CloseStream: CLIENT,
    frames.Page: HUB,
    frames.Back: CLIENT,
    frames.BackPage: HUB,
    frames.Credit: CLIENT,
    frames.Push: CLIENT,
    frames.Ack: HUB,
    frames.Offer: CLIENT,
    frames.OfferAck: HUB,
    frames.Checkpoint: BOTH,
    frames.Ping: BOTH,
    frames.Pong: BOTH,
    frames.Bye: BOTH,
}
"""Which side may send each frame."""

_EMPTY: Final = object()


def _fail(place: str, why: str) -> ProtocolError:
    return ProtocolError(f"frame.{place}", why)


@dataclass(frozen=True, slots=True)
class _Layout(Generic[T]):
    """How one dataclass travels: names and readers in order; `required` have no default."""

    cls: type[T]
    names: tuple[str, ...]
    readers: tuple[Reader, ...]
    defaults: tuple[object, ...]
    required: int
    nested: tuple[bool, ...]

    def read(self, value: object, place: str) -> T:
        parts = _tuple(value, place)
        if len(parts) < self.required:
            raise _fail(place, "too few fields")
        return self.cls(*[read(part) for read, part in zip(self.readers, parts, strict=False)])

    def write(self, value: object) -> tuple[object, ...]:
        parts = [getattr(value, name) for name in self.names]
        count = len(parts)
        while count > self.required and parts[count - 1] == self.defaults[count - 1]:
            count -= 1
        return tuple(
            _plain(part) if nested else part
            for part, nested in zip(parts[:count], self.nested, strict=False)
        )


_LAYOUTS: dict[type[object], _Layout[Any]] = {}


def _flat(stamped: Stamped) -> tuple[int, bytes]:
    return stamped.at_ms, stamped.event


def _plain(value: object) -> object:
    """A value of frames as plain MessagePack."""
    if type(value) is tuple:
        parts = cast("tuple[object, ...]", value)
        if parts and type(parts[0]) is Stamped:
            return [
                each for stamped in cast("tuple[Stamped, ...]", parts) for each in _flat(stamped)
            ]
        return [_plain(part) for part in parts]
    layout = _LAYOUTS.get(type(value))
    return value if layout is None else layout.write(value)


def _layout(cls: type[T]) -> _Layout[T]:
    """Compile the layout of a dataclass, once."""
    if cls in _LAYOUTS:
        return _LAYOUTS[cls]
    hints = get_type_hints(cls)
    place = cls.__name__
    names: list[str] = []
    readers: list[Reader] = []
    defaults: list[object] = []
    nested: list[bool] = []
    for field in fields(cls):  # type: ignore[arg-type]  # only dataclasses come here
        hint = hints[field.name]
        names.append(field.name)
        readers.append(_reader(hint, field.name, place))
        defaults.append(_EMPTY if field.default is MISSING else field.default)
        nested.append(get_origin(hint) is tuple)
    required = sum(default is _EMPTY for default in defaults)
    layout = _Layout(cls, tuple(names), tuple(readers), tuple(defaults), required, tuple(nested))
    _LAYOUTS[cls] = layout
    return layout


def _reader(hint: Any, name: str, place: str) -> Reader:
    """The check for one field."""
    where = f"{place}.{name}"
    if get_origin(hint) in (UnionType, Union):
        inner = next(part for part in get_args(hint) if part is not NoneType)
        read = _reader(inner, name, place)
        return lambda value: None if value is None else read(value)
    if get_origin(hint) is tuple:
        element = get_args(hint)[0]
        if element is Stamped:
            return lambda value: _stamped(value, where)
        return _many(_reader(element, name, place), COUNTS[name], where)
    if hint is StreamId:
        return lambda value: _stream(value, where)
    if hint is Head8 and name == "head8" and place == "Acked":
        return _bytes(0, 8, where)
    if isinstance(hint, NewType):
        return _bytes(ID_BYTES[hint], ID_BYTES[hint], where)
    if hint is bytes:
        return _bytes(*BYTES[name], where)
    if hint is str:
        return _text(TEXTS[name], where)
    if hint is bool:
        return lambda value: _boolean(value, where)
    if hint is int:
        return _integer(limits.SEQ_MAX, where)
    layout = _layout(hint)
    return lambda value: layout.read(value, where)


def _bytes(least: int, most: int, where: str) -> Reader:
    def read(value: object) -> bytes:
        if type(value) is not bytes or not least <= len(value) <= most:
            raise _fail(where, "wrong bytes")
        return value

    return read


def _text(most: int, where: str) -> Reader:
    def read(value: object) -> str:
        if type(value) is not str or len(value) > most:
            raise _fail(where, "wrong text")
        return value

    return read


def _integer(most: int, where: str) -> Reader:
    def read(value: object) -> int:
        if type(value) is not int or not 0 <= value <= most:
            raise _fail(where, "wrong integer")
        return value

    return read


def _tuple(value: object, where: str) -> tuple[object, ...]:
    if type(value) is not tuple:
        raise _fail(where, "no list")
    return cast("tuple[object, ...]", value)


def _boolean(value: object, where: str) -> bool:
    if type(value) is not bool:
        raise _fail(where, "not true or false")
    return value


def _stream(value: object, where: str) -> StreamId:
    if type(value) is not bytes or stream_type(value) is None:
        raise _fail(where, "no stream")
    return StreamId(value)


def _many(read: Reader, most: int, where: str) -> Reader:
    def read_all(value: object) -> tuple[object, ...]:
        parts = _tuple(value, where)
        if len(parts) > most:
            raise _fail(where, "wrong list")
        return tuple([read(part) for part in parts])

    return read_all


def _stamped(value: object, where: str) -> tuple[Stamped, ...]:
    """A page's flat events."""
    parts = _tuple(value, where)
    if len(parts) % 2 or len(parts) > 2 * limits.PAGE_EVENTS_MAX:
        raise _fail(where, "wrong list")
    found: list[Stamped] = []
    size_bytes = 0
    for at_ms, event in zip(parts[::2], parts[1::2], strict=True):
        if type(at_ms) is not int or not 0 <= at_ms <= limits.TIME_MS_MAX:
            raise _fail(where, "wrong time")
        if type(event) is not bytes or not 0 < len(event) <= limits.EVENT_BYTES_MAX:
            raise _fail(where, "wrong event")
        size_bytes += len(event)
        found.append(Stamped(at_ms, event))
    if size_bytes > limits.PAGE_BYTES_MAX:
        raise _fail(where, "too many bytes")
    return tuple(found)


_BY_OP: Final[dict[int, _Layout[Any]]] = {frame.op: _layout(frame) for frame in FRAMES}


def encode_frame(frame: Frame) -> bytes:
    """The bytes of a frame."""
    return encode((frame.op, *_LAYOUTS[type(frame)].write(frame)))


def encode_unsigned(frame: Frame) -> bytes:
    """The bytes of a frame whose last field is its signature, without that field: what it signs."""
    return encode((frame.op, *_LAYOUTS[type(frame)].write(frame)[:-1]))


def decode_frame(data: bytes, size_bytes_max: int = limits.FRAME_BYTES_MAX) -> Frame:
    """The frame of `data`; ProtocolError naming the broken rule of the codec or of a field."""
    value = decode(data, size_bytes_max)
    if type(value) is not tuple or not value or type(value[0]) is not int:
        raise ProtocolError("frame.op", "no frame")
    layout = _BY_OP.get(value[0])
    if layout is None:
        raise ProtocolError("frame.op", f"{value[0]}")
    frame: Frame = layout.read(value[1:], layout.cls.__name__)
    return frame
