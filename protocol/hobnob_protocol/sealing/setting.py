"""Settings among what is private: bodies of kinds of `u:` that one's own devices alone need.

A name is MessagePack `["setting", kind, key]`: the number of the kind, and the key of the cell that
the body writes. The value is the body. Where no value stands, what the kind's own events say holds.
"""

from typing import Final

from hobnob_protocol.bodies import decode_body
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.ids import AccountId, DeviceId, EventId, StreamId
from hobnob_protocol.kind import Body, Fact, Write
from hobnob_protocol.kinds.personal import DeviceName, Mute
from hobnob_protocol.limits import PRIVATE_NAME_BYTES_MAX
from hobnob_protocol.registry import STANDARD

SORT: Final = "setting"
PREFIX: Final = encode((SORT, 0, b""))[: 2 + len(SORT)]
"""What the name of each begins with."""
BODIES: Final[tuple[type[Body], ...]] = (Mute, DeviceName)
"""What may be private: the hub decides nothing by it, and counts nothing."""

_KINDS: Final = {STANDARD.of(body).number: body for body in BODIES}


def cell_of(body: Body) -> Write:
    """The cell that a setting writes, wherever and whenever it is said.

    UsageError for a body that is none.
    """
    if not isinstance(body, BODIES):
        raise UsageError(f"{type(body).__name__} is no setting")
    kind = STANDARD.of(type(body))
    nobody = AccountId(bytes(20)), DeviceId(bytes(8))
    fact = Fact(StreamId(b""), 0, 0, EventId(bytes(32)), *nobody, kind.number, 0, body)
    (write,) = kind.writes(fact)
    return write


def encode_setting(body: Body) -> tuple[bytes, bytes]:
    """Its name among what is private, and its value; UsageError for a body that is none."""
    key = cell_of(body).key
    number, value = STANDARD.encode(body)
    return encode((SORT, number, key)), value


def decode_setting(name: bytes, value: bytes) -> Body | None:
    """What is set under this name; None where it names something else, or the value does not fit:
    a later version's."""
    try:
        fields = decode(name, PRIVATE_NAME_BYTES_MAX)
        if type(fields) is not tuple or len(fields) != 3 or fields[0] != SORT:
            return None
        kind = _KINDS.get(fields[1]) if type(fields[1]) is int else None
        body = None if kind is None else decode_body(kind, value)
    except ProtocolError:
        return None
    return body if body is not None and cell_of(body).key == fields[2] else None
