"""An account: a signed chain of links that says which devices speak for it (security.md §3).

A link is MessagePack `[1, seq, prev_hash, hub_id, type, payload, ts_seconds]`, signed by a device
that may manage at the link before. Genesis signs itself; an added key signs too, to show that
somebody holds it. The account's id is the hash of its genesis, so nobody chooses it.

A **recovery key** is no device: it signs additions and revocations, for whoever has lost all
devices, and nothing else. It is in no roster, writes no event and logs in nowhere. One of SSH does
less: it names a device that comes back (`returning`).
"""

from dataclasses import replace
from hashlib import sha256
from typing import Final

from hobnob_protocol.account import Chain, Device
from hobnob_protocol.codec import encode
from hobnob_protocol.crypto import Signer, Verifier
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.ids import AccountId, DeviceId, DeviceKey, HubId, device_id
from hobnob_protocol.limits import (
    CHAIN_LINKS_MAX,
    DEVICES_MAX,
    PAPER_KEYS_MAX,
    SSH_KEYS_MAX,
    VETO_SECONDS,
)
from hobnob_protocol.link import (
    ADD,
    GENESIS,
    PAPER,
    POSSESSION_TAG,
    RECOVERY,
    RECOVERY_TAG,
    RETURN,
    REVOKE,
    SEAT,
    SSH,
    TAG,
    Link,
    read,
)
from hobnob_protocol.returning import (
    by_ssh,
    entered,
    key_of,
    named,
    named_device,
    returned,
    seated,
    vetoed,
)
from hobnob_protocol.ssh import signed
from hobnob_protocol.ssh.signed import SshSigner

RULES: Final = {
    "link.fields": "a link is `[1, seq, prev_hash, hub_id, type, payload, ts_seconds]`, exactly",
    "link.hub": "a link is of this hub",
    "link.order": "a link names its place and the hash of the one before",
    "link.count": f"an account has at most {CHAIN_LINKS_MAX} links",
    "link.type": (
        "the first link is genesis, every other adds, revokes, names a recovery key, or brings a"
        " device back"
    ),
    "link.signature": (
        "an active device that may manage has signed the link; an active recovery key on paper may"
        " sign to add and to revoke, any active device to revoke one that waits, and a device that"
        " comes back signs by itself"
    ),
    "link.payload": (
        "genesis `[key]` or `[key, ssh_key, ssh_signature]`, add `[key, manage, possession]`,"
        " revoke `[id]`, recovery `[key, sort, possession]`, return `[key, id, ssh_signature]`,"
        " seat `[id]`"
    ),
    "link.key": "a key has 32 bytes, is not of low order and written in the one way",
    "link.possession": "an added key has signed that it is held",
    "link.known_device": "a key is added once, as a device or for recovery",
    "link.devices": (
        f"an account has at most {DEVICES_MAX} active devices; where a recovery key adds one more,"
        " the one that was added first ends"
    ),
    "link.sort": f"a recovery key is of sort {PAPER}, on paper, or {SSH}, of SSH",
    "link.recovery": (
        f"an account has at most {PAPER_KEYS_MAX} active recovery keys on paper and {SSH_KEYS_MAX}"
        " of SSH"
    ),
    "link.recovery_key": "a device is brought back by an active SSH key of its account",
    "link.counter": "a security key counts up, where it counts",
    "link.waiting": (
        "of one SSH key one device waits, until it could have entered; who enters is one that waits"
    ),
    "link.early": (
        f"a device that waits enters {VETO_SECONDS} s after the hub took up what named it, or later"
    ),
    "link.unknown_device": (
        "only an active device or recovery key of the account, or a device that waits, can be"
        " revoked"
    ),
    "link.last_manager": "one device that may manage always stays",
}
"""Every rule a link must keep, by the name its `ProtocolError` carries; those of the codec and of
SSH's bytes beside them."""


# Making links.


def genesis(
    signer: Signer, hub: HubId, ts_seconds: int, ssh: SshSigner | None = None
) -> tuple[bytes, bytes]:
    """The first link of a new account on one device, and its signature; with an SSH key, that key
    may recover the account from the first moment on."""
    if ssh is None:
        link = encode((1, 0, bytes(32), hub, GENESIS, (signer.public_key,), ts_seconds))
    else:
        payload = (signer.public_key, ssh.public_key, b"")
        link = _by_ssh(Link(0, bytes(32), hub, GENESIS, payload, ts_seconds), ssh)
    return link, signer.sign(TAG + link)


