"""Conversations and what is sealed in them."""

import pytest

from hobnob_protocol.bodies import decode_body
from hobnob_protocol.codec import encode
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.ids import AccountId
from hobnob_protocol.kind import Rule, Write
from hobnob_protocol.kinds.conversations import Conversation, GroupChange, Sealed
from hobnob_protocol.limits import GROUP_LINKS_MAX
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.sealing.group import ADD
from tests.protocol.kinds.scene import (
    ALICE,
    BOB,
    LAPTOP,
    PRIVATELY,
    THIS,
    refused,
    stub_writes,
    travels_as,
    writes,
)

MANY = tuple(AccountId(bytes([n]) * 20) for n in range(33))
BARE = Write(
    "message",
    THIS,
    (ALICE, LAPTOP, 31, None, None, "", (), (), 1_700_000_000_123),
    Rule.FIRST,
)


def test_a_sealed_body_travels_as_it_is() -> None:
    """No array around it: the bytes are the body."""
    assert STANDARD.encode(Sealed(b"\xc1 no MessagePack")) == (31, b"\xc1 no MessagePack")
    assert STANDARD.encode(Sealed(b"x" * 16_384)) == (31, b"x" * 16_384)


def test_the_registry_never_opens_a_sealed_body() -> None:
    """Whatever it holds, it has no meaning here; only its readers ask for the bytes."""
    assert STANDARD.decode(31, b"\xc1 no MessagePack") is None
    assert decode_body(Sealed, b"\xc1 no MessagePack") == Sealed(b"\xc1 no MessagePack")


@pytest.mark.parametrize("data", [b"", b"x" * 16_385])
def test_a_sealed_body_keeps_its_bounds(data: bytes) -> None:
    """At least a byte, at most what any body may have."""
    with pytest.raises(ProtocolError, match=r"^body\.opaque: sealed$"):
        decode_body(Sealed, data)
    with pytest.raises(UsageError):
        STANDARD.encode(Sealed(data))


def test_a_sealed_message_is_a_bare_one_to_all() -> None:
    """The hub, which cannot read it, and a member, who can, fold the same cell."""
    assert stub_writes("sealed") == (BARE,)
    assert writes(Sealed(b"secret")) == (BARE,)


def test_a_conversation_is_of_two_in_one_way() -> None:
    """Ascending, for ever."""
    travels_as(Conversation((ALICE, BOB)), (ALICE, BOB))
    for wrong in ((), (ALICE,), MANY[:3]):
        refused(Conversation, "many.count", "accounts", wrong)
    refused(Conversation, "many.ascending", "accounts", (BOB, ALICE))
    refused(Conversation, "many.ascending", "accounts", (ALICE, ALICE))
    refused(Conversation, "blob", "accounts", (ALICE, b""))
    assert writes(Conversation((ALICE, BOB)), PRIVATELY) == (
        Write("conversation", b"", (ALICE, BOB), Rule.FIRST),
    )
    assert stub_writes("conversation") == ()


def test_a_change_of_a_group_is_kept_at_its_place() -> None:
    """With who signed it and who is in the group from then on; the first one at a place stays."""
    link = encode((258, bytes(32), ADD, (BOB,)))
    body = GroupChange(link, (ALICE, BOB), (ALICE,))
    travels_as(body, link, (ALICE, BOB), (ALICE,))
    travels_as(GroupChange(link, MANY[:32], ()), link, MANY[:32], ())
    assert writes(body, PRIVATELY) == (
        Write(
            "group",
            bytes(6) + b"\x01\x02",
            (link, ALICE, LAPTOP, (ALICE, BOB), (ALICE,)),
            Rule.FIRST,
        ),
    )
    assert stub_writes("group") == ()


@pytest.mark.parametrize("seq", [0, GROUP_LINKS_MAX - 1])
def test_a_change_has_a_place(seq: int) -> None:
    """As many as a group may have; what follows on what is looked at where the group is known."""
    body = GroupChange(encode((seq, bytes(32), ADD, (BOB,))), (), ())
    assert STANDARD.decode(*STANDARD.encode(body)) == body


@pytest.mark.parametrize(
    "link",
    [
        b"x",
        b"\xc1",
        encode((GROUP_LINKS_MAX, bytes(32), ADD, (BOB,))),
        encode((-1, bytes(32), ADD, (BOB,))),
        encode((1, bytes(32), ADD, ())),
        encode((1, bytes(32), ADD, (BOB, ALICE))),
    ],
)
def test_what_is_no_change_is_not_carried(link: bytes) -> None:
    """So that whoever folds it can read it."""
    assert GroupChange(link, (), ()).contradiction() == "group.link"
    with pytest.raises(ProtocolError, match=r"body\.group\.link"):
        decode_body(GroupChange, encode((link, (), ())))
