"""SSH keys that recover an account: how they are named, who comes back by them and when, and each
rule of that broken."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final

from tests.protocol.vectors.by_hand import array
from tests.protocol.vectors.chain_links import (
    GENESIS,
    NOBODY,
    RECOVERY,
    REVOKE,
    TAG,
    Account,
    Device,
    device,
    right,
    wrong,
)
from tests.protocol.vectors.chains_recovery import SECOND, SHEET
from tests.protocol.vectors.people import IDENTITY, LAPTOP, PHONE, STRANGER, TABLET, Person
from tests.protocol.vectors.rows import Row
from tests.protocol.vectors.ssh_holders import (
    CURVE,
    DESK,
    OLD,
    OTHER_DESK,
    Ecdsa,
    Plain,
    Rsa,
    Security,
    security,
    wrapped,
)

RETURN, SEAT = 5, 6
SSH: Final = 2
NOON_MS: Final = 1_700_000_000_000
DAY_MS: Final = 86_400_000
Holder = Plain | Ecdsa | Rsa | Security

HELD: Final[dict[str, Callable[[], Holder]]] = {
    "genesis with an SSH key": lambda: DESK,
    "an SSH key": lambda: OLD,
    "an SSH key of a curve": lambda: CURVE,
    "a security key": security,
    "a device waits": lambda: DESK,
    "another waits by another key": lambda: CURVE,
    "the next one, once it could have entered": lambda: DESK,
    "back at once by a touch": lambda: security(2),
}
"""Which rows an SSH key has signed, and which."""


def name_of(holder: Holder) -> bytes:
    """A key's id."""
    return sha256(holder.public_key).digest()[:8]


def signed(fields: dict[str, Any], holder: Holder, namespace: bytes = b"") -> dict[str, Any]:
    """The fields with the key's signature at the end of the payload."""
    bare = {**fields, "payload": [*fields["payload"], b""]}
    told = TAG + array(*bare.values())
    proof = holder.sign(wrapped(told, namespace) if namespace else wrapped(told))
    return {**fields, "payload": [*fields["payload"], proof]}


def ssh(holder: Holder, added_seq: int, revoked_seq: int = 0, counter: int = 0) -> Device:
    """One recovery key of SSH."""
    told = {
        "id": name_of(holder),
        "key": holder.public_key,
        "sort": SSH,
        "added_seq": added_seq,
        "revoked_seq": revoked_seq,
    }
    return {**told, "counter": counter} if counter else told


def waits(person: Person, by: Holder, added_seq: int, since_ms: int = NOON_MS) -> Device:
    """One device that waits."""
    return {
        "device": person.device,
        "key": person.key,
        "by": name_of(by),
        "since_ms": since_ms,
        "added_seq": added_seq,
    }


def back(before: Account, person: Person, holder: Holder, namespace: bytes = b"") -> dict[str, Any]:
    """The link by which a key names a device."""
    return signed(before.link(RETURN, person.key, name_of(holder)), holder, namespace)


def founded() -> tuple[list[Row], Account, Account]:
    """An account that begins with an SSH key, and names others; how it stood first and then."""
    fields = signed(NOBODY.link(GENESIS, LAPTOP.key, DESK.public_key), DESK)
    laptop = (device(LAPTOP, 0),)
    name = "genesis with an SSH key"
    row, begun = right(name, NOBODY, fields, LAPTOP, laptop, None, (ssh(DESK, 0),))
    rows = [row]
    account = begun
    for name, holder, counter in (
        ("an SSH key", OLD, 0),
        ("an SSH key of a curve", CURVE, 0),
        ("a security key", security(), 1),
    ):
        fields = signed(account.link(RECOVERY, holder.public_key, SSH), holder)
        held = (*account.recovery, ssh(holder, account.links, 0, counter))
        row, account = right(name, account, fields, LAPTOP, None, None, held)
        rows.append(row)
    return rows, begun, account


