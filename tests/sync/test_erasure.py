"""What erasing takes away: the bodies of a message and of its edits, and nothing else."""

from dataclasses import replace
from hashlib import sha256
from typing import Final

import pytest

from hobnob_protocol.event import decode_event, stub
from hobnob_protocol.ids import (
    EMPTY_HEAD,
    NO_GRANT,
    AccountId,
    ChannelId,
    DeviceId,
    EventId,
    StreamId,
    TargetId,
    channel_stream,
    target_of,
)
from hobnob_protocol.kind import Body, Fact
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.moderation import Erase, Hide
from hobnob_protocol.registry import STANDARD
from hobnob_sync import fold
from hobnob_sync.erasure import strip, voided, voided_target
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.ports import Entry, Key, Loaded, RangeKey, ReplicaStream
from tests.sync.client_engine.scripted_hub import Member

GARDEN: Final = channel_stream(ChannelId(b"g" * 16))
ALICE: Final = Member("alice")
BOB: Final = Member("bob")
CAROL: Final = AccountId(b"c" * 20)
TARGET: Final = TargetId(b"some message of.")


class Garden:
    """A log of signed events with its cells: a post of Bob's at 3, edited at 5; Alice's at 4."""

    def __init__(self) -> None:
        self.cells = Overlay.fresh(GARDEN)
        self.entries: dict[int, Entry] = {}
        self.post = self.say(3, BOB, Post("secret"))
        self.other = self.say(4, ALICE, Post("other"))
        self.edit = self.say(5, BOB, Edit(self.post, "secrets", self.post))

    def say(self, seq: int, who: Member, body: Body) -> TargetId:
        """Somebody says something at a place."""
        data, name = who.event(GARDEN, body)
        self.entries[seq] = Entry(seq, seq * 10, name, EMPTY_HEAD, data)
        kind = STANDARD.of(type(body))
        fold.apply(self.cells, kind, fact(who.account, body, seq, name))
        return target_of(name)

    def stripped(
        self, act: Fact, lo: int = 1, hi: int = 9, fresh: tuple[int, ...] = ()
    ) -> list[tuple[StreamId, int, bytes]]:
        """What is written in place of the voided bodies; `fresh` come in the same transaction."""
        row = ReplicaStream(GARDEN, 1, NO_GRANT, 0, lo, hi, EMPTY_HEAD, EMPTY_HEAD)
        found: dict[Key[object], object] = {}
        for seq, entry in self.entries.items():
            if seq not in fresh:
                found[RangeKey(GARDEN, seq, 1, 1)] = (entry,)
        strips: list[tuple[StreamId, int, bytes]] = []
        new = {seq: self.entries[seq] for seq in fresh}
        strip(strips, Loaded(found), self.cells, act, row, new)
        return strips


def fact(account: AccountId, body: Body, seq: int = 9, name: EventId | None = None) -> Fact:
    """An act as the fold sees it."""
    event = name or EventId(sha256(repr(body).encode()).digest())
    kind = STANDARD.of(type(body)).number
    return Fact(GARDEN, seq, seq * 10, event, account, DeviceId(bytes(8)), kind, 0, body)


def test_only_an_erasure_and_a_withdrawal_void_a_text() -> None:
    """Hiding leaves it, an edit too; an act whose own body is gone names nothing."""
    assert voided_target(fact(CAROL, Erase(TARGET))) == TARGET
    assert voided_target(fact(CAROL, Delete(TARGET))) == TARGET
    assert voided_target(fact(CAROL, Hide(TARGET, True, "rude"))) is None
    assert voided_target(fact(CAROL, Edit(TARGET, "x"))) is None
    assert voided_target(replace(fact(CAROL, Erase(TARGET)), body=None)) is None


def test_a_message_goes_with_its_edits() -> None:
    """By place and name; another message stays."""
    garden = Garden()
    expected = ((3, garden.post), (5, garden.edit))
    assert voided(garden.cells, fact(BOB.account, Delete(garden.post))) == expected
    assert voided(garden.cells, fact(CAROL, Erase(garden.post))) == expected
    assert voided(garden.cells, fact(CAROL, Erase(garden.other))) == ((4, garden.other),)


