"""The parts of sealing: seal keys, HPKE, padding, seal records, changes of a group, reports."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from tests.protocol.vectors.by_hand import array, pack
from tests.protocol.vectors.households import (
    CHANGE,
    Household,
    Seat,
    entropy,
    event,
    expand,
    joined,
    wrapped,
)
from tests.protocol.vectors.people import HUB, ROGUE_HUB
from tests.protocol.vectors.rows import Row, invalid, plain, valid
from tests.protocol.vectors.seals import Said, Talk, padded
from tests.protocol.vectors.values import MOST

RECORD_TAG: Final = b"hobnob/1 seal record\0"
NEXT: Final = b"hobnob/1 next seal key\0"
SINCE: Final = 1_700_000_000
GROUP: Final = b"\xff" + entropy("group", 15)


def direct(one: bytes, other: bytes) -> bytes:
    """The conversation of two accounts."""
    digest = joined(b"hobnob/1 dm\0", HUB, *sorted((one, other)))
    return bytes((digest[0] % 128,)) + digest[1:16]


@lru_cache(maxsize=1)
def three() -> tuple[tuple[Household, ...], tuple[Seat, ...]]:
    """Three accounts, each with a first device."""
    households = tuple(Household() for _ in range(3))
    names = ("ada", "bob", "cyd")
    seats = tuple(each.begin(name) for each, name in zip(households, names, strict=True))
    return households, seats


def seal_keys() -> list[Row]:
    """Seeds, what is made of them, and what was sealed to them."""
    rows: list[Row] = []
    for seat in (Seat("ada"), Seat("ada", b"", 1), Seat("bob")):
        rows.append(
            {
                "name": "seal_key",
                "why": f"{seat.name}, step {seat.step}",
                "seed": seat.seed.hex(),
                "public": seat.public.hex(),
                "kid": seat.kid.hex(),
                "next_seed": expand(seat.seed, NEXT).hex(),
            }
        )
    for seat, secret, info in (
        (Seat("ada"), b"k" * 32, b"info"),
        (Seat("bob"), b"k" * 32, b""),
        (Seat("bob"), b"", b"nothing inside"),
    ):
        sealed = wrapped(seat.public, secret, info, entropy(f"hpke {info!r}", 64))
        rows.append(
            valid("hpke", sealed, seed=seat.seed.hex(), info=info.hex(), secret=secret.hex())
        )
    return rows


def paddings() -> list[Row]:
    """Texts, and what is no padded text."""
    rows = [
        valid("padding", padded(text), text=plain(text))
        for text in (b"a", b"\0", b"\x80", b"a" * 63, b"a" * 64, b"a" * 71, b"a" * 72, b"a" * 1_000)
    ]
    rows += [
        invalid("padding", data, "sealed.padding", why)
        for data, why in (
            (bytes(64), "no mark"),
            (b"\x80".ljust(64, b"\0"), "no text"),
            (b"text\x80".ljust(72, b"\0"), "longer than it must be"),
            (b"text\x81".ljust(64, b"\0"), "another mark"),
            (b"x" * 72, "no mark at the end of a full length"),
        )
    ]
    return rows


def _record(seat: Seat, household: Household, **changed: Any) -> bytes:
    fields = {
        "account": seat.account,
        "device": seat.person.device,
        "public": seat.public,
        "not_before": SINCE,
        "links": len(household.links),
        "head": household.head(),
    }
    return array(*{**fields, **changed}.values())


def _record_row(data: bytes, household: Household, signature: bytes, **more: Any) -> Row:
    given = {"hub": HUB.hex(), "accounts": [household.told()], "before": more.pop("before", None)}
    breaks = more.pop("breaks", None)
    why = str(more.pop("why", ""))
    told = {"signature": signature.hex(), "given": given, **more}
    if breaks is None:
        return valid("seal_record", data, **told)
    return {**invalid("seal_record", data, breaks, why), **told}


def records() -> list[Row]:
    """Records that hold, and each rule of them broken."""
    household = Household()
    ada = household.begin("ada")
    phone = household.add(ada, "ada's phone")
    tablet = household.add(ada, "ada's tablet")
    household.revoke(ada, tablet)

    def signed(data: bytes, seat: Seat = ada, hub: bytes = HUB) -> bytes:
        return seat.person.sign(RECORD_TAG, hub, data)

    rows: list[Row] = []
    for seat in (ada, phone):
        data = _record(seat, household)
        told = {"public": seat.public.hex(), "kid": seat.kid.hex(), "not_before_seconds": SINCE}
        rows.append(_record_row(data, household, signed(data, seat), fields=told))
    early = _record(ada, household, links=1, head=household.head(1))
    told = {"public": ada.public.hex(), "kid": ada.kid.hex(), "not_before_seconds": SINCE}
    rows.append(_record_row(early, household, signed(early), fields=told))
    ahead = _record(ada, household, links=5)
    rows.append(_record_row(ahead, household, signed(ahead), awaits="chain"))

    def wrong(breaks: str, why: str, data: bytes, **more: Any) -> None:
        signature = more.pop("signature", signed(data))
        rows.append(_record_row(data, household, signature, breaks=breaks, why=why, **more))

    mine = _record(ada, household)
    fields = "record.fields"
    wrong(fields, "a later field", _record(ada, household, later=1))
    wrong(fields, "an account of 19 bytes", _record(ada, household, account=bytes(19)))
    wrong(fields, "a time beyond all times", _record(ada, household, not_before=MOST))
    wrong(fields, "no links", _record(ada, household, links=0))
    wrong("record.device", "a stranger's", _record(Seat("eve", ada.account), household))
    gone = _record(tablet, household)
    wrong("record.device", "it was revoked", gone, signature=signed(gone, tablet))
    wrong("record.signature", "the phone has signed", mine, signature=signed(mine, phone))
    wrong("record.signature", "for another hub", mine, signature=signed(mine, ada, ROGUE_HUB))
    wrong("sealed.fork", "another head", _record(ada, household, head=bytes(32)))
    later = _record(Seat("ada", ada.account, 1), household, not_before=SINCE + 1)
    known = [later.hex(), signed(later).hex()]
    wrong("record.order", "older than what is known", mine, before=known)
    same = _record(Seat("ada", ada.account, 2), household, not_before=SINCE + 1)
    wrong("record.order", "of the same time", same, before=known)
    public = ada.public
    wrong("seal_key.length", "1,215 bytes", _record(ada, household, public=public[1:]))
    weak = b"\xff" * 1184 + public[1184:]
    wrong("seal_key.ml_kem", "beyond its modulus", _record(ada, household, public=weak))
    for u, why in ((0, "0"), (1, "of order 4"), (2**255 - 18, "1 in a second way")):
        weak = public[:1184] + u.to_bytes(32, "little")
        wrong("seal_key.x25519", why, _record(ada, household, public=weak))
    return [*rows, *_own()]


def _own() -> list[Row]:
    """What a restored device makes of its own newest record."""
    given = {"seed": Seat("ada").seed.hex(), "since_seconds": SINCE}
    ahead, thief = Seat("ada", b"", 3), Seat("eve")
    told = {"name": "own_record", "given": given, "not_before_seconds": SINCE + 5}
    return [
        {**told, "kid": ahead.kid.hex(), "seed": ahead.seed.hex()},
        {**told, "kid": thief.kid.hex(), "breaks": "record.own", "why": "a key of somebody else"},
    ]


Change = tuple[Seat, bytes]


def _heads(changes: Sequence[Change]) -> list[bytes]:
    return [
        joined(b"hobnob/1 group\0", HUB, GROUP, seat.account, seat.person.key, link)
        for seat, link in changes
    ]


def change(before: Sequence[Change], act: Any, *accounts: Any) -> bytes:
    """The next change of a group."""
    head = _heads(before)[-1] if before else bytes(32)
    return array(len(before), head, act, list(accounts))


def group_head(changes: Sequence[Change]) -> tuple[int, bytes]:
    """Where a group stands after these."""
    return len(changes), _heads(changes)[-1]


State = tuple[list[bytes], list[bytes]]
"""Members and admins."""


def carried(changes: Sequence[Change], states: Sequence[State]) -> tuple[Said, ...]:
    """The events that carry them, each with who is in the group after it."""
    return tuple(
        Said(event(seat, GROUP, array(link, *state), f"change {number}", CHANGE), seat)
        for number, ((seat, link), state) in enumerate(zip(changes, states, strict=True))
    )


def _body_row(
    before: Sequence[Change], said: Change, members: Any, admins: Any, **more: Any
) -> Row:
    """A change as its event carries it, to who knows those `before`."""
    seat, link = said
    told = [{**each.told(), "change": plain(data)} for each, data in before]
    given = {"hub": HUB.hex(), "conversation": GROUP.hex(), "before": told, "author": seat.told()}
    data = array(link, members, admins)
    if more:
        return {**invalid("group_body", data, more["breaks"], more["why"]), "given": given}
    head = joined(b"hobnob/1 group\0", HUB, GROUP, seat.account, seat.person.key, link)
    return valid("group_body", data, given=given, after={"head": head.hex()})


def _group_row(before: Sequence[Change], seat: Seat, link: bytes, **more: Any) -> Row:
    told = [{**each.told(), "change": plain(data)} for each, data in before]
    given = {"hub": HUB.hex(), "conversation": GROUP.hex(), "before": told, "author": seat.told()}
    if "breaks" in more:
        return {**invalid("group_change", link, more["breaks"], more["why"]), "given": given}
    after = {**plain(more), "head": _heads([*before, (seat, link)])[-1].hex()}
    return valid("group_change", link, given=given, after=after)


def groups() -> list[Row]:
    """Changes that hold, and each rule of them broken."""
    _, (ada, bob, cyd) = three()
    a, b, c = sorted(seat.account for seat in (ada, bob, cyd))
    whose = {seat.account: seat for seat in (ada, bob, cyd)}
    first, second, third = whose[a], whose[b], whose[c]
    found = (first, change([], 0, a, b))
    added = (first, change([found], 1, c))
    left = (third, change([found, added], 2, c))
    rows = [
        _group_row([], *found, members=[a, b], admins=[a]),
        _group_row([found], *added, members=[a, b, c], admins=[a]),
        _group_row([found, added], *left, members=[a, b], admins=[a]),
        _group_row([found], first, change([found], 3, b), members=[a, b], admins=[a, b]),
        _group_row([found], first, change([found], 2, a), members=[b], admins=[]),
    ]

    def wrong(breaks: str, why: str, before: list[Change], seat: Seat, link: bytes) -> None:
        rows.append(_group_row(before, seat, link, breaks=breaks, why=why))

    head = _heads([found])[0]
    wrong("group.fields", "a later field", [found], first, array(1, head, 1, [c], 0))
    wrong("group.fields", "nobody", [found], first, array(1, head, 1, []))
    wrong("group.fields", "out of order", [], first, array(0, bytes(32), 0, [b, a]))
    wrong("group.fields", "nil", [found], first, pack(None))
    wrong("group.order", "another head", [found], first, array(1, bytes(32), 1, [c]))
    wrong("group.order", "a change of nothing", [], first, array(1, head, 1, [c]))
    wrong("group.act", "founded twice", [found], first, change([found], 0, c))
    wrong("group.act", "begins with adding", [], first, change([], 1, a))
    wrong("group.act", "4", [found], first, change([found], 4, c))
    wrong("group.author", "a member adds", [found], second, change([found], 1, c))
    wrong("group.author", "a stranger adds itself", [found], third, change([found], 1, c))
    wrong("group.author", "a member removes another", [found], second, change([found], 2, a))
    wrong("group.account", "a member is added", [found], first, change([found], 1, b))
    wrong("group.account", "a stranger is removed", [found], first, change([found], 2, c))
    wrong("group.members", "without its founder", [], third, change([], 0, a, b))
    many = sorted(entropy(f"member {number}", 20) for number in range(33))
    wrong("group.members", "33", [], first, change([], 0, *many))
    row = _group_row([], *found, breaks="group.place", why="where two members meet")
    row["given"]["conversation"] = direct(a, b).hex()
    rows += [row, _full(first, a, c)]
    return [*rows, *_bodies(found, added, left, (a, b, c))]


def _bodies(found: Change, added: Change, left: Change, accounts: tuple[bytes, ...]) -> list[Row]:
    """What events say of a group beside the change, to who knows it and to who has just come."""
    a, b, c = accounts
    whole, promoted = [a, b, c], (found[0], change([found, added], 3, b))
    itself = (left[0], change([found, added], 3, c))
    rows = [
        _body_row([], found, [a, b], [a]),
        _body_row([found], added, whole, [a]),
        _body_row([], added, whole, [a]),
        _body_row([], left, [a, b], [a]),
        _body_row([], promoted, whole, [a, b]),
    ]

    def wrong(breaks: str, why: str, *said: Any) -> None:
        rows.append(_body_row(*said, breaks=breaks, why=why))

    wrong("group.state", "a member too many", [found], added, [*whole, b"\xff" * 20], [a])
    wrong("group.state", "a member too few", [found], added, [a, c], [a])
    wrong("group.state", "another admin", [found], added, whole, [a, b])
    wrong("group.state", "founded without one of them", [], found, [a], [a])
    wrong("group.state", "nothing known, and not added", [], added, [a, b], [a])
    wrong("group.state", "nothing known, and not removed", [], left, whole, [a])
    wrong("group.state", "nothing known, and no admin after", [], promoted, whole, [a])
    wrong("group.state", "nothing known, and an admin who is no member", [], left, [b], [a])
    wrong("group.author", "nothing known, and by no admin", [], added, whole, [b])
    wrong("group.author", "nothing known, and by a member for itself", [], itself, whole, [b])
    act = (found[0], change([found, added], 4, b))
    wrong("group.act", "nothing known, and act 4", [], act, whole, [a])
    wrong("group.act", "nothing known, and founded late", [], (found[0], change([found], 0, c)),
          whole, [a])  # fmt: skip
    late = (found[0], array(1_024, bytes(32), 1, [c]))
    wrong("group.count", "nothing known, and after 1,024", [], late, whole, [a])
    return rows


def _full(seat: Seat, account: bytes, other: bytes) -> Row:
    """One change too many; the ones before are told by how they go on."""
    changes: list[Change] = [(seat, change([], 0, account))]
    link = change(changes, 1, other)
    return {
        "name": "group_full",
        "given": {
            "hub": HUB.hex(),
            "conversation": GROUP.hex(),
            "author": seat.told(),
            "founding": changes[0][1].hex(),
            "then": "added and removed in turns",
            "account": other.hex(),
        },
        "hex": link.hex(),
        "times": 1_023,
        "breaks": "group.count",
        "why": "the change after 1,024; hex is the second one",
    }


def reports() -> list[Row]:
    """What a moderator is shown."""
    (ones, others, _), (ada, bob, _) = three()
    conversation = direct(ada.account, bob.account)
    talk = Talk(ada, (ones, others), (ada, bob), conversation)
    said = talk.message(0, b"an insult")
    salt, text = talk.opening(0, b"an insult")

    def row(said: Said, salt: bytes, text: bytes, author: Seat = ada, **more: Any) -> Row:
        given = {"hub": HUB.hex(), "conversation": conversation.hex(), "author": author.told()}
        opening = {"salt": salt.hex(), "padded": text.hex()}
        return {
            "name": "report", "hex": said.event.hex(), "given": given, "opening": opening, **more
        }  # fmt: skip

    commitment = "sealed.commitment"
    stub_of = array(*_parts(said.event))
    odd = talk.message(1, b"", plaintext=b"x" * 64)
    return [
        row(said, salt, text, opens=b"an insult".hex()),
        row(said, salt, padded(b"a threat"), breaks=commitment, why="another text"),
        row(said, bytes(32), text, breaks=commitment, why="another salt"),
        row(said, salt, text, bob, breaks="sealed.signature", why="another author"),
        row(talk.start([[b"d" * 8, b"k" * 8, bytes(1168)]]), salt, text,
            breaks="sealed.form", why="a start"),
        row(Said(stub_of, ada), salt, text, breaks="sealed.event", why="it was erased"),
        row(odd, talk.opening(1, b"")[0], b"x" * 64, breaks="sealed.padding", why="no padding"),
    ]  # fmt: skip


def _parts(data: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """The stub of an event whose header and signature stand where they always do."""
    length = data[2]
    header = data[3 : 3 + length]
    return header, b"", b"", data[-64:]


def vectors() -> list[Row]:
    """`seals.json`."""
    return [*seal_keys(), *paddings(), *records(), *groups(), *reports()]
