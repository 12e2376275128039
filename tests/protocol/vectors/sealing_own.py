"""What is private to one account, put together by hand: keys for its devices, and cells."""

from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tests.protocol.vectors.by_hand import array, pack
from tests.protocol.vectors.households import (
    Household,
    Seat,
    entropy,
    expand,
    joined,
    u64,
    wrapped,
)
from tests.protocol.vectors.people import HUB, ROGUE_HUB
from tests.protocol.vectors.rows import Row, invalid, plain, valid
from tests.protocol.vectors.seals import padded

SECRET = entropy("own key", 32)
NUMBER = 1_700_000_000_000
GARDEN = b"c:" + entropy("garden", 16)
ROOT = entropy("root", 16)


def home() -> tuple[Household, tuple[Seat, ...]]:
    """One account with two devices, and one it has no more."""
    household = Household()
    desk = household.begin("ada's desk")
    phone = household.add(desk, "ada's phone")
    gone = household.add(desk, "ada's tablet")
    household.revoke(desk, gone)
    return household, (desk, phone, gone)


def key_id(account: bytes, secret: bytes = SECRET, hub: bytes = HUB) -> bytes:
    """How events name a key."""
    return joined(b"hobnob/1 own key\0", hub, account, secret)[:16]


def _slice(household: Household, by: Seat, seat: Seat, /, **changed: Any) -> list[Any]:
    place = {
        "hub": HUB,
        "account": household.account,
        "giver": by.person.key,
        "key": key_id(household.account),
        "links": u64(len(household.links)),
        "head": household.head(),
        "to": seat.person.key,
        "kid": seat.kid,
    }
    secret = changed.pop("secret", SECRET)
    info = joined(b"hobnob/1 own slice\0", *{**place, **changed}.values())
    drawn = entropy(f"own slice {sorted(changed)} {seat.name}", 64)
    return [seat.person.device, seat.kid, wrapped(seat.public, secret, info, drawn)]


def keys() -> list[Row]:
    """Keys that open, and each way in which one does not."""
    household, (desk, phone, _) = home()
    account = household.account

    def body(*slices: list[Any], links: int = 0) -> bytes:
        place = (key_id(account), links or len(household.links), household.head())
        return array(*place, sorted(slices))

    def row(to: Seat, data: bytes, giver: Seat = desk, **more: Any) -> Row:
        given = {
            "hub": HUB.hex(),
            "giver": giver.told(),
            **to.told(),
            "seal_seed": to.seed.hex(),
        }
        if "breaks" in more:
            breaks, why = more.pop("breaks"), more.pop("why")
            return {**invalid("own_key", data, breaks, why), "given": given}
        return valid("own_key", data, given=given, **more)

    both = body(_slice(household, desk, desk), _slice(household, desk, phone))
    rows = [
        row(desk, both, secret=SECRET.hex()),
        row(phone, both, secret=SECRET.hex()),
        row(phone, body(_slice(household, desk, desk)), closed="not_addressed"),
        row(Seat(phone.name, account, 1), both, closed="no_key"),
    ]
    rule = "own_key.slice"
    wrong: tuple[tuple[str, dict[str, Any]], ...] = (
        ("of another hub", {"hub": ROGUE_HUB}),
        ("of another account", {"account": bytes(20)}),
        ("by another device", {"giver": phone.person.key}),
        ("of another key", {"key": bytes(16)}),
        ("after other links", {"links": u64(1)}),
        ("after another head", {"head": bytes(32)}),
        ("to another device", {"to": desk.person.key}),
        ("to another key of the device", {"kid": desk.kid}),
        ("another key than the event names", {"secret": entropy("another own key", 32)}),
    )
    for why, changed in wrong:
        data = body(_slice(household, desk, phone, **changed))
        rows.append(row(phone, data, breaks=rule, why=why))
    rows.append(row(phone, both, phone, breaks=rule, why="signed by another device"))
    rows.append(
        row(
            phone,
            body(_slice(household, desk, phone), links=2),
            breaks=rule,
            why="the event names another place of the chain",
        )
    )
    return rows


DRAFT = array("draft", GARDEN, b"", b"")
REPLY = array("draft", GARDEN, ROOT, b"")
LOST = array("draft", GARDEN, b"", joined(b"another text")[:8])
HELD = array(1, DRAFT, 0, b"hello")


def _blind(name: bytes) -> bytes:
    return expand(SECRET, b"name" + name)[:16]


def _cell(held: bytes, name: bytes, number: int = NUMBER, /, **changed: Any) -> bytes:
    """A body by the desk; `changed` is its plaintext, or parts of what it is bound to."""
    household, (desk, _, _) = home()
    plaintext = changed.pop("plaintext", padded(held))
    salt = entropy(f"cell {name!r} {number} {len(plaintext)}", 16)
    place = {
        "hub": HUB,
        "account": household.account,
        "device": desk.person.key,
        "key": key_id(household.account),
        "name": _blind(name),
        "number": u64(number),
    }
    bound = b"".join((b"hobnob/1 private\0", *{**place, **changed}.values()))
    cipher = ChaCha20Poly1305(expand(SECRET, b"cell" + salt))
    sealed = salt + cipher.encrypt(bytes(12), plaintext, bound)
    return array(key_id(household.account), _blind(name), number, sealed)


