"""An account: a signed chain of links that says which devices speak for it (security.md §3).

A link is MessagePack `[1, seq, prev_hash, hub_id, type, payload, ts_seconds]`, signed by a device
that may manage at the link before. Genesis signs itself; an added key signs too, to show that
somebody holds it. The account's id is the hash of its genesis, so nobody chooses it.
"""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final, NamedTuple

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.crypto import Signer, Verifier, is_low_order
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.ids import AccountId, DeviceId, DeviceKey, HubId, device_id
from hobnob_protocol.limits import (
    CHAIN_LINKS_MAX,
    DEVICES_MAX,
    LINK_BYTES_MAX,
    TIME_SECONDS_MAX,
)

TAG: Final = b"hobnob/1 chain\0"
POSSESSION_TAG: Final = b"hobnob/1 chain key\0"
GENESIS: Final = 0
ADD: Final = 1
REVOKE: Final = 2

RULES: Final = {
    "link.fields": "a link is `[1, seq, prev_hash, hub_id, type, payload, ts_seconds]`, exactly",
    "link.hub": "a link is of this hub",
    "link.order": "a link names its place and the hash of the one before",
    "link.count": f"an account has at most {CHAIN_LINKS_MAX} links",
    "link.type": "the first link is genesis, every other adds or revokes",
    "link.signature": "an active device that may manage has signed the link",
    "link.payload": "genesis `[key]`, add `[key, manage, possession]`, revoke `[device id]`",
    "link.key": "a device key has 32 bytes, is not of low order and written in the one way",
    "link.possession": "an added key has signed that it is held",
    "link.known_device": "a device is added once",
    "link.devices": f"an account has at most {DEVICES_MAX} active devices",
    "link.unknown_device": "only an active device of the account can be revoked",
    "link.last_manager": "one device that may manage always stays",
}
"""Every rule a link must keep, by the name its `ProtocolError` carries; those of the codec beside
them."""


@dataclass(frozen=True, slots=True)
class Device:
    """One device of an account; `revoked_seq` is the link that ended it, 0 while it is active."""

    key: DeviceKey
    device: DeviceId
    manage: bool
    added_seq: int
    revoked_seq: int = 0

    @property
    def active(self) -> bool:
        """May it still sign?"""
        return not self.revoked_seq


@dataclass(frozen=True, slots=True)
class Chain:
    """An account as its links say; `head` is the hash of the last one, `links` their number.

    `heads` are the hashes of all of them, so that a head somebody names can be found or missed.
    """

    account: AccountId
    hub: HubId
    links: int
    head: bytes
    devices: tuple[Device, ...]
    # It follows from the links as `head` does, and adds nothing to what an account is.
    heads: tuple[bytes, ...] = field(default=(), compare=False, repr=False)

    def find(self, device: DeviceId) -> Device | None:
        """The device of this id, active or not."""
        for found in self.devices:
            if found.device == device:
                return found
        return None

    @property
    def active(self) -> tuple[Device, ...]:
        """The devices that may sign."""
        return tuple(device for device in self.devices if device.active)

    def active_at(self, links: int) -> tuple[Device, ...]:
        """The devices that could sign when the account had so many links."""
        return tuple(
            device
            for device in self.devices
            if device.added_seq < links and not 0 < device.revoked_seq < links
        )


def genesis(signer: Signer, hub: HubId, ts_seconds: int) -> tuple[bytes, bytes]:
    """The first link of a new account on one device, and its signature."""
    link = encode((1, 0, bytes(32), hub, GENESIS, (signer.public_key,), ts_seconds))
    return link, signer.sign(TAG + link)


def add(
    chain: Chain, signer: Signer, added: Signer, ts_seconds: int, manage: bool = True
) -> tuple[bytes, bytes]:
    """A link by which `signer` adds the device `added`, which proves that it holds its key."""
    possession = added.sign(POSSESSION_TAG + chain.head + added.public_key)
    payload = (added.public_key, manage, possession)
    return _sign(chain, signer, ADD, payload, ts_seconds)


def revoke(chain: Chain, signer: Signer, device: DeviceId, ts_seconds: int) -> tuple[bytes, bytes]:
    """A link by which `signer` ends a device of its account."""
    return _sign(chain, signer, REVOKE, (device,), ts_seconds)


def _sign(
    chain: Chain, signer: Signer, link_type: int, payload: tuple[object, ...], ts_seconds: int
) -> tuple[bytes, bytes]:
    signing = chain.find(device_id(signer.public_key))
    if signing is None or not signing.active or not signing.manage:
        raise UsageError("this device may not manage the account")
    link = encode((1, chain.links, chain.head, chain.hub, link_type, payload, ts_seconds))
    return link, signer.sign(TAG + link)