def story() -> tuple[list[Row], dict[str, Account]]:
    """Who comes back, when, and who is kept out."""
    rows, begun, four = founded()
    one = (waits(PHONE, DESK, 4),)
    fields = back(four, PHONE, DESK)
    row, waited = right("a device waits", four, fields, PHONE, None, None, None, one, NOON_MS)
    rows.append(row)
    both = (*one, waits(TABLET, CURVE, 5, NOON_MS + 1))
    fields = back(waited, TABLET, CURVE)
    name = "another waits by another key"
    row, two = right(name, waited, fields, TABLET, None, None, None, both, NOON_MS + 1)
    rows.append(row)
    entered = (*waited.devices, device(PHONE, 5))
    fields = waited.link(SEAT, PHONE.device)
    due = NOON_MS + DAY_MS
    row, seated = right("it enters", waited, fields, PHONE, entered, None, None, (), due)
    rows.append(row)
    ended = (ssh(DESK, 0, 5), *waited.recovery[1:])
    fields = waited.link(REVOKE, PHONE.device)
    row, vetoed = right("it is kept out", waited, fields, LAPTOP, None, None, ended, ())
    rows.append(row)
    fields = waited.link(REVOKE, name_of(DESK))
    rows.append(right("the key is ended", waited, fields, LAPTOP, None, None, ended, ())[0])
    fields = back(waited, STRANGER, DESK)
    name = "the next one, once it could have entered"
    later = (waits(STRANGER, DESK, 5, due),)
    rows.append(right(name, waited, fields, STRANGER, None, None, None, later, due)[0])
    fields = back(four, PHONE, security(2))
    touched = (*four.recovery[:-1], ssh(security(), 3, 0, 2))
    name = "back at once by a touch"
    row, _ = right(name, four, fields, PHONE, (*four.devices, device(PHONE, 4)), None, touched)
    rows.append(row)
    lesser = Account(
        waited.account,
        waited.links,
        waited.head,
        (*waited.devices, device(TABLET, 1, manage=False)),
        waited.recovery,
        waited.waiting,
    )
    fields = lesser.link(REVOKE, PHONE.device)
    name = "a device that may not manage keeps it out"
    rows.append(right(name, lesser, fields, TABLET, None, None, ended, ())[0])
    accounts = {"begun": begun, "four": four, "waited": waited, "two": two, "lesser": lesser}
    return rows, {**accounts, "seated": seated, "vetoed": vetoed}


def broken_names(begun: Account, four: Account) -> list[Row]:
    """Links that name an SSH key in another way than there is."""
    genesis = NOBODY.link(GENESIS, LAPTOP.key, DESK.public_key)
    other = begun.link(RECOVERY, OLD.public_key, SSH)
    fifth = four.link(RECOVERY, OTHER_DESK.public_key, SSH)
    again = begun.link(RECOVERY, DESK.public_key, SSH)
    file = signed(other, OLD, b"file")
    return [
        wrong("link.payload", "a key without its proof", NOBODY, genesis),
        wrong(
            "link.payload",
            "the SSH key's proof is nil",
            NOBODY,
            NOBODY.link(GENESIS, LAPTOP.key, DESK.public_key, None),
        ),
        wrong(
            "link.payload",
            "its SSH key is nil",
            NOBODY,
            NOBODY.link(GENESIS, LAPTOP.key, None, b""),
        ),
        wrong(
            "ssh.signature",
            "another's genesis",
            NOBODY,
            {
                **genesis,
                "payload": [
                    *genesis["payload"],
                    signed(NOBODY.link(GENESIS, PHONE.key, DESK.public_key), DESK)["payload"][2],
                ],
            },
        ),
        wrong("ssh.signature", "replayed from the namespace of files", begun, file),
        wrong(
            "ssh.signature",
            "for another place",
            four,
            {
                **fifth,
                "payload": [
                    *fifth["payload"],
                    signed(begun.link(RECOVERY, OTHER_DESK.public_key, SSH), OTHER_DESK)["payload"][
                        2
                    ],
                ],
            },
        ),
        wrong(
            "ssh.bytes",
            "an SSH key on paper",
            begun,
            begun.link(RECOVERY, SHEET.key, SSH, SHEET.sign(b"")),
        ),
        wrong(
            "link.key",
            "a sheet of SSH",
            begun,
            signed(begun.link(RECOVERY, OLD.public_key, 1), OLD),
        ),
        wrong("link.known_device", "an SSH key named twice", begun, signed(again, DESK)),
        wrong("link.recovery", "the fifth of SSH", four, signed(fifth, OTHER_DESK)),
        wrong(
            "ssh.presence",
            "named without a touch",
            begun,
            signed(begun.link(RECOVERY, security().public_key, SSH), security(flags=0)),
        ),
    ]


