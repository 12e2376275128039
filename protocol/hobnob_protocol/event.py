"""One signed event: how it is composed, read, named, verified and stubbed.

On the wire an event is a MessagePack array of four bins, `[header, body, salt, signature]`. The
header is signed as it travels and never re-encoded; the body is bound to it by a salted hash, so
erasing body and salt (a *stub*) leaves the id, the chain and the signature checkable (DESIGN §12).
The signature covers hub, stream, account and key too: an event is valid in one place only, and
none of them costs a byte on the wire.
"""

from hashlib import sha256
from typing import Final, TypeAlias

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.crypto import SIGNATURE_BYTES, Signer, Verifier
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.ids import AccountId, DeviceId, DeviceKey, EventId, Head8, HubId, StreamId
from hobnob_protocol.limits import (
    BODY_BYTES_MAX,
    EVENT_BYTES_MAX,
    HEADER_BYTES_MAX,
    KIND_MAX,
    SEQ_MAX,
    TIME_SECONDS_MAX,
)
from hobnob_protocol.value import value

SALT_BYTES: Final = 16
"""The salt of a body: stops anybody from guessing a short text from its hash."""
NOTHING_SEEN: Final = Head8(bytes(8))
"""The head an author names who has seen nothing of the stream."""

RULES: Final = {
    "event.four_bins": "an event is an array of four bins",
    "event.signature_length": f"a signature has {SIGNATURE_BYTES} bytes",
    "event.salt_length": f"a salt has {SALT_BYTES} bytes; only an empty body has none",
    "event.body_length": f"a salted body has 1 to {BODY_BYTES_MAX} bytes",
    "event.body_hash": "salt and body hash to what the header says",
    "header.seven_fields": "a header is an array of exactly seven fields",
    "header.kind": f"a kind is an integer from 1 to {KIND_MAX}",
    "header.device": "a device id has 8 bytes",
    "header.author_seq": "an author sequence counts from 1",
    "header.seen_seq": "what was seen is a sequence, 0 for nothing",
    "header.seen_head8": "a cut head has 8 bytes, all zero where nothing was seen",
    "header.ts_seconds": "a time is in seconds since 1970",
    "header.body_hash": "a hash has 32 bytes",
}
"""Every rule an event must keep, by the name its `ProtocolError` carries."""

_TAG: Final = b"hobnob/1 event\0"


Claim: TypeAlias = tuple[bytes, bytes, bytes]
"""Whoever holds this public key made this signature over this message."""


@value
class Author:
    """Who signs: the account, and the device of it with its key."""

    account: AccountId
    device: DeviceId
    key: DeviceKey


@value
class Header:
    """What every event says of itself.

    `author_seq` counts the device's events (gaps allowed); `seen_seq` and `seen_head8` say where
    the author held the stream when composing; `ts_seconds` is the author's clock, a label only;
    `body_hash` is SHA-256(salt ‖ body).
    """

    kind: int
    device: DeviceId
    author_seq: int
    seen_seq: int
    seen_head8: Head8
    ts_seconds: int
    body_hash: bytes


@value
class Event:
    """One event as it travelled: the header read and as signed, the body not yet read."""

    header: Header
    header_bytes: bytes
    body: bytes
    salt: bytes
    signature: bytes

    @property
    def is_stub(self) -> bool:
        """Was the body erased? Then body and salt are empty and only the hash of both is left."""
        return not self.salt


def decode_event(data: bytes) -> Event:
    """Read one event strictly; raises `ProtocolError` naming the broken rule.

    An event that comes back has an exact header within all bounds, a signature of the right
    length (not checked: `verify` does) and a body that matches its hash, or is a stub.
    """
    parts = decode(data, EVENT_BYTES_MAX)
    if type(parts) is not tuple or len(parts) != 4:
        raise ProtocolError("event.four_bins")
    header_bytes, body, salt, signature = parts
    if not (
        type(header_bytes) is bytes
        and type(body) is bytes
        and type(salt) is bytes
        and type(signature) is bytes
    ):
        raise ProtocolError("event.four_bins")
    if len(signature) != SIGNATURE_BYTES:
        raise ProtocolError("event.signature_length")
    header = decode_header(header_bytes)
    if not salt:
        if body:
            raise ProtocolError("event.salt_length")
    elif len(salt) != SALT_BYTES:
        raise ProtocolError("event.salt_length")
    elif not 0 < len(body) <= BODY_BYTES_MAX:
        raise ProtocolError("event.body_length")
    elif sha256(salt + body).digest() != header.body_hash:
        raise ProtocolError("event.body_hash")
    return Event(header, header_bytes, body, salt, signature)


