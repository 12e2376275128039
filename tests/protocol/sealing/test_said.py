"""What is said under seal: of the kinds channels have, under a name nobody can take."""

import pytest

from hobnob_protocol.bodies import encode_body
from hobnob_protocol.codec import encode
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.ids import AccountId, ConversationId, TargetId
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.kinds.threads import ThreadTitle
from hobnob_protocol.limits import SEALED_BYTES_MAX, TIME_SECONDS_MAX
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.sealing.padding import pad
from hobnob_protocol.sealing.said import (
    KINDS,
    Said,
    decode_said,
    encode_said,
    may_be_said,
    said_id,
)

NAME = b"n" * 16
TARGET = TargetId(b"t" * 16)
CONVERSATION = ConversationId(b"c" * 16)
ALICE, BOB = AccountId(b"a" * 20), AccountId(b"b" * 20)


def said_of(body: Body) -> Said:
    """A body, said under seal."""
    kind, data = STANDARD.encode(body)
    return Said(kind, NAME, 1_700_000_000, data)


@pytest.mark.parametrize(
    "body",
    [
        Post("hello"),
        Edit(TARGET, "hello!"),
        Delete(TARGET),
        React(TARGET, "👍"),
        ThreadTitle(TARGET, "on hats"),
    ],
)
def test_what_is_said_comes_out_as_it_went_in(body: Body) -> None:
    """Kind, name, time and body."""
    said = said_of(body)
    assert decode_said(encode_said(said), STANDARD) == (said, body)


def test_only_kinds_that_need_no_judge_may_be_said() -> None:
    """All that are named exist; no vote is among them, which a hub must count in time."""
    for name in KINDS:
        assert may_be_said(STANDARD, STANDARD.named(name).number)
    for name in ("vote", "poll", "join", "sealed", "conversation", "ban", "imported"):
        assert not may_be_said(STANDARD, STANDARD.named(name).number)
    assert not may_be_said(STANDARD, 60_000)


def test_what_later_versions_add_is_ignored() -> None:
    """Trailing elements, as everywhere."""
    said = said_of(Post("hello"))
    longer = encode((1, said.kind, said.name, said.ts_seconds, said.body, "later"))
    assert decode_said(longer, STANDARD)[0] == said


POST = STANDARD.named("post").number
HELLO = encode_body(Post("hello"))


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ("no array", "said.fields"),
        ((1, POST, NAME, 0), "said.fields"),
        ((2, POST, NAME, 0, HELLO), "said.fields"),
        ((True, POST, NAME, 0, HELLO), "said.fields"),
        ((1, True, NAME, 0, HELLO), "said.fields"),
        ((1, POST, NAME[1:], 0, HELLO), "said.fields"),
        ((1, POST, "n" * 16, 0, HELLO), "said.fields"),
        ((1, POST, NAME, 0, "text"), "said.fields"),
        ((1, POST, NAME, True, HELLO), "said.fields"),
        ((1, POST, NAME, -1, HELLO), "said.fields"),
        ((1, POST, NAME, TIME_SECONDS_MAX + 1, HELLO), "said.fields"),
        ((1, STANDARD.named("sealed").number, NAME, 0, HELLO), "said.kind"),
        ((1, 60_000, NAME, 0, HELLO), "said.kind"),
        ((1, POST, NAME, 0, b"\xc1"), "reserved"),
    ],
)
def test_what_is_no_saying_is_refused_by_its_rule(fields: object, rule: str) -> None:
    """Whoever sealed it: nothing is guessed."""
    with pytest.raises(ProtocolError) as raised:
        decode_said(encode(fields), STANDARD)
    assert raised.value.rule == rule


def test_a_name_is_its_authors_own() -> None:
    """Nobody else, and no other conversation, comes to the same name."""
    mine = said_id(CONVERSATION, ALICE, NAME)
    others = [
        said_id(CONVERSATION, BOB, NAME),
        said_id(ConversationId(b"d" * 16), ALICE, NAME),
        said_id(CONVERSATION, ALICE, b"m" * 16),
    ]
    assert mine == said_id(CONVERSATION, ALICE, NAME)
    assert mine not in others


def test_what_is_too_long_to_be_sealed_is_refused_before_it_waits() -> None:
    """And the longest that is not can be padded."""
    said = Said(POST, NAME, 0, b"x" * (SEALED_BYTES_MAX - 100))
    pad(encode_said(said))
    with pytest.raises(UsageError, match="15872"):
        encode_said(said._replace(body=b"x" * SEALED_BYTES_MAX))
