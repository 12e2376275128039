"""Whole conversations as one device takes them: what opens, what waits, and each rule broken."""

from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from tests.protocol.vectors.by_hand import array, pack
from tests.protocol.vectors.households import CHANGE, Household, Seat, entropy, event
from tests.protocol.vectors.people import ROGUE_HUB
from tests.protocol.vectors.rows import Row
from tests.protocol.vectors.sealing_parts import GROUP, carried, change, direct, group_head, three
from tests.protocol.vectors.seals import (
    STARTS,
    Reader,
    Said,
    Talk,
    fails,
    opens,
    padded,
    transcript,
)

HELLO: Final = b"hello"


@lru_cache(maxsize=1)
def two() -> tuple[Talk, Reader]:
    """Ada talks to Bob, each on one device; Bob reads."""
    (ones, others, _), (ada, bob, _) = three()
    conversation = direct(ada.account, bob.account)
    talk = Talk(ada, (ones, others), (ada, bob), conversation)
    return talk, Reader(bob, (ones, others), conversation)


def _texts() -> list[Row]:
    talk, reader = two()
    begun = (talk.start(), STARTS)
    rows = [
        transcript(why, reader, begun, (talk.message(0, text), opens(text)))
        for why, text in (
            ("one byte", b"a"),
            ("the longest of the shortest padding", b"a" * 63),
            ("the shortest of the next", b"a" * 64),
            ("zeros and marks", b"\0\x80\0\x80"),
            ("two scripts", "grüezi, здравствуйте".encode()),
            ("12,000 characters", b"x" * 12_000),
            ("the longest of all", b"y" * 15_871),
        )
    ]
    for order in ([0, 1, 2], [2, 1, 0], [9, 0, 5, 1], [99], [1_000, 0]):
        texts = {index: b"message %d" % index for index in order}
        said = [(talk.message(index, text), opens(text)) for index, text in texts.items()]
        rows.append(transcript(f"in the order {order}", reader, begun, *said))
    return rows


def _readers() -> list[Row]:
    talk, reader = two()
    hello = (talk.message(0, HELLO), opens(HELLO))
    begun = (talk.start(), STARTS)
    own = replace(reader, seat=talk.sender)
    rows = [
        transcript("the sender's own device, after a start", own, begun, hello),
        transcript("a reader who has gone on to later keys", replace(reader, steps=(0, 1, 2)),
                   begun, hello),
        transcript("a start that comes twice", reader, begun, begun, hello),
    ]  # fmt: skip
    newer = replace(talk, seats=(talk.sender, replace(reader.seat, step=2)), name="newer")
    rows.append(
        transcript(
            "sealed to a later key",
            replace(reader, steps=(0, 1, 2)),
            (newer.start(), STARTS),
            (newer.message(0, HELLO), opens(HELLO)),
        )
    )
    second = replace(talk, name="second")
    both = [
        (talk.start(), STARTS),
        (second.start(), STARTS),
        (second.message(0, b"of the second"), opens(b"of the second")),
        (talk.message(0, b"of the first"), opens(b"of the first")),
    ]
    rows.append(transcript("two sessions at once", reader, *both))
    back = replace(talk, sender=reader.seat, name="answer")
    rows.append(
        transcript(
            "the other way", replace(reader, seat=talk.sender), (back.start(), STARTS),
            (back.message(0, b"hello, too"), opens(b"hello, too")),
        )
    )  # fmt: skip
    return rows


