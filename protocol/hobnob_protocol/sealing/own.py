"""What is private to one account: a key that its own devices share, and cells sealed under it.

The key is drawn by one of the devices and sealed to each, as chain keys are; its id is its hash, so
that all of them get the same one. A cell is a register: its name is blinded, so that the hub sees
that something was written again and not what, and it is bound to its place, its author and its
number, so that nobody puts one in the place of another.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final, NamedTuple

from hobnob_protocol.account import Chain
from hobnob_protocol.aead import NONCE_BYTES, seal, unseal
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import SealClosed, SealError, Unopened, UsageError
from hobnob_protocol.event import Author
from hobnob_protocol.hkdf import expand
from hobnob_protocol.ids import AccountId, DeviceId, DeviceKey, HubId
from hobnob_protocol.kinds.private import ID_BYTES, BlindName, OwnKey, OwnKeyId, Private
from hobnob_protocol.limits import PRIVATE_NAME_BYTES_MAX, SEALED_BYTES_MAX, SEQ_MAX
from hobnob_protocol.sealing.keeping import SealKeys
from hobnob_protocol.sealing.padding import pad, unpad
from hobnob_protocol.sealing.record import SealRecord
from hobnob_protocol.sealing.seal_key import Kid, seal_to

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
VERSION: Final = 1

RULES: Final = {
    "own_key.slice": "a slice of an own key opens to the key its event names, bound to all it "
    "belongs to",
    "private.cipher": "a private cell decrypts under the key it names, bound to its place",
    "private.fields": f"what a private cell holds is `[{VERSION}, name, base, value]`, then what "
    f"later versions add; its name has 1 to {PRIVATE_NAME_BYTES_MAX} bytes",
    "private.name": "a private cell lies under the blinded name of what it holds",
}
"""Every rule of what is private, by the name its `SealError` carries; `sealed.padding` and the
codec's beside them."""

_KEY_TAG: Final = b"hobnob/1 own key\0"
_SLICE_TAG: Final = b"hobnob/1 own slice\0"
_CELL_TAG: Final = b"hobnob/1 private\0"
_NONCE: Final = bytes(NONCE_BYTES)
"""Each key encrypts one cell once, so they may all have one nonce."""


class Cell(NamedTuple):
    """What a private cell holds: its name in the clear, the number of what its author had before
    them (0 for nothing), and the value; no bytes where nothing holds any more."""

    name: bytes
    base: int
    value: bytes


def own_key_id(hub: HubId, account: AccountId, secret: bytes) -> OwnKeyId:
    """How events name an own key."""
    return OwnKeyId(sha256(_KEY_TAG + hub + account + secret).digest()[:ID_BYTES])


def blind_name(secret: bytes, name: bytes) -> BlindName:
    """How the hub sees a name."""
    return BlindName(expand(secret, b"name" + name)[:ID_BYTES])


def share_key(
    hub: HubId, me: Author, secret32: bytes, chain: Chain, records: Iterable[SealRecord]
) -> OwnKey:
    """The event's body that gives an own key to those devices of `chain`, one's own account, that
    have `records`; `secret32` is fresh entropy.

    UsageError where one of them is no active device of the account.
    """
    if len(secret32) != KEY_BYTES:
        raise UsageError(f"an own key has {KEY_BYTES} bytes")
    name, at = own_key_id(hub, me.account, secret32), (chain.links, chain.head)
    slices: list[tuple[DeviceId, bytes, bytes]] = []
    for record in sorted(records, key=lambda each: each.device):
        device = chain.find(record.device)
        if device is None or not device.active:
            raise UsageError("an own key is for the active devices of the account")
        info = _info(hub, me, name, *at, device.key, record.kid)
        slices.append((record.device, record.kid, seal_to(record.public, secret32, info)))
    return OwnKey(name, *at, tuple(slices))


def open_key(hub: HubId, giver: Author, body: OwnKey, me: Author, keys: SealKeys) -> bytes:
    """The key that `giver` has shared, as this device was given it.

    SealClosed where it was not sealed to this device, or to a key it does not hold; SealError
    `own_key.slice`.
    """
    mine = [(Kid(kid), wrapped) for device, kid, wrapped in body.slices if device == me.device]
    if not mine:
        raise SealClosed(Unopened.NOT_ADDRESSED)
    kid, wrapped = mine[0]
    key = keys.find(kid)
    if key is None:
        raise SealClosed(Unopened.NO_KEY)
    info = _info(hub, giver, body.key, body.links, body.head, me.key, kid)
    secret = key.open(wrapped, info)
    if secret is None or own_key_id(hub, giver.account, secret) != body.key:
        raise SealError("own_key.slice")
    return secret


def seal_cell(
    hub: HubId, me: Author, secret: bytes, number: int, salt16: bytes, cell: Cell
) -> Private:
    """The event's body that sets a cell; `salt16` is fresh entropy.

    UsageError where the value is too long to be sealed.
    """
    if len(salt16) != SALT_BYTES:
        raise UsageError(f"a private cell takes {SALT_BYTES} bytes of entropy")
    key = own_key_id(hub, me.account, secret)
    name = blind_name(secret, cell.name)
    padded = pad(encode((VERSION, cell.name, cell.base, cell.value)))
    bound = _bound(hub, me, key, name, number)
    sealed = seal(expand(secret, b"cell" + salt16), _NONCE, padded, bound)
    return Private(key, name, number, salt16 + sealed)


def open_cell(hub: HubId, author: Author, body: Private, secret: bytes) -> Cell:
    """What a cell holds that `author` has signed, under the key that it names.

    SealError `private.cipher`, `sealed.padding`, `private.fields` or `private.name`; or what the
    codec raises.
    """
    salt, sealed = body.sealed[:SALT_BYTES], body.sealed[SALT_BYTES:]
    bound = _bound(hub, author, body.key, body.name, body.number)
    padded = unseal(expand(secret, b"cell" + salt), _NONCE, sealed, bound)
    if padded is None:
        raise SealError("private.cipher")
    cell = _read(unpad(padded))
    if blind_name(secret, cell.name) != body.name:
        raise SealError("private.name")
    return cell


def fits(name: bytes, value: bytes) -> bool:
    """Can so much be sealed in one cell?"""
    return len(encode((VERSION, name, SEQ_MAX, value))) < SEALED_BYTES_MAX


def _read(data: bytes) -> Cell:
    fields = decode(data, SEALED_BYTES_MAX)
    if type(fields) is not tuple or len(fields) < 4:
        raise SealError("private.fields")
    version, name, base, value = fields[:4]
    if type(version) is not int or version != VERSION or type(value) is not bytes:
        raise SealError("private.fields")
    if type(name) is not bytes or not 1 <= len(name) <= PRIVATE_NAME_BYTES_MAX:
        raise SealError("private.fields")
    if type(base) is not int or not 0 <= base <= SEQ_MAX:
        raise SealError("private.fields")
    return Cell(name, base, value)


def _info(
    hub: HubId, giver: Author, key: OwnKeyId, links: int, head: bytes, to: DeviceKey, kid: Kid
) -> bytes:
    """What HPKE binds a slice to. Every part has one length: no two share bytes."""
    place = (_SLICE_TAG, hub, giver.account, giver.key, key, links.to_bytes(8, "big"), head)
    return sha256(b"".join((*place, to, kid))).digest()


def _bound(hub: HubId, author: Author, key: OwnKeyId, name: BlindName, number: int) -> bytes:
    """What the encryption of a cell is bound to."""
    place = (_CELL_TAG, hub, author.account, author.key, key, name)
    return b"".join((*place, number.to_bytes(8, "big")))
