"""Polls, votes and their close."""

from hobnob_protocol.kind import Rule, Write
from hobnob_protocol.kinds.polls import Poll, PollClose, Vote
from tests.protocol.kinds.scene import (
    ALICE,
    LAPTOP,
    ROOT,
    THIS,
    refused,
    stub_writes,
    travels_as,
    writes,
)

TWENTY = tuple(f"option {n}" for n in range(20))


def test_a_poll_keeps_its_bounds() -> None:
    """From two to twenty different options, each one line."""
    travels_as(Poll("Tea?", ("yes", "no")), "Tea?", ("yes", "no"))
    travels_as(Poll("x" * 12_000, TWENTY, multiple=True), "x" * 12_000, TWENTY, True)
    travels_as(Poll("a\nb", ("x" * 200, "y")), "a\nb", ("x" * 200, "y"))
    refused(Poll, "text.empty", "question", "", ("yes", "no"))
    refused(Poll, "text.length", "question", "x" * 12_001, ("yes", "no"))
    refused(Poll, "many.count", "options", "Tea?", ("yes",))
    refused(Poll, "many.count", "options", "Tea?", (*TWENTY, "more"))
    refused(Poll, "many.distinct", "options", "Tea?", ("yes", "yes"))
    refused(Poll, "text.length", "options", "Tea?", ("x" * 201, "y"))
    refused(Poll, "text.empty", "options", "Tea?", ("", "y"))
    refused(Poll, "text.control", "options", "Tea?", ("a\nb", "y"))
    refused(Poll, "boolean", "multiple", "Tea?", ("yes", "no"), 1)


def test_a_poll_is_a_message() -> None:
    """It can be reacted to, hidden and deleted like any other."""
    more = (("yes", "no"), True)
    value = (ALICE, LAPTOP, 22, None, None, "Tea?", (), more, 1_700_000_000_123)
    bare = (ALICE, LAPTOP, 22, None, None, "", (), (), 1_700_000_000_123)
    assert writes(Poll("Tea?", ("yes", "no"), multiple=True)) == (
        Write("message", THIS, value, Rule.FIRST),
    )
    assert stub_writes("poll") == (Write("message", THIS, bare, Rule.FIRST),)


def test_a_vote_keeps_its_bounds() -> None:
    """A choice has one spelling: ascending, none twice; no choice takes the vote back."""
    travels_as(Vote(ROOT, ()), ROOT, ())
    travels_as(Vote(ROOT, tuple(range(20))), ROOT, tuple(range(20)))
    refused(Vote, "blob", "target", b"", ())
    refused(Vote, "integer", "choices", ROOT, (-1,))
    refused(Vote, "integer", "choices", ROOT, (20,))
    refused(Vote, "many.ascending", "choices", ROOT, (1, 0))
    refused(Vote, "many.ascending", "choices", ROOT, (1, 1))
    refused(Vote, "many.count", "choices", ROOT, tuple(range(21)))


def test_a_vote_replaces_the_one_before() -> None:
    """One cell per poll and account."""
    assert writes(Vote(ROOT, (0, 2))) == (Write("vote", ROOT + ALICE, (0, 2)),)
    assert stub_writes("vote") == ()


def test_a_poll_closes_once() -> None:
    """The first close stays."""
    travels_as(PollClose(ROOT), ROOT)
    refused(PollClose, "blob", "target", b"")
    assert writes(PollClose(ROOT)) == (Write("poll_closed", ROOT, ALICE, Rule.FIRST),)
    assert stub_writes("poll_close") == ()
