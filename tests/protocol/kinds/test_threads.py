"""Titles, resolution, moves and accepted answers."""

import pytest

from hobnob_protocol.bodies import decode_body
from hobnob_protocol.codec import encode
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.kind import Write
from hobnob_protocol.kinds.threads import AcceptAnswer, ThreadMove, ThreadResolve, ThreadTitle
from hobnob_protocol.registry import STANDARD
from tests.protocol.kinds.scene import OTHER, ROOT, refused, stub_writes, travels_as, writes


def test_a_title_is_one_line() -> None:
    """At most 120 characters and no line breaks."""
    travels_as(ThreadTitle(ROOT, "x" * 120), ROOT, "x" * 120)
    refused(ThreadTitle, "blob", "target", b"", "x")
    refused(ThreadTitle, "text.length", "title", ROOT, "x" * 121)
    refused(ThreadTitle, "text.empty", "title", ROOT, "")
    refused(ThreadTitle, "text.control", "title", ROOT, "a\nb")
    assert writes(ThreadTitle(ROOT, "Seeds")) == (Write("thread", ROOT + b"title", "Seeds"),)
    assert stub_writes("thread_title") == ()


def test_a_thread_is_resolved_and_opened_again() -> None:
    """The later word holds."""
    travels_as(ThreadResolve(ROOT), ROOT)
    travels_as(ThreadResolve(ROOT, resolved=False), ROOT, False)
    refused(ThreadResolve, "blob", "target", b"")
    refused(ThreadResolve, "boolean", "resolved", ROOT, 0)
    assert writes(ThreadResolve(ROOT)) == (Write("thread", ROOT + b"resolved", True),)
    assert writes(ThreadResolve(ROOT, resolved=False)) == (
        Write("thread", ROOT + b"resolved", False),
    )
    assert stub_writes("thread_resolve") == ()


def test_a_message_moves_into_a_thread_and_out() -> None:
    """None means: in no thread."""
    travels_as(ThreadMove(OTHER, ROOT), OTHER, ROOT)
    travels_as(ThreadMove(OTHER), OTHER)
    refused(ThreadMove, "blob", "target", b"", ROOT)
    refused(ThreadMove, "blob", "thread", OTHER, b"")
    assert writes(ThreadMove(OTHER, ROOT)) == (Write("moved", OTHER, ROOT),)
    assert writes(ThreadMove(OTHER)) == (Write("moved", OTHER, None),)
    assert stub_writes("thread_move") == ()


def test_a_message_cannot_move_under_itself() -> None:
    """It would stand nowhere."""
    with pytest.raises(ProtocolError, match=r"^body\.thread\.own_root$"):
        decode_body(ThreadMove, encode((ROOT, ROOT)))
    with pytest.raises(UsageError, match=r"no valid ThreadMove: body\.thread\.own_root"):
        STANDARD.encode(ThreadMove(ROOT, ROOT))


def test_an_answer_is_accepted_and_taken_back() -> None:
    """One root has one accepted answer or none."""
    travels_as(AcceptAnswer(ROOT, OTHER), ROOT, OTHER)
    travels_as(AcceptAnswer(ROOT), ROOT)
    refused(AcceptAnswer, "blob", "target", b"")
    refused(AcceptAnswer, "blob", "answer", ROOT, b"")
    assert writes(AcceptAnswer(ROOT, OTHER)) == (Write("thread", ROOT + b"answer", OTHER),)
    assert writes(AcceptAnswer(ROOT)) == (Write("thread", ROOT + b"answer", None),)
    assert stub_writes("accept_answer") == ()
