"""What a reported text says to those who look at it."""

from hobnob_protocol.ids import TargetId
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.messages import Edit, Post
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.sealing.said import Said, encode_said
from hobnob_sync.reports import text_of

ROOT = TargetId(b"t" * 16)


def shown(body: Body) -> str:
    """What was sealed, as moderators read it."""
    kind, data = STANDARD.encode(body)
    return text_of(encode_said(Said(kind, b"n" * 16, 1, data)), STANDARD)


def test_words_are_shown_as_they_were_said() -> None:
    """A message, or another version of it."""
    assert shown(Post("an insult")) == "an insult"
    assert shown(Edit(ROOT, "a worse one")) == "a worse one"


def test_what_is_no_text_is_told_by_its_kind() -> None:
    """And what nobody's program reads, as its bytes."""
    assert shown(React(ROOT, "x")) == "(react)"
    assert text_of(b"hello \xff", STANDARD) == "hello \ufffd"