def _devices() -> list[Row]:
    """Accounts that grow and shrink."""
    ones, others = Household(), Household()
    ada, bob = ones.begin("ada"), others.begin("bob")
    phone = ones.add(ada, "ada's phone")
    bobs = [bob, others.add(bob, "bob's phone"), others.add(bob, "bob's tablet")]
    conversation = direct(ada.account, bob.account)
    households = (ones, others)
    talk = Talk(phone, households, (ada, phone, *bobs), conversation, name="two and three")
    reader = Reader(bobs[2], households, conversation)
    hello = (talk.message(0, HELLO), opens(HELLO))
    rows = [
        transcript("two devices and three", reader, (talk.start(), STARTS), hello),
        transcript(
            "a start in three parts, the last one first", reader,
            *((part, STARTS) for part in reversed(talk.starts(2))), hello,
        ),
    ]  # fmt: skip
    early = replace(talk, sender=ada, seats=(ada, bob), name="early", links={
        ones.account: 1, others.account: 1,
    })  # fmt: skip
    rows.append(
        transcript(
            "a roster from before the others came", Reader(bob, households, conversation),
            (early.start(), STARTS), (early.message(0, HELLO), opens(HELLO)),
        )
    )  # fmt: skip
    rows.append(
        transcript(
            "they can open nothing of it", reader,
            (early.start(), STARTS), (early.message(0, HELLO), fails(closed="not_addressed")),
        )
    )  # fmt: skip
    before = {ones.account: 2}
    ones.revoke(ada, phone)
    gone = replace(talk, links=before, name="gone")
    reader = Reader(bob, households, conversation)
    rows.append(
        transcript(
            "a device that was revoked since", reader, (gone.start(), STARTS),
            (gone.message(0, b"before"), opens(b"before", departed=True)),
        )
    )  # fmt: skip
    after = replace(talk, name="after")
    rows.append(
        transcript(
            "a device that was revoked before", reader,
            (after.start(), fails(breaks="sealed.sender")), breaks="sealed.sender",
        )
    )  # fmt: skip
    behind = replace(reader, links={ones.account: 2})
    rows.append(
        transcript(
            "a reader from whom a revocation is hidden", behind,
            (replace(after, sender=ada).start(), fails(awaits="chain")),
        )
    )  # fmt: skip
    return rows


def _groups() -> list[Row]:
    """Three, of whom one comes later and one leaves."""
    households, seats = three()
    ada, bob, cyd = sorted(seats, key=lambda seat: seat.account)
    a, b, c = ada.account, bob.account, cyd.account
    found = (ada, change([], 0, a, b))
    added = (ada, change([found], 1, c))
    left = (bob, change([found, added], 2, b))
    changes = [found, added, left]
    states = [([a, b], [a]), ([a, b, c], [a]), ([a, c], [a])]
    pair = tuple(each for each in households if each.account != c)
    first = Talk(ada, pair, (ada, bob), GROUP, group_head([found]), "first of the group")
    whole = Talk(cyd, households, seats, GROUP, group_head([found, added]), "whole group")
    last = Talk(bob, households, seats, GROUP, group_head([found, added]), "last of bob")
    said = b"in the group"

    def reader(seat: Seat, known: int, since: int = 0) -> Reader:
        return Reader(seat, households, GROUP, carried(changes, states)[since:known])

    return [
        transcript("a group of two", reader(bob, 1), (first.start(), STARTS),
                   (first.message(0, said), opens(said))),
        transcript("a group of three", reader(bob, 2), (whole.start(), STARTS),
                   (whole.message(0, said), opens(said))),
        transcript("who came later opens nothing of before", reader(cyd, 2),
                   (first.start(), STARTS),
                   (first.message(0, said), fails(closed="not_addressed"))),
        transcript("who came later knows the group from there", reader(cyd, 2, 1),
                   (whole.start(), STARTS), (whole.message(0, said), opens(said))),
        transcript("who came later and sees what was said before", reader(cyd, 2, 1),
                   (first.start(), fails(awaits="group"))),
        transcript("who came later, when another has left", reader(cyd, 3, 1),
                   (last.start(), STARTS), (last.message(0, said), opens(said, departed=True))),
        transcript("who has left since", reader(cyd, 3), (last.start(), STARTS),
                   (last.message(0, said), opens(said, departed=True))),
        transcript("a reader from whom a change is hidden", reader(bob, 1),
                   (whole.start(), fails(awaits="group"))),
        transcript("a group that has not come yet", reader(bob, 0),
                   (first.start(), fails(awaits="group"))),
        transcript("another history of the group", reader(bob, 2),
                   (replace(whole, group=(2, bytes(32))).start(), fails(breaks="sealed.fork")),
                   breaks="sealed.fork"),
        transcript("members that the group has not", reader(bob, 1),
                   (replace(whole, group=group_head([found])).start(),
                    fails(breaks="sealed.members")), breaks="sealed.members"),
    ]  # fmt: skip


