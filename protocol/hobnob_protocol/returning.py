"""How an account comes back by an SSH key, which whoever reaches an agent can use.

What a person has touched counts at once. What an agent signed unseen names a device that **waits**:
it is none, and enters by a link of its own once the hub's time says that a day has passed. Until
then any device of the account ends it, and the key that named it with it: whoever has asked can use
that key.
"""

from dataclasses import replace

from hobnob_protocol.account import Chain, Device, RecoveryKey, Waiting
from hobnob_protocol.crypto import Verifier, is_low_order
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import DeviceId, DeviceKey, device_id
from hobnob_protocol.limits import DEVICES_MAX, PAPER_KEYS_MAX, SSH_KEYS_MAX
from hobnob_protocol.link import PAPER, RECOVERY_TAG, SSH, TAG, Link
from hobnob_protocol.ssh import signed


def key_of(value: object) -> DeviceKey:
    """A device's key, or one on paper. ProtocolError."""
    if type(value) is not bytes or len(value) != 32 or is_low_order(value):
        raise ProtocolError("link.key")
    return DeviceKey(value)


def named(chain: Chain, link: Link, verifier: Verifier) -> RecoveryKey:
    """The recovery key that a link names. ProtocolError."""
    if len(link.payload) != 3 or type(link.payload[1]) is not int:
        raise ProtocolError("link.payload")
    value, sort, proof = link.payload
    if type(proof) is not bytes:
        raise ProtocolError("link.payload")
    if sort not in (PAPER, SSH):
        raise ProtocolError("link.sort")
    if sort == SSH:
        found = by_ssh(link, value, 2, proof)
    else:
        key = key_of(value)
        if not verifier.verify(key, proof, RECOVERY_TAG + chain.head + key):
            raise ProtocolError("link.possession")
        found = RecoveryKey(key, device_id(key), PAPER, link.seq)
    if chain.knows(found.id):
        raise ProtocolError("link.known_device")
    most = PAPER_KEYS_MAX if sort == PAPER else SSH_KEYS_MAX
    if sum(each.active and each.sort == sort for each in chain.recovery) >= most:
        raise ProtocolError("link.recovery")
    return found


def by_ssh(link: Link, key: object, place: int, proof: bytes) -> RecoveryKey:
    """The SSH key whose signature `proof` stands at `place` of the payload. ProtocolError."""
    if type(key) is not bytes:
        raise ProtocolError("link.payload")
    counter = signed.check(key, proof, signed.CHAIN, link.without(place))
    blob = DeviceKey(key)
    return RecoveryKey(blob, device_id(blob), SSH, link.seq, counter=counter)


def returned(
    chain: Chain, link: Link, data: bytes, signature: bytes, verifier: Verifier, at_ms: int
) -> Chain:
    """The account after an SSH key has named a device: it has entered, or waits. ProtocolError."""
    if len(link.payload) != 3:
        raise ProtocolError("link.payload")
    value, name, proof = link.payload
    if type(name) is not bytes or type(proof) is not bytes:
        raise ProtocolError("link.payload")
    key = key_of(value)
    if not verifier.verify(key, signature, TAG + data):
        raise ProtocolError("link.signature")
    by = chain.find_recovery(DeviceId(name))
    if by is None or not by.active or by.sort != SSH:
        raise ProtocolError("link.recovery_key")
    counter = signed.check(by.key, proof, signed.CHAIN, link.without(2))
    if counter <= by.counter and (counter or by.counter):
        raise ProtocolError("link.counter")
    if chain.knows(device_id(key)):
        raise ProtocolError("link.known_device")
    recovery = tuple(
        replace(each, counter=counter) if each is by else each for each in chain.recovery
    )
    chain = replace(chain, recovery=recovery)
    if signed.is_touched(by.key):
        return entered(chain, key, link.seq)
    if any(each.by == by.id and at_ms < each.due_ms for each in chain.waiting):
        raise ProtocolError("link.waiting")
    others = tuple(each for each in chain.waiting if each.by != by.id)
    named = Waiting(key, device_id(key), by.id, at_ms, link.seq)
    return replace(chain, waiting=(*others, named))


def seated(
    chain: Chain, link: Link, data: bytes, signature: bytes, verifier: Verifier, at_ms: int
) -> Chain:
    """The account after a device that waited has entered. ProtocolError."""
    name = named_device(link)
    waited = chain.find_waiting(name)
    if waited is None:
        raise ProtocolError("link.waiting")
    if not verifier.verify(waited.key, signature, TAG + data):
        raise ProtocolError("link.signature")
    if at_ms < waited.due_ms:
        raise ProtocolError("link.early")
    others = tuple(each for each in chain.waiting if each is not waited)
    return entered(replace(chain, waiting=others), waited.key, link.seq)


def entered(chain: Chain, key: DeviceKey, seq: int, manage: bool = True) -> Chain:
    """The account after a recovery key has brought a device in; where there is no place for it,
    the one that was added first goes: whoever has lost eight devices must come back too."""
    if len(chain.active) >= DEVICES_MAX:
        chain = chain.ending(chain.active[0], seq)
    return replace(chain, devices=(*chain.devices, Device(key, device_id(key), manage, seq)))


def vetoed(chain: Chain, waiting: Waiting, seq: int) -> Chain:
    """The account after one of its devices has said no: the key that asked ends as well."""
    by = chain.find_recovery(waiting.by)
    assert by is not None, "who waits was named by a key of the account"
    return chain.ending_recovery(by, seq)


def named_device(link: Link) -> DeviceId:
    """The one id that a link names. ProtocolError."""
    if len(link.payload) != 1 or type(link.payload[0]) is not bytes:
        raise ProtocolError("link.payload")
    return DeviceId(link.payload[0])