def test_nobody_withdraws_anothers_message() -> None:
    """The hub would have refused it: it has no effect here either."""
    garden = Garden()
    assert voided(garden.cells, fact(ALICE.account, Delete(garden.post))) == ()


def test_nothing_is_voided_that_is_not_held() -> None:
    """The message lies out of range, or the act voids nothing."""
    garden = Garden()
    assert voided(garden.cells, fact(CAROL, Erase(TARGET))) == ()
    assert voided(garden.cells, fact(CAROL, Hide(garden.post, True, "rude"))) == ()


def test_edits_of_a_message_that_is_not_held_go_with_their_author_or_with_an_erasure() -> None:
    """The message lies before our tail: nobody knows its author, but an edit counts only if it is
    by that author, so who withdraws the message takes their own edits and no other's."""
    garden = Garden()
    edit = garden.say(6, BOB, Edit(TARGET, "bob's"))
    other = garden.say(7, ALICE, Edit(TARGET, "alice's"))
    edits = {(6, edit), (7, other)}
    assert set(voided(garden.cells, fact(CAROL, Erase(TARGET)))) == edits
    assert voided(garden.cells, fact(BOB.account, Delete(TARGET))) == ((6, edit),)
    assert voided(garden.cells, fact(CAROL, Delete(TARGET))) == ()
    ((_, place, _),) = garden.stripped(fact(BOB.account, Delete(TARGET)), lo=4)
    assert place == 6


def test_bodies_become_stubs_whose_names_still_hold() -> None:
    """Header and signature as they were, body and salt gone."""
    garden = Garden()
    strips = garden.stripped(fact(CAROL, Erase(garden.post)))
    assert strips == [
        (GARDEN, 3, stub(garden.entries[3].event)),
        (GARDEN, 5, stub(garden.entries[5].event)),
    ]
    before, after = decode_event(garden.entries[3].event), decode_event(strips[0][2])
    assert (after.header_bytes, after.signature) == (before.header_bytes, before.signature)
    assert (after.body, after.salt, after.is_stub) == (b"", b"", True)


@pytest.mark.parametrize(
    ("lo", "hi", "places"),
    [(1, 9, [3, 5]), (3, 5, [3, 5]), (4, 5, [5]), (3, 4, [3]), (6, 9, []), (1, 2, [])],
)
def test_only_what_is_held_is_stripped(lo: int, hi: int, places: list[int]) -> None:
    """Both ends of the range included."""
    garden = Garden()
    strips = garden.stripped(fact(CAROL, Erase(garden.post)), lo, hi)
    assert [seq for _, seq, _ in strips] == places


def test_what_comes_in_the_same_transaction_is_stripped_there() -> None:
    """It is in no range yet and need not be loaded."""
    garden = Garden()
    strips = garden.stripped(fact(CAROL, Erase(garden.post)), 8, 9, fresh=(3, 5))
    assert [seq for _, seq, _ in strips] == [3, 5]


def test_an_entry_that_is_missing_on_the_disk_is_passed_by() -> None:
    """Healing will fetch it as a stub; the others are stripped."""
    garden = Garden()
    row = ReplicaStream(GARDEN, 1, NO_GRANT, 0, 1, 9, EMPTY_HEAD, EMPTY_HEAD)
    loaded = Loaded(
        {RangeKey(GARDEN, 3, 1, 1): (), RangeKey(GARDEN, 5, 1, 1): (garden.entries[5],)}
    )
    strips: list[tuple[StreamId, int, bytes]] = []
    strip(strips, loaded, garden.cells, fact(CAROL, Erase(garden.post)), row, {})
    assert [seq for _, seq, _ in strips] == [5]


def test_a_rotten_cell_strips_nobody_elses_text() -> None:
    """It points at another event: that one stays as it is."""
    garden = Garden()
    garden.entries[3] = garden.entries[4]
    strips = garden.stripped(fact(CAROL, Erase(garden.post)))
    assert [seq for _, seq, _ in strips] == [5]


def test_a_rotten_entry_is_left_to_be_healed() -> None:
    """Its bytes are no event any more."""
    garden = Garden()
    right = garden.entries[3]
    garden.entries[3] = Entry(3, 30, right.event_id, right.head, b"\xc1")
    strips = garden.stripped(fact(CAROL, Erase(garden.post)))
    assert [seq for _, seq, _ in strips] == [5]