def _unopened() -> list[Row]:
    talk, reader = two()
    hello = talk.message(0, HELLO)
    alone = replace(reader, households=reader.households[:1])
    part = talk.start(talk.slices()[:1], parts=2)
    missing = fails(awaits="start") if _mine(talk, reader)[0] else opens(HELLO)
    return [
        transcript("a message before its start", reader, (hello, fails(awaits="start"))),
        transcript("an account that is missing", alone, (talk.start(), fails(awaits="chain"))),
        transcript(
            "a key that is gone", replace(reader, steps=(3,)),
            (talk.start(), fails(closed="no_key")), (hello, fails(closed="no_key")),
        ),
        transcript("one part of two", reader, (part, STARTS), (hello, missing)),
    ]  # fmt: skip


def _mine(talk: Talk, reader: Reader) -> tuple[bool, list[Any]]:
    """Is the first slice another's; and the reader's own."""
    (mine,) = [each for each in talk.slices() if each[0] == reader.seat.person.device]
    return talk.slices()[0] != mine, mine


def _refused(why: str, breaks: str, said: Said, *before: tuple[Said, dict[str, Any]]) -> Row:
    _, reader = two()
    return transcript(why, reader, *before, (said, fails(breaks=breaks)), breaks=breaks)


def _broken_starts() -> list[Row]:
    talk, reader = two()
    _, mine = _mine(talk, reader)
    heads = talk.start_header()["heads"]
    other = replace(talk, name="other")
    stranger = Seat("eve", talk.sender.account)

    def start(why: str, breaks: str, **changed: Any) -> Row:
        return _refused(why, breaks, talk.start(**changed))

    third = three()[0][2].claim()
    forked = [[account, links, bytes(32)] for account, links, _ in heads]
    # Both slices of the other session are whole, and bound to another name.
    slices = other.slices()
    return [
        start("a later field", "sealed.start", later=1),
        start("a head of 8 bytes", "sealed.start", heads=[[a, n, h[:8]] for a, n, h in heads]),
        start("accounts out of order", "sealed.start", heads=heads[::-1]),
        start("part 1 of 1", "sealed.start", part=1),
        start("23 parts", "sealed.start", parts=23),
        start("a group's head without a group", "sealed.start", group_head=b"g" * 32),
        start("no slices", "sealed.slices", slices=[]),
        start("13 slices", "sealed.slices",
              slices=[[bytes((n,)) * 8, *mine[1:]] for n in range(13)]),
        start("out of order", "sealed.slices", slices=talk.slices()[::-1]),
        start("a slice of 1,167 bytes", "sealed.slices", slices=[[*mine[:2], mine[2][1:]]]),
        start("another roster's hash", "sealed.roster", roster=bytes(32)),
        start("another history of an account", "sealed.fork", heads=forked),
        start("a third member", "sealed.members", heads=sorted([*heads, third])),
        start("one of them alone", "sealed.members", heads=heads[:1]),
        start("slices of another session", "sealed.slice", slices=slices),
        start("a wrapped key that was changed", "sealed.slice",
              slices=[[*mine[:2], mine[2][:-1] + bytes((mine[2][-1] ^ 1,))]]),
        start("a device of nobody", "sealed.recipient", slices=[[b"\0" * 8, *mine[1:]]]),
        _refused("a device of no chain", "sealed.sender", replace(talk, sender=stranger).start()),
        _refused("the same name with other parts", "sealed.session", talk.start(parts=2),
                 (talk.start(), STARTS)),
    ]  # fmt: skip


