"""A stand-in for sealing: bodies that the hub takes for sealed and the oracle can read.

It keeps the shape of the real thing, whose keys and records are proved in `sealing/`: a session
begins with one to three starts, on each connection anew; what is sealed names its session, and
commits to what it says, so that it can be reported.
"""

from hashlib import sha256
from random import Random
from typing import Final, cast

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import SALT_BYTES, decode_event
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kinds.conversations import SEALED
from hobnob_protocol.limits import START_PARTS_MAX
from hobnob_protocol.sealing.body import (
    SID_BYTES,
    TAG_BYTES,
    Message,
    decode_body,
    encode_message,
    message_header,
)
from hobnob_protocol.sealing.message import Opening
from hobnob_protocol.sealing.padding import pad, unpad
from hobnob_sync.client_engine.inputs import Seal
from hobnob_sync.ports import OutboxRow

START: Final = "start"
TEXT: Final = "text"
_KEY: Final = b"everybody has this key\0"
_ROSTER: Final = bytes(32)
_TAG: Final = bytes(TAG_BYTES)

Body = tuple[str, bytes, bytes]
"""What a body is, the session it belongs to, and what it says: of a start, its part."""


class Sessions:
    """What one process has begun on one connection."""

    def __init__(self) -> None:
        self._begun: dict[StreamId, bytes] = {}

    def forget(self) -> None:
        """Another connection: every session begins anew."""
        self._begun.clear()

    def seal(self, row: OutboxRow, rng: Random, ts_seconds: int) -> Seal:
        """What waits, sealed; with the starts of its session where it begins one."""
        starts: tuple[bytes, ...] = ()
        sid = self._begun.get(row.stream)
        if sid is None or rng.random() < 0.1:
            sid = self._begun[row.stream] = rng.randbytes(SID_BYTES)
            parts = START_PARTS_MAX if rng.random() < 0.05 else rng.randint(1, 3)
            starts = tuple(encode((START, sid, bytes([part]))) for part in range(parts))
        salt, padded = rng.randbytes(SALT_BYTES), pad(row.said)
        commitment = Opening(_opening_salt(sid, salt), padded).commitment
        body = encode_message(message_header(sid, _ROSTER, 0, salt, commitment), padded + _TAG)
        salts = tuple(rng.randbytes(SALT_BYTES) for _ in range(len(starts) + 1))
        return Seal(row.n, starts, body, salts, ts_seconds)


def _opening_salt(sid: bytes, salt: bytes) -> bytes:
    return sha256(_KEY + sid + salt).digest()


def opened(data: bytes) -> Body | None:
    """What an event says under this seal; None where it is none of these, or withdrawn."""
    try:
        event = decode_event(data)
        if event.is_stub or event.header.kind != SEALED:
            return None
        fields = decode(event.body)
        if type(fields) is tuple and fields[:1] == (START,):
            return cast("Body", fields)
        message = decode_body(event.body)
        if not isinstance(message, Message):
            return None
        return TEXT, message.sid, unpad(message.sealed[:-TAG_BYTES])
    except ProtocolError:
        return None


def opening_of(data: bytes) -> Opening | None:
    """What proves the text of an event; None where it says none."""
    body = opened(data)
    if body is None or body[0] != TEXT:
        return None
    message = decode_body(decode_event(data).body)
    assert isinstance(message, Message)
    return Opening(_opening_salt(message.sid, message.salt), message.sealed[:-TAG_BYTES])