def cells() -> list[Row]:
    """Cells that open, and each rule of them broken."""
    _, (desk, phone, _) = home()
    given = {"hub": HUB.hex(), **desk.told(), "secret": SECRET.hex()}

    def right(name: bytes, base: int, value: bytes, number: int = NUMBER, *later: object) -> Row:
        data = _cell(array(1, name, base, value, *later), name, number)
        fields = {"name": name.hex(), "base": base, "value": plain(value)}
        return valid("private_cell", data, given=given, fields=fields)

    def wrong(breaks: str, why: str, data: bytes) -> Row:
        return {**invalid("private_cell", data, breaks, why), "given": given}

    bound_to: tuple[tuple[str, dict[str, bytes]], ...] = (
        ("another hub", {"hub": ROGUE_HUB}),
        ("another account", {"account": bytes(20)}),
        ("another device", {"device": phone.person.key}),
        ("another key", {"key": bytes(16)}),
        ("another name: two cells were swapped", {"name": _blind(REPLY)}),
        ("another number: an older value was shown as newer", {"number": u64(NUMBER - 1)}),
    )
    data = _cell(HELD, DRAFT)
    return [
        right(DRAFT, 0, b"hello"),
        right(DRAFT, NUMBER, "Grüße aus dem Garten".encode(), NUMBER + 1),
        right(REPLY, NUMBER, b"", NUMBER + 2),
        right(LOST, 0, b"x" * 12_000),
        right(b"n", 2**53 - 1, b"\0", 2**53 - 1),
        right(DRAFT, 1, b"hello", 2, "of a later version"),
        *(
            wrong("private.cipher", f"bound to {why}", _cell(HELD, DRAFT, **changed))
            for why, changed in bound_to
        ),
        wrong("private.cipher", "its last bit is another", data[:-1] + bytes((data[-1] ^ 1,))),
        wrong("private.name", "it holds another name", _cell(HELD, REPLY)),
        wrong("sealed.padding", "no padding", _cell(b"", DRAFT, plaintext=b"x" * 64)),
        *(wrong("private.fields", why, _cell(inner, DRAFT)) for why, inner in no_cells()),
        wrong("trailing", "a byte follows", _cell(HELD + b"\0\x01", DRAFT)),
    ]


def no_cells() -> tuple[tuple[str, bytes], ...]:
    """What no cell holds, and why."""
    return (
        ("nil", pack(None)),
        ("without a value", array(1, DRAFT, 0)),
        ("another version", array(2, DRAFT, 0, b"hello")),
        ("a version that is true", array(True, DRAFT, 0, b"hello")),
        ("no name", array(1, b"", 0, b"hello")),
        ("a name of 129 bytes", array(1, bytes(129), 0, b"hello")),
        ("a name of letters", array(1, "draft", 0, b"hello")),
        ("a base before all", array(1, DRAFT, -1, b"hello")),
        ("a base beyond all", array(1, DRAFT, 2**53, b"hello")),
        ("a value of letters", array(1, DRAFT, 0, "hello")),
    )


def drafts() -> list[Row]:
    """Names of drafts, and names of something else."""
    stream, thread, other = GARDEN.hex(), ROOT.hex(), joined(b"lost")[:8].hex()
    given: tuple[tuple[bytes, bytes, bytes], ...] = (
        (GARDEN, b"", b""),
        (GARDEN, ROOT, b""),
        (GARDEN, ROOT, joined(b"lost")[:8]),
    )
    told = ((stream, "", ""), (stream, thread, ""), (stream, thread, other))
    names = ("stream", "thread", "other")
    rows = [
        valid("draft", array("draft", *parts), fields=dict(zip(names, each, strict=True)))
        for parts, each in zip(given, told, strict=True)
    ]
    rows += [
        {**valid("draft", data, fields=None), "why": why}
        for why, data in (
            ("no name at all", b"n"),
            ("nil", pack(None)),
            ("of another sort", array("setting", GARDEN, b"", b"")),
            ("one part too few", array("draft", GARDEN, b"")),
            ("one part too many", array("draft", GARDEN, b"", b"", b"")),
            ("a stream of letters", array("draft", "dir", b"", b"")),
            ("no stream", array("draft", b"nowhere", b"", b"")),
            ("a thread of 15 bytes", array("draft", GARDEN, ROOT[1:], b"")),
            ("a thread of letters", array("draft", GARDEN, "t" * 16, b"")),
            ("another of 7 bytes", array("draft", GARDEN, b"", bytes(7))),
            ("another of letters", array("draft", GARDEN, b"", "")),
        )
    ]
    return rows


def vectors() -> list[Row]:
    """All of it."""
    return [*keys(), *cells(), *drafts()]