def broken_returns(accounts: dict[str, Account]) -> list[Row]:
    """Links by which nobody comes back."""
    four, waited = accounts["four"], accounts["waited"]
    good = back(four, PHONE, DESK)
    due = NOON_MS + DAY_MS
    named = back(waited, STRANGER, DESK)
    again = back(waited, PHONE, CURVE)
    revoked = accounts["vetoed"]
    return [
        *(
            wrong("link.payload", why, four, four.link(RETURN, *payload), PHONE)
            for why, payload in (
                ("a return without its proof", (PHONE.key, name_of(DESK))),
                ("a return by nil", (PHONE.key, None, b"")),
                ("its proof is nil as well", (PHONE.key, name_of(DESK), None)),
            )
        ),
        wrong(
            "link.key",
            "back by a key of order 1",
            four,
            four.link(RETURN, IDENTITY, name_of(DESK), b""),
        ),
        wrong("link.signature", "another device signs", four, good, TABLET),
        wrong("link.signature", "an old device signs", four, good, LAPTOP),
        wrong("link.recovery_key", "nobody's key", four, back(four, PHONE, OTHER_DESK), PHONE),
        wrong("link.recovery_key", "an ended key", revoked, back(revoked, PHONE, DESK), PHONE),
        wrong(
            "link.recovery_key",
            "a sheet",
            Account(b"a" * 20, 3, b"h" * 32, four.devices, (_sheet(),)),
            {**good, "seq": 3, "previous": b"h" * 32, "payload": [PHONE.key, SHEET.device, b""]},
            PHONE,
        ),
        wrong(
            "ssh.signature", "in another namespace", four, back(four, PHONE, DESK, b"git"), PHONE
        ),
        wrong(
            "ssh.signature",
            "what showed the key to a hub",
            four,
            back(four, PHONE, DESK, b"hobnob-recover@v1"),
            PHONE,
        ),
        wrong(
            "ssh.signature",
            "for another device",
            four,
            {**good, "payload": [TABLET.key, *good["payload"][1:]]},
            TABLET,
        ),
        wrong("ssh.presence", "without a touch", four, back(four, PHONE, security(2, 0)), PHONE),
        wrong("link.counter", "a copy of the key", four, back(four, PHONE, security(1)), PHONE),
        wrong("link.known_device", "it waits already", waited, again, PHONE),
        wrong("link.known_device", "it is there", four, back(four, LAPTOP, DESK), LAPTOP),
        wrong("link.waiting", "one waits by this key", waited, named, STRANGER, at_ms=due - 1),
        wrong(
            "link.signature",
            "an SSH key adds",
            four,
            signed(four.link(1, PHONE.key, True), DESK),
            PHONE,
        ),
    ]


def _sheet() -> Device:
    told: Device = {"id": SHEET.device, "key": SHEET.key, "sort": 1}
    return {**told, "added_seq": 1, "revoked_seq": 0}


def broken_entries(accounts: dict[str, Account]) -> list[Row]:
    """Who enters too early, or never."""
    waited, vetoed, lesser = accounts["waited"], accounts["vetoed"], accounts["lesser"]
    enter = waited.link(SEAT, PHONE.device)
    due = NOON_MS + DAY_MS
    return [
        wrong("link.early", "a millisecond", waited, enter, PHONE, at_ms=due - 1),
        wrong("link.early", "a hub that tells no time", waited, enter, PHONE),
        wrong(
            "link.waiting",
            "after the veto",
            vetoed,
            vetoed.link(SEAT, PHONE.device),
            PHONE,
            at_ms=due,
        ),
        wrong(
            "link.waiting",
            "who never asked",
            waited,
            waited.link(SEAT, SECOND.device),
            SECOND,
            at_ms=due,
        ),
        wrong("link.signature", "another enters in its place", waited, enter, TABLET, at_ms=due),
        wrong("link.payload", "nobody enters", waited, waited.link(SEAT), PHONE, at_ms=due),
        wrong(
            "link.signature",
            "who waits revokes",
            waited,
            waited.link(REVOKE, LAPTOP.device),
            PHONE,
            at_ms=due,
        ),
        wrong(
            "link.signature",
            "who may not manage revokes more",
            lesser,
            lesser.link(REVOKE, LAPTOP.device),
            TABLET,
        ),
    ]


def vectors() -> list[Row]:
    """The rows of `chain.json` about SSH keys."""
    rows, accounts = story()
    return [
        *rows,
        *broken_names(accounts["begun"], accounts["four"]),
        *broken_returns(accounts),
        *broken_entries(accounts),
    ]
