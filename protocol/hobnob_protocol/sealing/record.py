"""Seal records: a device tells under its signature which key it is sealed to from now on.

The newest record of each device is all that anybody needs. Its time only ever grows, so that a hub
which shows an older one again is refused by whoever has seen the newer.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from hobnob_protocol.account import Chain
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.crypto import Signer, Verifier
from hobnob_protocol.errors import ForkError, SealAwaits, SealError, Unopened, UsageError
from hobnob_protocol.ids import AccountId, DeviceId, DeviceKey, HubId, device_id
from hobnob_protocol.limits import (
    CHAIN_LINKS_MAX,
    LINK_BYTES_MAX,
    TIME_SECONDS_MAX,
    UNSEEN_SECONDS,
)
from hobnob_protocol.sealing.roster import Roster
from hobnob_protocol.sealing.seal_key import Kid, check_public, kid_of
from hobnob_protocol.value import value

TAG: Final = b"hobnob/1 seal record\0"

RULES: Final = {
    "record.fields": "a record is `[account, device, public, not_before_seconds, links, head]`, "
    "exactly",
    "record.device": "a record is of an active device of its account",
    "record.signature": "the device itself has signed its record",
    "record.order": "of two records of a device that differ, the later has the later time",
}
"""Every rule a seal record must keep, by the name its `SealError` carries; those of the codec, of
`seal_key` and `sealed.fork` beside them."""


@value
class SealRecord:
    """A device's key to be sealed to from `not_before_seconds` on, and where the device held its
    account's chain when it signed: so many links, with this head."""

    account: AccountId
    device: DeviceId
    public: bytes
    not_before_seconds: int
    links: int
    head: bytes

    @property
    def kid(self) -> Kid:
        """The key's name; it does not travel."""
        return kid_of(self.public)


def make_record(
    chain: Chain, signer: Signer, public: bytes, not_before_seconds: int
) -> tuple[bytes, bytes]:
    """A device's record of its seal key, and its signature.

    `not_before_seconds` must be later than that of every record the device has made.
    """
    device = chain.find(device_id(signer.public_key))
    if device is None or not device.active:
        raise UsageError("this device is not one of the account's")
    record = encode(
        (chain.account, device.device, public, not_before_seconds, chain.links, chain.head)
    )
    return record, signer.sign(TAG + chain.hub + record)


def decode_record(data: bytes) -> SealRecord:
    """Read a record strictly; neither its signature nor its key is looked at yet."""
    fields = decode(data, LINK_BYTES_MAX)
    if type(fields) is not tuple or len(fields) != 6:
        raise SealError("record.fields")
    account, device, public, not_before, links, head = fields
    if type(account) is not bytes or type(device) is not bytes or type(public) is not bytes:
        raise SealError("record.fields")
    if len(account) != 20 or len(device) != 8 or type(head) is not bytes or len(head) != 32:
        raise SealError("record.fields")
    if type(not_before) is not int or not 0 <= not_before <= TIME_SECONDS_MAX:
        raise SealError("record.fields")
    if type(links) is not int or not 1 <= links <= CHAIN_LINKS_MAX:
        raise SealError("record.fields")
    return SealRecord(AccountId(account), DeviceId(device), public, not_before, links, head)


def check_signature(
    data: bytes, signature: bytes, device: DeviceKey, hub: HubId, verifier: Verifier
) -> None:
    """SealError `record.signature` unless `device` has signed the record `data` for this hub."""
    if not verifier.verify(device, signature, TAG + hub + data):
        raise SealError("record.signature")


class SealRecords:
    """The newest record of every device, for as long as the replica lives: whoever forgets them can
    be shown old ones. Changed in place by records that hold."""

    def __init__(self, hub: HubId, verifier: Verifier) -> None:
        self._hub = hub
        self._verifier = verifier
        self._newest: dict[DeviceKey, SealRecord] = {}

    def take(self, data: bytes, signature: bytes, chains: Mapping[AccountId, Chain]) -> SealRecord:
        """Take a record as the hub serves it; the newest that is known by now.

        SealError where it does not hold or is older than what is known; SealAwaits where the
        chain has not come so far; ForkError where its device holds another chain.
        """
        record = decode_record(data)
        chain = chains.get(record.account)
        device = chain.find(record.device) if chain else None
        if chain is None or (device is None and record.links > chain.links):
            raise SealAwaits(Unopened.CHAIN, record.account.hex())
        if device is None or not device.active:
            raise SealError("record.device")
        check_signature(data, signature, device.key, self._hub, self._verifier)
        # From here on it is what the device says, and no rumour.
        if record.links > chain.links:
            raise SealAwaits(Unopened.CHAIN, record.account.hex())
        if chain.heads[record.links - 1] != record.head:
            raise ForkError("sealed.fork", record.account.hex())
        known = self._newest.get(device.key)
        if known == record:
            return record
        if known is not None and record.not_before_seconds <= known.not_before_seconds:
            raise SealError("record.order", record.device.hex())
        check_public(record.public)
        self._newest[device.key] = record
        return record

    def newest(self, device: DeviceKey) -> SealRecord | None:
        """What is known of a device's key."""
        return self._newest.get(device)

    def addressed(self, roster: Roster, now_seconds: int) -> tuple[SealRecord, ...]:
        """The records of those devices of a roster that are sealed to: they have one, and were seen
        within 45 days."""
        return tuple(_seen(self._newest, roster, now_seconds))


def _seen(
    newest: Mapping[DeviceKey, SealRecord], roster: Roster, now_seconds: int
) -> Iterable[SealRecord]:
    for _, key in roster.devices.values():
        record = newest.get(key)
        if record and now_seconds - record.not_before_seconds <= UNSEEN_SECONDS:
            yield record