def add(
    chain: Chain, signer: Signer, added: Signer, ts_seconds: int, manage: bool = True
) -> tuple[bytes, bytes]:
    """A link by which `signer` adds the device `added`, which proves that it holds its key."""
    possession = added.sign(POSSESSION_TAG + chain.head + added.public_key)
    payload = (added.public_key, manage, possession)
    return _sign(chain, signer, ADD, payload, ts_seconds)


def revoke(chain: Chain, signer: Signer, device: DeviceId, ts_seconds: int) -> tuple[bytes, bytes]:
    """A link by which `signer` ends a device or a recovery key of its account, or, whether it may
    manage or not, says no to a device that waits."""
    return _sign(chain, signer, REVOKE, (device,), ts_seconds)


def name_recovery(
    chain: Chain, signer: Signer, recovery: Signer, ts_seconds: int, sort: int = PAPER
) -> tuple[bytes, bytes]:
    """A link by which `signer` names a recovery key, which proves that somebody holds it."""
    possession = recovery.sign(RECOVERY_TAG + chain.head + recovery.public_key)
    payload = (recovery.public_key, sort, possession)
    return _sign(chain, signer, RECOVERY, payload, ts_seconds)


def name_ssh(chain: Chain, signer: Signer, ssh: SshSigner, ts_seconds: int) -> tuple[bytes, bytes]:
    """The same for an SSH key."""
    _may(chain, signer, RECOVERY, ())
    payload = (ssh.public_key, SSH, b"")
    fields = Link(chain.links, chain.head, chain.hub, RECOVERY, payload, ts_seconds)
    link = _by_ssh(fields, ssh)
    return link, signer.sign(TAG + link)


def recover(
    hub: HubId, links: int, head: bytes, recovery: Signer, added: Signer, ts_seconds: int
) -> tuple[bytes, bytes]:
    """A link by which a recovery key adds the device `added` to an account of which only the place
    is known: how many `links` it has, and its `head`."""
    possession = added.sign(POSSESSION_TAG + head + added.public_key)
    link = encode((1, links, head, hub, ADD, (added.public_key, True, possession), ts_seconds))
    return link, recovery.sign(TAG + link)


def come_back(
    hub: HubId, links: int, head: bytes, ssh: SshSigner, added: Signer, ts_seconds: int
) -> tuple[bytes, bytes]:
    """A link by which an SSH key of such an account names the device `added`."""
    by = device_id(DeviceKey(ssh.public_key))
    fields = Link(links, head, hub, RETURN, (added.public_key, by, b""), ts_seconds)
    link = _by_ssh(fields, ssh)
    return link, added.sign(TAG + link)


def enter(
    hub: HubId, links: int, head: bytes, waiting: Signer, ts_seconds: int
) -> tuple[bytes, bytes]:
    """A link by which a device of such an account enters that has waited."""
    name = device_id(waiting.public_key)
    link = encode((1, links, head, hub, SEAT, (name,), ts_seconds))
    return link, waiting.sign(TAG + link)


def is_genesis(link: bytes) -> bool:
    """Does a link say that it founds an account? So does what is no link."""
    try:
        return read(link).type == GENESIS
    except ProtocolError:
        return True


def _by_ssh(fields: Link, ssh: SshSigner) -> bytes:
    """The link with the SSH key's signature at the end of its payload."""
    place = len(fields.payload) - 1
    proof = ssh.sign(signed.to_sign(signed.CHAIN, fields.without(place)))
    return fields._replace(payload=(*fields.payload[:place], proof)).encoded


def _sign(
    chain: Chain, signer: Signer, link_type: int, payload: tuple[object, ...], ts_seconds: int
) -> tuple[bytes, bytes]:
    _may(chain, signer, link_type, payload)
    link = encode((1, chain.links, chain.head, chain.hub, link_type, payload, ts_seconds))
    return link, signer.sign(TAG + link)


def _may(chain: Chain, signer: Signer, link_type: int, payload: tuple[object, ...]) -> None:
    signing = chain.find(device_id(signer.public_key))
    veto = link_type == REVOKE and _is_veto(chain, payload)
    if signing is None or not signing.active or not (signing.manage or veto):
        raise UsageError("this device may not manage the account")


# Reading them.


