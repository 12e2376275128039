"""Links signed for real, and what each makes of its account: the stuff of the vectors of chains."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, TypeAlias

from tests.protocol.vectors.by_hand import array
from tests.protocol.vectors.people import HUB, LAPTOP, Person
from tests.protocol.vectors.rows import Row, invalid, plain, valid

TAG: Final = b"hobnob/1 chain\0"
POSSESSION: Final = b"hobnob/1 chain key\0"
RECOVERY_POSSESSION: Final = b"hobnob/1 chain recovery\0"
GENESIS, ADD, REVOKE, RECOVERY = 0, 1, 2, 4
PAPER: Final = 1
SECONDS: Final = 1_700_000_000

Device: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Account:
    """An account as the links so far have made it."""

    account: bytes = b""
    links: int = 0
    head: bytes = bytes(32)
    devices: tuple[Device, ...] = ()
    recovery: tuple[Device, ...] = ()
    waiting: tuple[Device, ...] = ()

    def told(self) -> Row | None:
        """As a row tells it; None before the first link."""
        if not self.links:
            return None
        devices = plain(self.devices)
        told = {
            "account": self.account.hex(),
            "links": self.links,
            "head": self.head.hex(),
            "devices": devices,
        }
        more = {"recovery": self.recovery, "waiting": self.waiting}
        return {**told, **{name: plain(found) for name, found in more.items() if found}}

    def link(self, link_type: Any, *payload: object, **other: Any) -> dict[str, Any]:
        """The fields of the next link; `other` ones differ."""
        fields = {
            "version": 1,
            "seq": self.links,
            "previous": self.head,
            "hub": HUB,
            "type": link_type,
            "payload": list(payload),
            "ts_seconds": SECONDS,
        }
        return {**fields, **other}

    def after(
        self,
        link: bytes,
        devices: tuple[Device, ...] | None,
        recovery: tuple[Device, ...] | None = None,
        waiting: tuple[Device, ...] | None = None,
    ) -> "Account":
        """The account one link later; what is not said stays as it was."""
        head = sha256(link).digest()
        return Account(
            self.account or head[:20],
            self.links + 1,
            head,
            self.devices if devices is None else devices,
            self.recovery if recovery is None else recovery,
            self.waiting if waiting is None else waiting,
        )


def device(person: Person, added_seq: int, manage: bool = True, revoked_seq: int = 0) -> Device:
    """One device of an account."""
    return {
        "device": person.device,
        "key": person.key,
        "manage": manage,
        "added_seq": added_seq,
        "revoked_seq": revoked_seq,
    }


def paper(person: Person, added_seq: int, revoked_seq: int = 0) -> Device:
    """One recovery key on paper."""
    return {
        "id": person.device,
        "key": person.key,
        "sort": PAPER,
        "added_seq": added_seq,
        "revoked_seq": revoked_seq,
    }


def held(before: Account, person: Person) -> bytes:
    """A recovery key's signature for its place."""
    return person.sign(RECOVERY_POSSESSION, before.head, person.key)


def proof(before: Account, person: Person) -> bytes:
    """A new key's signature for its place."""
    return person.sign(POSSESSION, before.head, person.key)


def _row(before: Account, hub: bytes, at_ms: int) -> Row:
    row: Row = {"hub": hub.hex(), "before": before.told()}
    return {**row, "at_ms": at_ms} if at_ms else row


def right(
    name: str,
    before: Account,
    fields: dict[str, Any],
    signer: Person,
    devices: tuple[Device, ...] | None,
    added: Person | None = None,
    recovery: tuple[Device, ...] | None = None,
    waiting: tuple[Device, ...] | None = None,
    at_ms: int = 0,
) -> tuple[Row, Account]:
    """A link that fits, and the account after it; `at_ms` is the hub's time of it, where that
    counts."""
    link = array(*fields.values())
    after = before.after(link, devices, recovery, waiting)
    signature = signer.sign(TAG, link)
    row = valid(
        name,
        link,
        signature=signature.hex(),
        **_row(before, HUB, at_ms),
        fields=plain(fields),
        signer_seed=signer.seed.hex(),
        added_seed=None if added is None else added.seed.hex(),
        after=after.told(),
    )
    return row, after


def wrong(
    breaks: str,
    why: str,
    before: Account,
    fields: dict[str, Any] | bytes,
    signer: Person = LAPTOP,
    signature: bytes | None = None,
    hub: bytes = HUB,
    at_ms: int = 0,
) -> Row:
    """A link that breaks this rule, signed as it stands."""
    link = fields if isinstance(fields, bytes) else array(*fields.values())
    signature = signer.sign(TAG, link) if signature is None else signature
    return invalid("link", link, breaks, why, signature=signature.hex(), **_row(before, hub, at_ms))


NOBODY: Final = Account()
