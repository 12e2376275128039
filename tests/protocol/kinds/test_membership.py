"""Joining, leaving, inviting."""

from hobnob_protocol.kind import Write
from hobnob_protocol.kinds.membership import Invite, Join, Leave
from tests.protocol.kinds.scene import ALICE, BOB, refused, stub_writes, travels_as, writes


def test_a_member_joins_and_leaves() -> None:
    """Both say nothing but who signed."""
    travels_as(Join())
    travels_as(Leave())
    assert writes(Join()) == (Write("member", ALICE, "joined"),)
    assert writes(Leave()) == (Write("member", ALICE, "left"),)
    assert stub_writes("join") == ()
    assert stub_writes("leave") == ()


def test_the_hub_joins_for_another() -> None:
    """The account named is the one that joins."""
    travels_as(Join(BOB), BOB)
    refused(Join, "blob", "account", b"")
    assert writes(Join(BOB)) == (Write("member", BOB, "joined"),)


def test_an_invitation_opens_the_channel_to_one() -> None:
    """It is for the account it names."""
    travels_as(Invite(BOB), BOB)
    refused(Invite, "blob", "account", None)
    assert writes(Invite(BOB)) == (Write("member", BOB, "invited"),)
    assert stub_writes("invite") == ()
