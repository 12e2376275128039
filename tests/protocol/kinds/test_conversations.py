"""Conversations and what is sealed in them."""

import pytest

from hobnob_protocol.bodies import decode_body
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.ids import AccountId
from hobnob_protocol.kind import Rule, Write
from hobnob_protocol.kinds.conversations import Conversation, Sealed
from hobnob_protocol.registry import STANDARD
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


def test_a_conversation_names_its_accounts_in_one_way() -> None:
    """From one to 32, ascending, for ever."""
    travels_as(Conversation((ALICE,)), (ALICE,))
    travels_as(Conversation(MANY[:32]), MANY[:32])
    refused(Conversation, "many.count", "accounts", ())
    refused(Conversation, "many.count", "accounts", MANY)
    refused(Conversation, "many.ascending", "accounts", (BOB, ALICE))
    refused(Conversation, "many.ascending", "accounts", (ALICE, ALICE))
    refused(Conversation, "blob", "accounts", (b"",))
    assert writes(Conversation((ALICE, BOB)), PRIVATELY) == (
        Write("conversation", b"", (ALICE, BOB), Rule.FIRST),
    )
    assert stub_writes("conversation") == ()