def extend(
    chain: Chain | None,
    link: bytes,
    signature: bytes,
    hub: HubId,
    verifier: Verifier,
    at_ms: int = 0,
) -> Chain:
    """The account after one more link, or a new one by its genesis.

    `at_ms` is the hub's time of the event that carries it: of a link that makes a device wait, or
    ends its wait, it decides. ProtocolError with a rule `link.…` or `ssh.…` where it does not fit.
    """
    fields = read(link)
    if fields.hub != hub:
        raise ProtocolError("link.hub")
    links, head = (chain.links, chain.head) if chain else (0, bytes(32))
    if fields.seq != links or fields.previous != head:
        raise ProtocolError("link.order")
    if fields.seq >= CHAIN_LINKS_MAX:
        raise ProtocolError("link.count")
    head = sha256(link).digest()
    if chain is None:
        if fields.type != GENESIS:
            raise ProtocolError("link.type")
        return _begin(fields, link, signature, hub, head, verifier)
    if fields.type == RETURN:
        longer = returned(chain, fields, link, signature, verifier, at_ms)
    elif fields.type == SEAT:
        longer = seated(chain, fields, link, signature, verifier, at_ms)
    else:
        longer = _changed(chain, fields, link, signature, verifier)
    return replace(longer, links=fields.seq + 1, head=head, heads=(*chain.heads, head))


def _begin(
    fields: Link, link: bytes, signature: bytes, hub: HubId, head: bytes, verifier: Verifier
) -> Chain:
    if len(fields.payload) not in (1, 3):
        raise ProtocolError("link.payload")
    key = key_of(fields.payload[0])
    if not verifier.verify(key, signature, TAG + link):
        raise ProtocolError("link.signature")
    first = Device(key, device_id(key), True, 0)
    chain = Chain(AccountId(head[:20]), hub, 1, head, (first,), (head,))
    if len(fields.payload) == 1:
        return chain
    _, ssh, proof = fields.payload
    if type(proof) is not bytes:
        raise ProtocolError("link.payload")
    return replace(chain, recovery=(by_ssh(fields, ssh, 2, proof),))


def _changed(
    chain: Chain, fields: Link, link: bytes, signature: bytes, verifier: Verifier
) -> Chain:
    """The account after a link that one of its keys has signed."""
    recovers = _signed_by_recovery(chain, fields, link, signature, verifier)
    if fields.type == ADD:
        return _added(chain, fields, recovers, verifier)
    if fields.type == REVOKE:
        return _revoked(chain, fields)
    if fields.type == RECOVERY:
        return replace(chain, recovery=(*chain.recovery, named(chain, fields, verifier)))
    raise ProtocolError("link.type")


def _signed_by_recovery(
    chain: Chain, fields: Link, link: bytes, signature: bytes, verifier: Verifier
) -> bool:
    """Was it a recovery key that signed, or one of the account's devices? At most ten keys are
    tried."""
    veto = fields.type == REVOKE and _is_veto(chain, fields.payload)
    for device in chain.active:
        may = device.manage or veto
        if may and verifier.verify(device.key, signature, TAG + link):
            return False
    if fields.type in (ADD, REVOKE):
        for recovery in chain.recovery:
            may = recovery.active and recovery.sort == PAPER
            if may and verifier.verify(recovery.key, signature, TAG + link):
                return True
    raise ProtocolError("link.signature")


def _is_veto(chain: Chain, payload: tuple[object, ...]) -> bool:
    """Is it a device that waits which a revocation names?"""
    return any((each.device,) == payload for each in chain.waiting)


def _added(chain: Chain, fields: Link, recovers: bool, verifier: Verifier) -> Chain:
    if len(fields.payload) != 3 or type(fields.payload[1]) is not bool:
        raise ProtocolError("link.payload")
    value, manage, possession = fields.payload
    if type(possession) is not bytes:
        raise ProtocolError("link.payload")
    key = key_of(value)
    if not verifier.verify(key, possession, POSSESSION_TAG + chain.head + key):
        raise ProtocolError("link.possession")
    if chain.knows(device_id(key)):
        raise ProtocolError("link.known_device")
    if not recovers and len(chain.active) >= DEVICES_MAX:
        raise ProtocolError("link.devices")
    return _managed(entered(chain, key, fields.seq, bool(manage)))


def _revoked(chain: Chain, fields: Link) -> Chain:
    name = named_device(fields)
    waiting = chain.find_waiting(name)
    if waiting is not None:
        return vetoed(chain, waiting, fields.seq)
    device, recovery = chain.find(name), chain.find_recovery(name)
    if device is not None and device.active:
        return _managed(chain.ending(device, fields.seq))
    if recovery is None or not recovery.active:
        raise ProtocolError("link.unknown_device")
    return chain.ending_recovery(recovery, fields.seq)


def _managed(chain: Chain) -> Chain:
    """The account as long as one of its devices may manage it."""
    if not any(device.manage for device in chain.active):
        raise ProtocolError("link.last_manager")
    return chain
