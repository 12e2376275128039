"""Whom a member knows: kept for their own devices, told to nobody else."""

from hobnob_protocol.ids import user_stream
from hobnob_protocol.kind import Write
from hobnob_protocol.kinds.trust import Accept, Verify
from tests.protocol.kinds.scene import ALICE, BOB, refused, stub_writes, travels_as, writes

MINE = user_stream(ALICE)


def test_accepting_is_one_switch_per_account() -> None:
    """Accepted, or a stranger again."""
    travels_as(Accept(BOB), BOB)
    travels_as(Accept(BOB, on=False), BOB, False)
    refused(Accept, "blob", "account", b"")
    assert writes(Accept(BOB), MINE) == (Write("accepted", BOB, True),)
    assert writes(Accept(BOB, on=False), MINE) == (Write("accepted", BOB, False),)
    assert stub_writes("accept") == ()


def test_a_verification_remembers_under_which_handle_it_was_made() -> None:
    """So that another account under that handle is no silent exchange."""
    travels_as(Verify(BOB, "bob"), BOB, "bob")
    travels_as(Verify(BOB), BOB)
    refused(Verify, "text.length", "handle", BOB, "b" * 33)
    assert writes(Verify(BOB, "bob"), MINE) == (Write("verified", BOB, "bob"),)
    assert writes(Verify(BOB), MINE) == (Write("verified", BOB, None),)
    assert stub_writes("verify") == ()
