"""Reactions to a message, counted from who gave them."""

from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.reactions import React
from hobnob_sync.views import overlay, reactions
from hobnob_sync.views.overlay import Pending
from tests.sync.views.scene import ALICE, BOB, CAROL, GARDEN, Tale


def test_each_emoji_says_who_stands_by_it() -> None:
    """Counted once an account, in the order they came; the oldest emoji first."""
    tale = Tale()
    target, other = tale.tell(ALICE, Post("one")), tale.tell(ALICE, Post("two"))
    tale.tell(CAROL, React(target, "🌻"))
    tale.tell(ALICE, React(target, "+"))
    tale.tell(BOB, React(target, "🌻"))
    tale.tell(BOB, React(other, "+"))
    found = reactions.view(tale.cells(reactions.asks(GARDEN, target)), target, ALICE)
    assert [(one.emoji, one.accounts, one.count, one.mine) for one in found] == [
        ("🌻", (CAROL, BOB), 2, False),
        ("+", (ALICE,), 1, True),
    ]


def test_a_reaction_taken_back_is_gone() -> None:
    """However often it was given; without anybody the emoji is gone too."""
    tale = Tale()
    target = tale.tell(ALICE, Post("one"))
    for on in (True, True, False):
        tale.tell(BOB, React(target, "+", on))
    assert reactions.view(tale.cells(reactions.asks(GARDEN, target)), target, ALICE) == ()


def test_a_waiting_reaction_counts_and_says_that_it_waits() -> None:
    """One's own shows at once; so does taking it back."""
    tale = Tale()
    target = tale.tell(ALICE, Post("one"))
    tale.tell(BOB, React(target, "+"))
    given = tale.wait(1, ALICE, React(target, "+"))
    taken = tale.wait(2, ALICE, React(target, "+", False))
    base = tale.cells(overlay.asks((given, taken), reactions.asks(GARDEN, target)))
    (found,) = reactions.view(Pending(base, (given,)), target, ALICE)
    assert (found.count, found.mine, found.pending) == (2, True, True)
    (found,) = reactions.view(Pending(base, (given, taken)), target, ALICE)
    assert (found.count, found.mine, found.pending) == (1, False, False)
