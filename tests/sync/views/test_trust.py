"""Whom a member knows."""

from hobnob_protocol.kinds.trust import Accept, Verify
from hobnob_sync.views import trust
from hobnob_sync.views.trust import Trust
from tests.sync.views.scene import ALICE, BOB, CAROL, OWN, Tale


def test_whom_one_accepts_and_has_verified_is_known_until_it_is_taken_back() -> None:
    """By one's own word alone."""
    tale = Tale()
    tale.tell(ALICE, Accept(BOB), OWN)
    tale.tell(ALICE, Accept(CAROL), OWN)
    tale.tell(ALICE, Accept(CAROL, on=False), OWN)
    tale.tell(ALICE, Verify(BOB, "bob"), OWN)
    tale.tell(ALICE, Verify(CAROL, "carol"), OWN)
    tale.tell(ALICE, Verify(CAROL), OWN)
    found = trust.view(tale.cells(trust.asks(ALICE), OWN))
    assert found == Trust((BOB,), {BOB: "bob"})


def test_another_account_under_a_verified_handle_is_no_silent_exchange() -> None:
    """Whoever shows it: the one who was compared is somebody else."""
    known = Trust((), {BOB: "bob"})
    assert known.impostor(CAROL, "bob")
    assert not known.impostor(BOB, "bob")
    assert not known.impostor(CAROL, "carol")


def test_who_was_compared_anew_is_an_impostor_no_more() -> None:
    """As one who has lost all devices and begins again under the same handle; in another's place
    they are one still."""
    known = Trust((), {BOB: "bob", CAROL: "bob", ALICE: "alice"})
    assert not known.impostor(CAROL, "bob")
    assert known.impostor(CAROL, "alice")