def extend(
    chain: Chain | None, link: bytes, signature: bytes, hub: HubId, verifier: Verifier
) -> Chain:
    """The account after one more link, or a new one by its genesis.

    ProtocolError with a rule `link.…` where the link does not fit.
    """
    seq, previous, link_hub, link_type, payload = _read(link)
    if link_hub != hub:
        raise ProtocolError("link.hub")
    if seq != (chain.links if chain else 0) or previous != (chain.head if chain else bytes(32)):
        raise ProtocolError("link.order")
    if seq >= CHAIN_LINKS_MAX:
        raise ProtocolError("link.count")
    head = sha256(link).digest()
    if chain is None:
        if link_type != GENESIS:
            raise ProtocolError("link.type")
        return _begin(link, signature, hub, payload, head, verifier)
    _check_manager(chain, link, signature, verifier)
    if link_type == ADD:
        devices = _added(chain, payload, seq, verifier)
    elif link_type == REVOKE:
        devices = _revoked(chain, payload, seq)
    else:
        raise ProtocolError("link.type")
    heads = (*chain.heads, head)
    return replace(chain, links=seq + 1, head=head, devices=devices, heads=heads)


class _Link(NamedTuple):
    """The fields of a link that say what it does."""

    seq: int
    previous: object
    hub: object
    type: int
    payload: tuple[object, ...]


def _read(link: bytes) -> _Link:
    fields = decode(link, LINK_BYTES_MAX)
    if type(fields) is not tuple or len(fields) != 7:
        raise ProtocolError("link.fields")
    version, seq, previous, hub, link_type, payload, ts_seconds = fields
    # True equals 1, so integers are told by their type: a link has one way to be written.
    if type(version) is not int or type(seq) is not int or type(link_type) is not int:
        raise ProtocolError("link.fields")
    if type(ts_seconds) is not int or not 0 <= ts_seconds <= TIME_SECONDS_MAX:
        raise ProtocolError("link.fields")
    if version != 1 or type(payload) is not tuple:
        raise ProtocolError("link.fields")
    return _Link(seq, previous, hub, link_type, payload)


def _begin(
    link: bytes,
    signature: bytes,
    hub: HubId,
    payload: tuple[object, ...],
    head: bytes,
    verifier: Verifier,
) -> Chain:
    if len(payload) != 1:
        raise ProtocolError("link.payload")
    key = _key(payload[0])
    if not verifier.verify(key, signature, TAG + link):
        raise ProtocolError("link.signature")
    first = Device(key, device_id(key), True, 0)
    return Chain(AccountId(head[:20]), hub, 1, head, (first,), (head,))


def _check_manager(chain: Chain, link: bytes, signature: bytes, verifier: Verifier) -> None:
    """Did one of the account's managing devices sign? At most eight are tried."""
    for device in chain.active:
        if device.manage and verifier.verify(device.key, signature, TAG + link):
            return
    raise ProtocolError("link.signature")


def _key(value: object) -> DeviceKey:
    if type(value) is not bytes or len(value) != 32 or is_low_order(value):
        raise ProtocolError("link.key")
    return DeviceKey(value)


def _added(
    chain: Chain, payload: tuple[object, ...], seq: int, verifier: Verifier
) -> tuple[Device, ...]:
    if len(payload) != 3 or type(payload[1]) is not bool or type(payload[2]) is not bytes:
        raise ProtocolError("link.payload")
    key = _key(payload[0])
    if not verifier.verify(key, payload[2], POSSESSION_TAG + chain.head + key):
        raise ProtocolError("link.possession")
    if chain.find(device_id(key)) is not None:
        raise ProtocolError("link.known_device")
    if len(chain.active) >= DEVICES_MAX:
        raise ProtocolError("link.devices")
    return (*chain.devices, Device(key, device_id(key), payload[1], seq))


def _revoked(chain: Chain, payload: tuple[object, ...], seq: int) -> tuple[Device, ...]:
    if len(payload) != 1 or type(payload[0]) is not bytes:
        raise ProtocolError("link.payload")
    gone = chain.find(DeviceId(payload[0]))
    if gone is None or not gone.active:
        raise ProtocolError("link.unknown_device")
    devices = tuple(
        replace(device, revoked_seq=seq) if device is gone else device for device in chain.devices
    )
    if not any(device.active and device.manage for device in devices):
        raise ProtocolError("link.last_manager")
    return devices
