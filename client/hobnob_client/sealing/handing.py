"""A file by which one device hands what it has opened to another one of the same account.

    file   = "hobnob history 1" ‖ part(head) ‖ signature ‖ part(piece 0) ‖ … ‖ part(last)
    part   = uint32 length ‖ bytes
    head   = [hub, account, giver, taker, kid, HPKE(the taker's seal key, key, info)]
    info   = SHA-256("hobnob/1 history\\0" ‖ hub ‖ account ‖ giver ‖ taker ‖ kid)
    piece  = ChaCha20-Poly1305(key, nonce = uint64 number ‖ uint32 is_last, aad = SHA-256(head))

The giver's device signs `"hobnob/1 history\\0" ‖ head`, so that nobody else can have drawn the key
that every piece is closed with; the last piece holds how many texts there were, so that none is
missing. Both ends hold one piece at a time.
"""

import struct
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import BinaryIO, Final, NamedTuple, cast

from hobnob_client.sealing.tables import Handed, OpenedText
from hobnob_protocol.aead import KEY_BYTES, TAG_BYTES, seal, unseal
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.crypto import SIGNATURE_BYTES, Signer, Verifier
from hobnob_protocol.errors import ProtocolError, WorldError
from hobnob_protocol.event import Author
from hobnob_protocol.ids import AccountId, DeviceId, DeviceKey, EventId, HubId, StreamId
from hobnob_protocol.limits import SEALED_BYTES_MAX
from hobnob_protocol.sealing.record import SealRecord
from hobnob_protocol.sealing.seal_key import Kid, SealKey, seal_to
from hobnob_sync.opened import is_conversation

MAGIC: Final = b"hobnob history 1"
TEXTS_A_PIECE: Final = 64
"""So many texts are in memory at once, a megabyte at most."""
_PIECE_BYTES_MAX: Final = TEXTS_A_PIECE * (SEALED_BYTES_MAX + 256)
_HEAD_BYTES_MAX: Final = 4_096
_SALTS: Final = (0, 32)
"""What opens a commitment, or nothing: of the giver's own words."""
_TAG: Final = b"hobnob/1 history\0"


class Damaged(WorldError):
    """The file is not one of these, or not as it was written."""


class Head(NamedTuple):
    """Who hands over to whom, and the key of it all, for the taker's seal key `kid` alone."""

    hub: HubId
    account: AccountId
    giver: DeviceId
    taker: DeviceId
    kid: Kid
    wrapped: bytes

    @property
    def info(self) -> bytes:
        """What the wrapped key is bound to."""
        return sha256(b"".join((_TAG, *self[:5]))).digest()


class Signed(NamedTuple):
    """A head as it stands in the file."""

    head: Head
    data: bytes
    signature: bytes

    def is_by(self, key: DeviceKey, verifier: Verifier) -> bool:
        """Has this device signed it?"""
        return verifier.verify(key, self.signature, _TAG + self.data)

    def key(self, own: SealKey) -> bytes | None:
        """What opens the pieces; None where it was not sealed to this key."""
        key = own.open(self.head.wrapped, self.head.info)
        return key if key is not None and len(key) == KEY_BYTES else None


def write(
    file: BinaryIO,
    giver: Author,
    signer: Signer,
    hub: HubId,
    taker: SealRecord,
    texts: Iterable[tuple[Handed, ...]],
    entropy: Callable[[int], bytes],
) -> Iterator[int]:
    """Write the file, piece by piece; how many texts are written so far."""
    key = entropy(KEY_BYTES)
    bound = Head(hub, giver.account, giver.device, taker.device, taker.kid, b"")
    head = encode(bound._replace(wrapped=seal_to(taker.public, key, bound.info)))
    file.write(MAGIC + _part(head) + signer.sign(_TAG + head))
    aad = sha256(head).digest()
    count = number = 0
    for piece in texts:
        data = encode(tuple((each.event, each.stream, *each.text) for each in piece))
        file.write(_part(seal(key, _nonce(number, last=False), data, aad)))
        number, count = number + 1, count + len(piece)
        yield count
    file.write(_part(seal(key, _nonce(number, last=True), encode((count,)), aad)))


def read_head(file: BinaryIO) -> Signed:
    """The head of a file, which nobody has checked yet. Damaged."""
    if file.read(len(MAGIC)) != MAGIC:
        raise Damaged("it is no history that a device of hobnob has written")
    data = _read_part(file, _HEAD_BYTES_MAX)
    signature = file.read(SIGNATURE_BYTES)
    try:
        fields = cast("tuple[bytes, ...]", decode(data, _HEAD_BYTES_MAX))
        lengths = tuple(len(field) for field in fields if type(field) is bytes)
    except (ProtocolError, TypeError) as broken:
        raise Damaged("it is damaged") from broken
    if lengths[:5] != (32, 20, 8, 8, 8) or not len(fields) == len(lengths) == len(Head._fields):
        raise Damaged("it is damaged")
    hub, account, giver, taker, kid, wrapped = fields
    head = Head(HubId(hub), AccountId(account), DeviceId(giver), DeviceId(taker), Kid(kid), wrapped)
    return Signed(head, data, signature)


def read_pieces(file: BinaryIO, signed: Signed, key: bytes) -> Iterator[tuple[Handed, ...]]:
    """What stands in a file behind its head, to its end. Damaged where a byte is not as it was
    written, or one is missing or too many."""
    aad = sha256(signed.data).digest()
    count = number = 0
    while True:
        box = _read_part(file, _PIECE_BYTES_MAX + TAG_BYTES)
        data = unseal(key, _nonce(number, last=False), box, aad)
        if data is None:
            break
        piece = _rows(data)
        yield piece
        number, count = number + 1, count + len(piece)
    data = unseal(key, _nonce(number, last=True), box, aad)
    if data is None or data != encode((count,)) or file.read(1):
        raise Damaged("it is damaged")


def _rows(data: bytes) -> tuple[Handed, ...]:
    try:
        rows = cast("tuple[tuple[object, ...], ...]", decode(data, _PIECE_BYTES_MAX))
        return tuple(_row(*row) for row in rows)
    except (ProtocolError, TypeError) as broken:
        raise Damaged("it is damaged") from broken


def _row(event: object, stream: object, said: object, salt: object, departed: object) -> Handed:
    if not (isinstance(event, bytes) and isinstance(stream, bytes) and isinstance(said, bytes)):
        raise TypeError("no text")
    if not (isinstance(salt, bytes) and len(salt) in _SALTS and isinstance(departed, bool)):
        raise TypeError("no text")
    if len(event) != 32 or not is_conversation(StreamId(stream)):
        raise TypeError("no text of a conversation")
    return Handed(EventId(event), StreamId(stream), OpenedText(said, salt, departed))


def _nonce(number: int, *, last: bool) -> bytes:
    return struct.pack(">QI", number, last)


def _part(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _read_part(file: BinaryIO, bytes_max: int) -> bytes:
    prefix = file.read(4)
    length = int.from_bytes(prefix, "big")
    data = file.read(length) if length <= bytes_max else b""
    if len(prefix) != 4 or len(data) != length:
        raise Damaged("it is damaged")
    return data