def _broken_messages() -> list[Row]:
    talk, reader = two()
    begun = (talk.start(), STARTS)
    hello = talk.message(0, HELLO)
    other = replace(talk, name="other")

    def message(why: str, breaks: str, at: int = 0, **changed: Any) -> Row:
        return _refused(why, breaks, talk.message(at, HELLO, **changed), begun)

    return [
        message("a later field", "sealed.message", later=1),
        message("no index", "sealed.message", index=None),
        message("79 bytes", "sealed.length", sealed=bytes(79)),
        message("more than any padding", "sealed.length", sealed=bytes(15_889)),
        message("another roster", "sealed.session", roster=bytes(32)),
        _refused("a message again", "sealed.replay", hello, begun, (hello, opens(HELLO))),
        message("1,001 are missing", "sealed.skips", 1_001),
        message("of another place", "sealed.cipher", index=1, unbound=True),
        message("its commitment was changed", "sealed.cipher", commitment=bytes(32), unbound=True),
        message("another text than it commits to", "sealed.commitment", commitment=bytes(32)),
        message("no padding", "sealed.padding", plaintext=b"x" * 64),
        message("too much padding", "sealed.padding", plaintext=padded(HELLO) + bytes(8)),
        _refused("of another session", "sealed.cipher",
                 replace(talk, name="other").message(0, HELLO, sid=talk.sid, unbound=True), begun,
                 (other.start(), STARTS)),
        _refused("somebody else has signed", "sealed.signature",
                 Said(talk.message(0, HELLO, signer=reader.seat).event, talk.sender), begun),
        _refused("for another hub", "sealed.signature",
                 Said(event(talk.sender, talk.conversation, b"\x92", "hub", hub=ROGUE_HUB),
                      talk.sender)),
        _refused("for another conversation", "sealed.signature",
                 replace(talk, conversation=GROUP).message(0, HELLO)),
        _refused("of another kind", "sealed.event",
                 Said(event(talk.sender, talk.conversation, b"\x92", "kind", CHANGE), talk.sender)),
    ]  # fmt: skip


def _broken_bodies() -> list[Row]:
    talk, _ = two()
    header = array(1, 2, talk.sid, talk.roster(), 0, entropy("salt", 16), bytes(32))
    fields = list(talk.start_header().values())

    def body(why: str, breaks: str, data: bytes) -> Row:
        return _refused(why, breaks, talk.signed(data, why))

    return [
        body("nil", "sealed.body", pack(None)),
        body("three", "sealed.body", array(header, bytes(80), 1)),
        body("a header that is no bin", "sealed.body", array([1, 2], bytes(80))),
        body("a header of one field", "sealed.body", array(array(1), bytes(80))),
        body("suite 0", "sealed.suite", array(array(0, 2), bytes(80))),
        body("suite 2", "sealed.suite", array(array(2, 2), bytes(80))),
        body("suite true", "sealed.suite", array(array(True, 2), bytes(80))),
        body("form 0", "sealed.form", array(array(1, 0), bytes(80))),
        body(
            "form 3: nobody asks for keys", "sealed.form", array(array(1, 3, b"a key"), bytes(80))
        ),
        body("slices under a message", "sealed.form", array(header, talk.slices())),
        body("a text under a start", "sealed.form", array(array(*fields), bytes(80))),
        body("bytes that are no value", "reserved", b"\xc1"),
    ]


def vectors() -> list[Row]:
    """`sealed.json`."""
    return [
        *_texts(),
        *_readers(),
        *_devices(),
        *_groups(),
        *_unopened(),
        *_broken_starts(),
        *_broken_messages(),
        *_broken_bodies(),
    ]
