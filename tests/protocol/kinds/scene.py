"""The names the stories of kinds share, and short ways to state what a kind promises."""

from typing import Any

import pytest

from hobnob_protocol.bodies import RULES, decode_body
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.ids import (
    AccountId,
    ChannelId,
    ConversationId,
    DeviceId,
    EventId,
    StreamId,
    TargetId,
    channel_stream,
    conversation_stream,
)
from hobnob_protocol.kind import Body, Fact, Write
from hobnob_protocol.registry import STANDARD

ALICE = AccountId(b"a" * 20)
BOB = AccountId(b"b" * 20)
LAPTOP = DeviceId(b"laptop!!")
EVENT = EventId(bytes(range(32)))
"""The event whose writes are looked at."""
THIS = TargetId(EVENT[:16])
ROOT = TargetId(b"r" * 16)
OTHER = TargetId(b"o" * 16)
GARDEN = ChannelId(b"g" * 16)
IN_GARDEN = channel_stream(GARDEN)
PRIVATELY = conversation_stream(ConversationId(b"p" * 16))


def fact(body: Body | None, kind: str = "", stream: StreamId = IN_GARDEN) -> Fact:
    """Alice's event with this body; a stub's `kind` must be named."""
    known = STANDARD.named(kind) if body is None else STANDARD.of(type(body))
    return Fact(
        stream, 7, 1_700_000_000_123, EVENT, ALICE, LAPTOP, known.number, 1_700_000_000, body
    )


def writes(body: Body, stream: StreamId = IN_GARDEN) -> tuple[Write, ...]:
    """The cells that Alice's event with this body writes."""
    return STANDARD.of(type(body)).writes(fact(body, stream=stream))


def stub_writes(kind: str) -> tuple[Write, ...]:
    """The cells that Alice's event of this kind writes once its body is erased."""
    return STANDARD.named(kind).writes(fact(None, kind))


def travels_as(body: Body, *values: object) -> None:
    """The body is these values on the wire, and comes back the same."""
    number, data = STANDARD.encode(body)
    assert decode(data, 20_000) == values
    assert STANDARD.decode(number, data) == body


def refused(cls: type[Body], rule: str, field: str, *values: Any) -> None:
    """A peer's body of these values breaks this rule in this field; ours never leaves."""
    with pytest.raises(ProtocolError) as broken:
        decode_body(cls, encode(values))
    assert (broken.value.rule, broken.value.detail) == (f"body.{rule}", field)
    assert broken.value.rule in RULES
    with pytest.raises(UsageError):
        STANDARD.encode(cls(*values))
