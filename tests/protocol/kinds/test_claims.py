"""An imported account may be a member's."""

from hobnob_protocol.ids import PEOPLE, imported_account
from hobnob_protocol.kind import Write
from hobnob_protocol.kinds.claims import Claim
from tests.protocol.kinds.scene import BOB, refused, stub_writes, travels_as, writes

THERE = imported_account("mail", "bob")


def test_a_claim_links_an_imported_account_to_a_member_or_undoes_it() -> None:
    """One cell for each imported account, with a reason that everybody can read."""
    travels_as(
        Claim(THERE, BOB, True, "knew\nwhat only he knew"),
        THERE,
        BOB,
        True,
        "knew\nwhat only he knew",
    )
    assert writes(Claim(THERE, BOB, True, "x"), PEOPLE) == (Write("claim", THERE, BOB),)
    assert writes(Claim(THERE, BOB, False, "x"), PEOPLE) == (Write("claim", THERE, None),)
    assert stub_writes("claim") == ()


def test_a_claim_keeps_its_bounds() -> None:
    """Two accounts, a switch, a reason."""
    refused(Claim, "blob", "imported", b"", BOB, True, "x")
    refused(Claim, "blob", "account", THERE, b"", True, "x")
    refused(Claim, "boolean", "on", THERE, BOB, None, "x")
    refused(Claim, "text.empty", "reason", THERE, BOB, True, "")
    refused(Claim, "text.length", "reason", THERE, BOB, True, "x" * 501)
