"""Recovery keys: how they are named, what they may sign, and each rule of them broken."""

from dataclasses import replace
from typing import Final

from tests.protocol.vectors.chain_links import (
    ADD,
    PAPER,
    RECOVERY,
    REVOKE,
    Account,
    device,
    held,
    paper,
    proof,
    right,
    wrong,
)
from tests.protocol.vectors.chains import full, story
from tests.protocol.vectors.people import IDENTITY, LAPTOP, PHONE, STRANGER, TABLET, Person
from tests.protocol.vectors.rows import Row

SHEET: Final = Person(b"sheet of paper, thirty-two bytes")
SECOND: Final = Person(b"second sheet, as well thirty-two")
THIRD: Final = Person(b"third sheet, and it has no place")


def recovery_story() -> tuple[list[Row], dict[str, Account]]:
    """An account that names a recovery key, loses its device, and comes back by the key."""
    begun = story()[1]["begun"]
    fields = begun.link(RECOVERY, SHEET.key, PAPER, held(begun, SHEET))
    row, one = right("recovery", begun, fields, LAPTOP, None, SHEET, (paper(SHEET, 1),))
    rows = [row]
    fields = one.link(RECOVERY, SECOND.key, PAPER, held(one, SECOND))
    both = (*one.recovery, paper(SECOND, 2))
    row, two = right("a second recovery key", one, fields, LAPTOP, None, SECOND, both)
    rows.append(row)
    fields = two.link(ADD, PHONE.key, True, proof(two, PHONE))
    devices = (*two.devices, device(PHONE, 3))
    row, back = right("add by a recovery key", two, fields, SHEET, devices, PHONE)
    rows.append(row)
    fields = back.link(REVOKE, LAPTOP.device)
    devices = (device(LAPTOP, 0, revoked_seq=4), device(PHONE, 3))
    row, alone = right("revoke by a recovery key", back, fields, SHEET, devices)
    rows.append(row)
    fields = alone.link(REVOKE, SHEET.device)
    spent = (paper(SHEET, 1, revoked_seq=5), paper(SECOND, 2))
    row, less = right("revoke a recovery key", alone, fields, PHONE, None, None, spent)
    rows.append(row)
    fields = less.link(RECOVERY, THIRD.key, PAPER, held(less, THIRD))
    third = (*less.recovery, paper(THIRD, 6))
    rows.append(right("another in its place", less, fields, PHONE, None, THIRD, third)[0])
    return rows, {"begun": begun, "one": one, "two": two, "less": less}


def crowded() -> tuple[Row, Account]:
    """A ninth device by a recovery key: the first one ends."""
    eight = full()[2]
    account = Account(eight.account, eight.links, eight.head, eight.devices, (paper(SHEET, 3),))
    fields = account.link(ADD, TABLET.key, True, proof(account, TABLET))
    ended = {**account.devices[0], "revoked_seq": account.links}
    devices = (ended, *account.devices[1:], device(TABLET, account.links))
    return right("a ninth device by a recovery key", account, fields, SHEET, devices, TABLET)[
        0
    ], account


def broken_names(begun: Account, one: Account) -> list[Row]:
    """Links that name a recovery key in another way than there is."""
    good = held(begun, SHEET)
    return [
        *(
            wrong("link.payload", why, begun, begun.link(RECOVERY, *payload))
            for why, payload in (
                ("a recovery key without its proof", (SHEET.key, PAPER)),
                ("a recovery key with more", (SHEET.key, PAPER, good, 1)),
                ("its sort is true", (SHEET.key, True, good)),
                ("the proof of a recovery key is nil", (SHEET.key, PAPER, None)),
            )
        ),
        wrong(
            "link.key",
            "a recovery key of order 1",
            begun,
            begun.link(RECOVERY, IDENTITY, PAPER, good),
        ),
        *(
            wrong("link.possession", why, begun, begun.link(RECOVERY, SHEET.key, PAPER, bad))
            for why, bad in (
                ("a device's proof", proof(begun, SHEET)),
                ("a stranger's", held(begun, STRANGER)),
                ("for another place of a recovery key", held(one, SHEET)),
            )
        ),
        wrong(
            "link.possession",
            "a recovery key's proof",
            begun,
            begun.link(ADD, SHEET.key, True, good),
        ),
        *(
            wrong("link.sort", f"sort {sort}", begun, begun.link(RECOVERY, SHEET.key, sort, good))
            for sort in (0, 3, -1)
        ),
    ]


def broken_rights(accounts: dict[str, Account], eight: Account) -> list[Row]:
    """Links that name what nobody may, or that a recovery key may not sign."""
    begun, one, two, less = (accounts[name] for name in ("begun", "one", "two", "less"))
    add = one.link(ADD, PHONE.key, True, proof(one, PHONE))
    again = one.link(RECOVERY, SHEET.key, PAPER, held(one, SHEET))
    own = begun.link(RECOVERY, LAPTOP.key, PAPER, held(begun, LAPTOP))
    as_device = one.link(ADD, SHEET.key, True, proof(one, SHEET))
    third = two.link(RECOVERY, THIRD.key, PAPER, held(two, THIRD))
    eight = replace(eight, devices=(*eight.devices[:-1], device(PHONE, 7, manage=False)))
    unmanaged = eight.link(ADD, TABLET.key, False, proof(eight, TABLET))
    return [
        wrong("link.known_device", "a recovery key named twice", one, again),
        wrong("link.known_device", "a device named for recovery", begun, own),
        wrong("link.known_device", "a recovery key added as a device", one, as_device),
        wrong("link.recovery", "the third", two, third),
        wrong(
            "link.signature",
            "a recovery key names another",
            one,
            one.link(RECOVERY, SECOND.key, PAPER, held(one, SECOND)),
            SHEET,
        ),
        wrong(
            "link.signature",
            "a recovery key nobody has named",
            begun,
            begun.link(ADD, PHONE.key, True, proof(begun, PHONE)),
            SHEET,
        ),
        wrong(
            "link.signature",
            "a revoked recovery key",
            less,
            less.link(ADD, TABLET.key, True, proof(less, TABLET)),
            SHEET,
        ),
        wrong(
            "link.signature",
            "a recovery key under the tag of events",
            one,
            add,
            signature=SHEET.sign(b"hobnob/1 event\0"),
        ),
        wrong(
            "link.unknown_device",
            "a recovery key revoked already",
            less,
            less.link(REVOKE, SHEET.device),
            PHONE,
        ),
        wrong(
            "link.last_manager", "by a recovery key", one, one.link(REVOKE, LAPTOP.device), SHEET
        ),
        wrong("link.last_manager", "the ninth may not manage", eight, unmanaged, SHEET),
        wrong("link.type", "kept for the handle, later", one, one.link(3, b"")),
    ]


def vectors() -> list[Row]:
    """`chain.json`, the part of recovery keys."""
    rows, accounts = recovery_story()
    row, eight = crowded()
    return [
        *rows,
        row,
        *broken_names(accounts["begun"], accounts["one"]),
        *broken_rights(accounts, eight),
    ]
