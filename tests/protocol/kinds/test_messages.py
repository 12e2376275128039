"""Posts, edits and deletes."""

from typing import Any

import pytest

from hobnob_protocol.ids import AccountId
from hobnob_protocol.kind import Rule, Write
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from tests.protocol.kinds.scene import (
    ALICE,
    BOB,
    LAPTOP,
    OTHER,
    ROOT,
    THIS,
    refused,
    stub_writes,
    travels_as,
    writes,
)

TEN = tuple(AccountId(bytes([n]) * 20) for n in range(10))


def test_a_bare_post_is_one_text_on_the_wire() -> None:
    """What is not said costs no byte."""
    travels_as(Post("hello"), "hello")
    travels_as(Post("hello", ROOT), "hello", ROOT)
    travels_as(Post("hello", None, OTHER), "hello", None, OTHER)
    travels_as(Post("hello", mentions=(BOB,)), "hello", None, None, (BOB,))


def test_a_post_keeps_its_bounds() -> None:
    """The longest text and ten mentions pass; one more of either does not."""
    travels_as(Post("x" * 12_000, ROOT, OTHER, TEN), "x" * 12_000, ROOT, OTHER, TEN)
    refused(Post, "text.length", "text", "x" * 12_001)
    refused(Post, "text.empty", "text", "")
    refused(Post, "blob", "thread", "x", b"r" * 15)
    refused(Post, "blob", "reply", "x", None, b"r" * 17)
    refused(Post, "many.count", "mentions", "x", None, None, (*TEN, ALICE))
    refused(Post, "many.distinct", "mentions", "x", None, None, (BOB, BOB))
    refused(Post, "blob", "mentions", "x", None, None, (b"b" * 19,))


@pytest.mark.parametrize(("cls", "before"), [(Post, ()), (Edit, (ROOT,))])
def test_a_text_may_have_lines_but_no_controls(cls: Any, before: tuple[bytes, ...]) -> None:
    """LF and TAB are text; an escape sequence is not."""
    travels_as(cls(*before, "one\n\ttwo"), *before, "one\n\ttwo")
    refused(cls, "text.control", "text", *before, "\x1b[31mred")


def test_a_post_writes_its_message_once() -> None:
    """The first writer of a message stays: no later event can put words into it."""
    value = (ALICE, LAPTOP, 1, ROOT, OTHER, "hello", (BOB,), (), 1_700_000_000_123)
    assert writes(Post("hello", ROOT, OTHER, (BOB,))) == (
        Write("message", THIS, value, Rule.FIRST),
    )


def test_an_erased_post_leaves_a_bare_message() -> None:
    """Who, with what, when: nothing that the body said."""
    value = (ALICE, LAPTOP, 1, None, None, "", (), (), 1_700_000_000_123)
    assert stub_writes("post") == (Write("message", THIS, value, Rule.FIRST),)


def test_an_edit_keeps_its_bounds() -> None:
    """An edit is bound like the post it changes."""
    travels_as(Edit(ROOT, "x" * 12_000, OTHER, TEN), ROOT, "x" * 12_000, OTHER, TEN)
    refused(Edit, "blob", "target", b"r" * 15, "x")
    refused(Edit, "text.length", "text", ROOT, "x" * 12_001)
    refused(Edit, "text.empty", "text", ROOT, "")
    refused(Edit, "blob", "base", ROOT, "x", b"")
    refused(Edit, "many.count", "mentions", ROOT, "x", None, (*TEN, ALICE))
    refused(Edit, "many.distinct", "mentions", ROOT, "x", None, (BOB, BOB))


def test_every_edit_has_a_cell_of_its_own() -> None:
    """No edit overwrites another, so the loser of a conflict is still there."""
    assert writes(Edit(ROOT, "better", OTHER, (BOB,))) == (
        Write("edit", ROOT + THIS, (ALICE, "better", OTHER, (BOB,)), Rule.FIRST),
    )
    assert stub_writes("edit") == ()


def test_a_delete_marks_its_target_dead() -> None:
    """Dead by its author's will, for ever."""
    travels_as(Delete(ROOT), ROOT)
    refused(Delete, "blob", "target", b"r" * 17)
    assert writes(Delete(ROOT)) == (
        Write("dead", ROOT + ALICE, (ALICE, "deleted", ""), Rule.FIRST),
    )
    assert stub_writes("delete") == ()
