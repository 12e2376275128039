"""How a further device comes to speak for an account: two texts that are carried by hand.

The old device prints an **account code**: where the hub is, who the account is, how far its chain
goes. The new device draws its own key and answers with a **request**: that key, and the proof that
it is held, bound to that very place of the chain. The old device signs the link that adds it. No
secret travels, and a code that somebody else sees lets nobody in: only a device of the account can
add one.
"""

from hashlib import sha256
from typing import Final

from hobnob_client.failures import Exit, Failure
from hobnob_client.keyring import DeviceFile
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.crypto import Signer
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import AccountId, DeviceKey, HubId
from hobnob_protocol.invite_link import base32, from_base32
from hobnob_protocol.link import POSSESSION_TAG
from hobnob_protocol.value import value

ACCOUNT: Final = "hba1_"
REQUEST: Final = "hbr1_"
CODE_BYTES_MAX: Final = 1_024
"""A code is a few lines of text."""
_CHECK_BYTES: Final = 4
"""One mistyped letter in four billion passes."""


@value
class AccountCode:
    """What a new device must know; `head` is the chain's, `hub_key` the hub's proven one."""

    host: str
    port: int
    hub: HubId
    hub_key: DeviceKey
    account: AccountId
    handle: str
    head: bytes

    @property
    def packed(self) -> bytes:
        """As it travels where nobody has to type it."""
        fields = (self.host, self.port, self.hub, self.hub_key, self.account, self.handle)
        return encode((*fields, self.head))

    def __str__(self) -> str:
        return _written(ACCOUNT, self.packed)


@value
class DeviceRequest:
    """A key that would speak for an account, and the proof that somebody holds it."""

    account: AccountId
    key: DeviceKey
    possession: bytes

    @property
    def packed(self) -> bytes:
        """As it travels where nobody has to type it."""
        return encode((self.account, self.key, self.possession))

    def __str__(self) -> str:
        return _written(REQUEST, self.packed)


class ShownKey:
    """Stands in for a device that is elsewhere: it signs one thing, with what it has shown."""

    def __init__(self, request: DeviceRequest) -> None:
        self._request = request

    @property
    def public_key(self) -> DeviceKey:
        """The new device's."""
        return self._request.key

    def sign(self, message: bytes) -> bytes:
        """The proof it has given; whether it fits `message` the chain's own check decides."""
        return self._request.possession


def request(code: AccountCode, signer: Signer) -> DeviceRequest:
    """On the new device: what it asks with."""
    said = POSSESSION_TAG + code.head + signer.public_key
    return DeviceRequest(code.account, signer.public_key, signer.sign(said))


def device_of(code: AccountCode, seed: bytes) -> DeviceFile:
    """What the new device keeps; it can log in once the old one has added it."""
    return DeviceFile(code.host, code.port, code.hub, code.account, code.handle, seed, code.hub_key)


def parse_account(text: str) -> AccountCode:
    """The inverse of `str`; Failure where it is none."""
    return unpack_account(_read(ACCOUNT, text))


def unpack_account(data: bytes) -> AccountCode:
    """The inverse of `packed`; Failure where it is none."""
    match _fields(ACCOUNT, data, 7):
        case [
            str(host),
            int(port),
            bytes(hub),
            bytes(key),
            bytes(account),
            str(handle),
            bytes(head),
        ]:
            if (len(hub), len(key), len(account), len(head)) == (32, 32, 20, 32):
                return AccountCode(
                    host, port, HubId(hub), DeviceKey(key), AccountId(account), handle, head
                )
        case _:
            pass
    raise _wrong(ACCOUNT)


def parse_request(text: str) -> DeviceRequest:
    """The inverse of `str`; Failure where it is none."""
    return unpack_request(_read(REQUEST, text))


def unpack_request(data: bytes) -> DeviceRequest:
    """The inverse of `packed`; Failure where it is none."""
    match _fields(REQUEST, data, 3):
        case [bytes(account), bytes(key), bytes(possession)]:
            if (len(account), len(key), len(possession)) == (20, 32, 64):
                return DeviceRequest(AccountId(account), DeviceKey(key), possession)
        case _:
            pass
    raise _wrong(REQUEST)


def _written(prefix: str, data: bytes) -> str:
    return prefix + base32(data + sha256(data).digest()[:_CHECK_BYTES])


def _read(prefix: str, text: str) -> bytes:
    """What a code holds that has come over whole."""
    code = "".join(text.split())
    try:
        if not code.startswith(prefix):
            raise _wrong(prefix)
        whole = from_base32(code.removeprefix(prefix))
        data, check = whole[:-_CHECK_BYTES], whole[-_CHECK_BYTES:]
    except (ValueError, ProtocolError) as broken:
        raise _wrong(prefix) from broken
    if sha256(data).digest()[:_CHECK_BYTES] != check:
        raise _wrong(prefix)
    return data


def _fields(prefix: str, data: bytes, count: int) -> tuple[object, ...]:
    try:
        fields = decode(data, CODE_BYTES_MAX)
    except ProtocolError as broken:
        raise _wrong(prefix) from broken
    if type(fields) is not tuple:
        raise _wrong(prefix)
    return fields[:count]


def _wrong(prefix: str) -> Failure:
    named = {ACCOUNT: "account code", REQUEST: "device request"}[prefix]
    return Failure(f"This is no {named} ({prefix}…), or not all of it.", Exit.USAGE)