def decode_header(header_bytes: bytes) -> Header:
    """Read one header: exact, no trailing elements; raises `ProtocolError`."""
    fields = decode(header_bytes, HEADER_BYTES_MAX)
    if type(fields) is not tuple or len(fields) != 7:
        raise ProtocolError("header.seven_fields")
    kind, device, author_seq, seen_seq, seen_head8, ts_seconds, body_hash = fields
    if type(kind) is not int or not 0 < kind <= KIND_MAX:
        raise ProtocolError("header.kind")
    if type(device) is not bytes or len(device) != 8:
        raise ProtocolError("header.device")
    if type(author_seq) is not int or not 0 < author_seq <= SEQ_MAX:
        raise ProtocolError("header.author_seq")
    if type(seen_seq) is not int or not 0 <= seen_seq <= SEQ_MAX:
        raise ProtocolError("header.seen_seq")
    if type(seen_head8) is not bytes or len(seen_head8) != 8:
        raise ProtocolError("header.seen_head8")
    if not seen_seq and seen_head8 != NOTHING_SEEN:
        # One way only to say "nothing", else a header is not exact.
        raise ProtocolError("header.seen_head8")
    if type(ts_seconds) is not int or not 0 <= ts_seconds <= TIME_SECONDS_MAX:
        raise ProtocolError("header.ts_seconds")
    if type(body_hash) is not bytes or len(body_hash) != 32:
        raise ProtocolError("header.body_hash")
    return Header(
        kind, DeviceId(device), author_seq, seen_seq, Head8(seen_head8), ts_seconds, body_hash
    )


def signed_bytes(hub: HubId, stream: StreamId, author: Author, header_bytes: bytes) -> bytes:
    """What the signature covers and the id hashes.

    A stream id says its own length by its prefix, all else before the header is of fixed length:
    no two places share their bytes.
    """
    return b"".join((_TAG, hub, stream, author.account, author.key, header_bytes))


def event_id(hub: HubId, stream: StreamId, author: Author, header_bytes: bytes) -> EventId:
    """The event's name: SHA-256 of what was signed, so a stub keeps it."""
    return EventId(sha256(signed_bytes(hub, stream, author, header_bytes)).digest())


def claim(event: Event, hub: HubId, stream: StreamId, author: Author) -> Claim:
    """What a verifier is asked of an event."""
    return author.key, event.signature, signed_bytes(hub, stream, author, event.header_bytes)


def verify(event: Event, hub: HubId, stream: StreamId, author: Author, verifier: Verifier) -> bool:
    """Did this device of this account sign this event for this stream of this hub?"""
    return event.header.device == author.device and verifier.verify(
        *claim(event, hub, stream, author)
    )


def compose(
    hub: HubId,
    stream: StreamId,
    author: Author,
    signer: Signer,
    kind: int,
    body: bytes,
    author_seq: int,
    seen_seq: int,
    seen_head8: Head8,
    ts_seconds: int,
    salt16: bytes,
) -> tuple[bytes, EventId]:
    """Make and sign one event: its bytes as they travel and its id.

    `salt16` is fresh entropy. Raises `UsageError` where the arguments make no valid event or the
    signer is not the author's device.
    """
    if signer.public_key != author.key:
        raise UsageError("the signer is not the author's device")
    if len(salt16) != SALT_BYTES:
        raise UsageError(f"a salt has {SALT_BYTES} bytes")
    if not 0 < len(body) <= BODY_BYTES_MAX:
        raise UsageError(f"a body has 1 to {BODY_BYTES_MAX} bytes")
    body_hash = sha256(salt16 + body).digest()
    header_bytes = encode(
        (kind, author.device, author_seq, seen_seq, seen_head8, ts_seconds, body_hash)
    )
    try:
        decode_header(header_bytes)
    except ProtocolError as broken:
        raise UsageError(f"no valid header: {broken}") from broken
    signed = signed_bytes(hub, stream, author, header_bytes)
    wire = encode((header_bytes, body, salt16, signer.sign(signed)))
    return wire, EventId(sha256(signed).digest())


def stub(data: bytes) -> bytes:
    """The event with its body and salt erased; id, signature and chain still hold.

    A stub's stub is itself. Raises `ProtocolError` where `data` is no event.
    """
    event = decode_event(data)
    return encode((event.header_bytes, b"", b"", event.signature))
