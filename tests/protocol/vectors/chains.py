"""Accounts: links signed for real, what each makes of its account, and each rule of them broken."""

from tests.protocol.vectors.by_hand import array, pack
from tests.protocol.vectors.chain_links import (
    ADD,
    GENESIS,
    NOBODY,
    POSSESSION,
    REVOKE,
    TAG,
    Account,
    device,
    proof,
    right,
    wrong,
)
from tests.protocol.vectors.people import (
    IDENTITY,
    IDENTITY_AGAIN,
    LAPTOP,
    PHONE,
    ROGUE_HUB,
    STRANGER,
    TABLET,
    Person,
    lengthened,
)
from tests.protocol.vectors.rows import Row
from tests.protocol.vectors.values import MOST


def story() -> tuple[list[Row], dict[str, Account]]:
    """One account from its genesis on, link by link, and how it stood in between."""
    laptop = device(LAPTOP, 0)
    row, begun = right("genesis", NOBODY, NOBODY.link(GENESIS, LAPTOP.key), LAPTOP, (laptop,))
    rows = [row]
    fields = begun.link(ADD, PHONE.key, True, proof(begun, PHONE))
    row, two = right("add", begun, fields, LAPTOP, (laptop, device(PHONE, 1)), PHONE)
    rows.append(row)
    fields = two.link(ADD, TABLET.key, False, proof(two, TABLET), ts_seconds=0)
    devices = (*two.devices, device(TABLET, 2, manage=False))
    row, three = right("add one that may not manage", two, fields, PHONE, devices, TABLET)
    rows.append(row)
    devices = (laptop, device(PHONE, 1, revoked_seq=3), three.devices[2])
    fields = three.link(REVOKE, PHONE.device, ts_seconds=MOST // 1_000)
    row, less = right("revoke", three, fields, LAPTOP, devices)
    rows.append(row)
    fields = three.link(REVOKE, LAPTOP.device)
    devices = (device(LAPTOP, 0, revoked_seq=3), *three.devices[1:])
    rows.append(right("revoke oneself", three, fields, LAPTOP, devices)[0])
    return rows, {"begun": begun, "two": two, "three": three, "less": less}


def full() -> tuple[list[Row], Account, Account]:
    """The last link an account may have, and the last device; both are made up to there."""
    late = Account(b"a" * 20, 255, b"h" * 32, (device(LAPTOP, 0),))
    fields = late.link(ADD, PHONE.key, True, proof(late, PHONE))
    devices = (*late.devices, device(PHONE, 255))
    row, done = right("the 256th link", late, fields, LAPTOP, devices, PHONE)
    others = tuple(device(Person(bytes([n]) * 32), n, manage=False) for n in range(1, 7))
    seven = Account(b"a" * 20, 7, b"h" * 32, (device(LAPTOP, 0), *others))
    fields = seven.link(ADD, PHONE.key, True, proof(seven, PHONE))
    devices = (*seven.devices, device(PHONE, 7))
    eighth, eight = right("the eighth device", seven, fields, LAPTOP, devices, PHONE)
    return [row, eighth], done, eight


def broken_fields(begun: Account) -> list[Row]:
    """Links that are not written as links are, or not for this place."""
    good = NOBODY.link(GENESIS, LAPTOP.key)
    rows = [
        wrong("link.fields", why, NOBODY, {**good, name: value})
        for name, value, why in (
            ("version", 0, "version 0"),
            ("version", 2, "version 2"),
            ("version", True, "version true"),
            ("seq", False, "seq false"),
            ("seq", None, "seq nil"),
            ("type", None, "type nil"),
            ("type", False, "type false"),
            ("payload", None, "no payload"),
            ("payload", LAPTOP.key, "its payload is not an array"),
            ("ts_seconds", -1, "before 1970"),
            ("ts_seconds", MOST // 1_000 + 1, "too late"),
            ("ts_seconds", True, "time true"),
        )
    ]
    link = array(*good.values())
    rows += [
        wrong("link.fields", why, NOBODY, data)
        for why, data in (
            ("six", array(*list(good.values())[:6])),
            ("eight: a link has no later fields", array(*good.values(), 1)),
            ("nil", pack(None)),
        )
    ]
    revoke = begun.link(REVOKE, LAPTOP.device)
    rows += [
        wrong("link.order", why, before, {**fields, name: value})
        for why, before, fields, name, value in (
            ("a first link with seq 1", NOBODY, good, "seq", 1),
            ("a first link after another", NOBODY, good, "previous", b"x" * 32),
            ("a first link after nil", NOBODY, good, "previous", None),
            ("seq 0 again", begun, revoke, "seq", 0),
            ("seq 2 after 0", begun, revoke, "seq", 2),
            ("seq -1", begun, revoke, "seq", -1),
            ("after zeros", begun, revoke, "previous", bytes(32)),
            ("after a head that is cut", begun, revoke, "previous", begun.head[:31]),
        )
    ]
    rows += [
        wrong("link.hub", "of another hub", NOBODY, good, hub=ROGUE_HUB),
        wrong("link.hub", "names another hub", NOBODY, {**good, "hub": ROGUE_HUB}),
        wrong("link.hub", "names none", NOBODY, {**good, "hub": None}),
        wrong("trailing", "a byte follows", NOBODY, link + b"\0"),
        wrong("truncated", "its last byte is missing", NOBODY, link[:-1]),
        wrong("size", "2,049 bytes", NOBODY, pack(bytes(2_046))),
    ]
    return rows


def broken_types(begun: Account) -> list[Row]:
    """Links of the wrong type, or whose payload is not what their type has."""
    key, good = PHONE.key, proof(begun, PHONE)
    rows = [
        wrong("link.type", f"type {each} first", NOBODY, NOBODY.link(each, LAPTOP.key))
        for each in (ADD, REVOKE, 3, -1)
    ]
    rows += [
        wrong("link.type", f"type {each} later", begun, begun.link(each, LAPTOP.key))
        for each in (GENESIS, 3, -1)
    ]
    rows += [
        wrong("link.payload", why, before, before.link(link_type, *payload))
        for why, before, link_type, payload in (
            ("a genesis without a key", NOBODY, GENESIS, ()),
            ("a genesis with two", NOBODY, GENESIS, (LAPTOP.key, PHONE.key)),
            ("an addition without its proof", begun, ADD, (key, True)),
            ("an addition with more", begun, ADD, (key, True, good, 1)),
            ("manage is 1", begun, ADD, (key, 1, good)),
            ("its proof is nil", begun, ADD, (key, True, None)),
            ("a revocation of nothing", begun, REVOKE, ()),
            ("a revocation of two", begun, REVOKE, (LAPTOP.device, PHONE.device)),
            ("a device that is a string", begun, REVOKE, ("x" * 8,)),
        )
    ]
    weak: tuple[tuple[str, object], ...] = (
        ("31 bytes", bytes([2]) * 31),
        ("a string", "k" * 32),
        ("nil", None),
        ("of order 4", bytes(32)),
        ("of order 1", IDENTITY),
        ("of order 1, with the sign bit", bytes([1]) + bytes(30) + b"\x80"),
        ("of order 1, its y beyond the field", IDENTITY_AGAIN),
        ("y = 2^255 - 1", b"\xff" * 32),
    )
    for why, bad in weak:
        rows.append(wrong("link.key", why, NOBODY, NOBODY.link(GENESIS, bad)))
        rows.append(wrong("link.key", why, begun, begun.link(ADD, bad, True, good)))
    return rows


def broken_rights(accounts: dict[str, Account], full_up: Account, eight: Account) -> list[Row]:
    """Links that are well written, and that their account or their key does not allow."""
    begun, three, less = accounts["begun"], accounts["three"], accounts["less"]
    genesis = NOBODY.link(GENESIS, LAPTOP.key)
    add = begun.link(ADD, PHONE.key, True, proof(begun, PHONE))
    link = array(*add.values())
    flipped = bytes((LAPTOP.sign(TAG, link)[0] ^ 1,)) + LAPTOP.sign(TAG, link)[1:]
    rows = [
        wrong("link.signature", "another key signed the genesis", NOBODY, genesis, PHONE),
        wrong("link.signature", "a stranger", begun, add, STRANGER),
        wrong("link.signature", "the new device itself", begun, add, PHONE),
        wrong("link.signature", "a revoked device", less, less.link(REVOKE, LAPTOP.device), PHONE),
        wrong(
            "link.signature",
            "a device that may not manage",
            three,
            three.link(REVOKE, PHONE.device),
            TABLET,
        ),
        *(
            wrong("link.signature", why, begun, add, signature=signature)
            for why, signature in (
                ("without the tag", LAPTOP.sign(link)),
                ("under the tag of events", LAPTOP.sign(b"hobnob/1 event\0", link)),
                ("one bit differs", flipped),
                ("S + L", lengthened(LAPTOP.sign(TAG, link))),
                ("63 bytes", LAPTOP.sign(TAG, link)[:63]),
                ("none", b""),
            )
        ),
    ]
    proofs = (
        ("zeros", bytes(64)),
        ("none", b""),
        ("of a stranger", STRANGER.sign(POSSESSION, begun.head, PHONE.key)),
        ("of the device that adds", LAPTOP.sign(POSSESSION, begun.head, PHONE.key)),
        ("for another place", PHONE.sign(POSSESSION, bytes(32), PHONE.key)),
        ("for another key", PHONE.sign(POSSESSION, begun.head, STRANGER.key)),
        ("under the tag of links", PHONE.sign(TAG, begun.head, PHONE.key)),
    )
    rows += [
        wrong("link.possession", why, begun, begun.link(ADD, PHONE.key, True, bad))
        for why, bad in proofs
    ]
    return rows + _broken_counts(accounts, full_up, eight)


def _broken_counts(accounts: dict[str, Account], full_up: Account, eight: Account) -> list[Row]:
    begun, two, less = accounts["begun"], accounts["two"], accounts["less"]
    again = two.link(ADD, PHONE.key, True, proof(two, PHONE))
    back = less.link(ADD, PHONE.key, True, proof(less, PHONE))
    ninth = eight.link(ADD, TABLET.key, True, proof(eight, TABLET))
    alone = device(LAPTOP, 0), device(TABLET, 1, manage=False)
    last = Account(b"a" * 20, 2, b"h" * 32, alone)
    return [
        wrong("link.count", "the 257th", full_up, full_up.link(REVOKE, PHONE.device)),
        wrong("link.known_device", "added twice", two, again),
        wrong("link.known_device", "added after it was revoked", less, back),
        wrong("link.devices", "the ninth", eight, ninth),
        wrong("link.unknown_device", "a stranger's", two, two.link(REVOKE, STRANGER.device)),
        wrong("link.unknown_device", "revoked already", less, less.link(REVOKE, PHONE.device)),
        wrong("link.unknown_device", "no bytes", two, two.link(REVOKE, b"")),
        wrong("link.last_manager", "the only device", begun, begun.link(REVOKE, LAPTOP.device)),
        wrong(
            "link.last_manager",
            "the other one may not manage",
            last,
            last.link(REVOKE, LAPTOP.device),
        ),
    ]


def vectors() -> list[Row]:
    """`chain.json` without recovery keys."""
    rows, accounts = story()
    more, full_up, eight = full()
    begun = accounts["begun"]
    return [
        *rows,
        *more,
        *broken_fields(begun),
        *broken_types(begun),
        *broken_rights(accounts, full_up, eight),
    ]
