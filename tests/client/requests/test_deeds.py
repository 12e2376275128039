"""What one does with requests before the hub has heard of it."""

from hobnob_client.requests import deeds
from hobnob_client.requests.deeds import DEEDS_MAX, NEXT, Deed
from hobnob_protocol.ids import TargetId

ONE, TWO = (TargetId(bytes([nth]) * 16) for nth in (1, 2))
ACCEPT = Deed(ONE, "accept", 5)


def test_of_each_request_the_last_deed_is_kept() -> None:
    """The newest of them; another one is not dropped with it."""
    later = Deed(ONE, "decline", 6)
    held = deeds.with_deed(deeds.with_deed((), ACCEPT), Deed(TWO, NEXT, 7))
    assert deeds.with_deed(held, later) == (Deed(TWO, NEXT, 7), later)
    assert deeds.without((later,), ACCEPT) == (later,)
    assert deeds.without((later,), later) == ()
    many = tuple(Deed(TargetId(nth.to_bytes(16, "big")), NEXT, 0) for nth in range(DEEDS_MAX))
    assert deeds.with_deed(many, ACCEPT) == (*many[1:], ACCEPT)


def test_deeds_are_kept_as_bytes() -> None:
    """Damage, and what a later version does, is left out."""
    held = (ACCEPT, Deed(TWO, NEXT, 7))
    assert deeds.from_bytes(deeds.to_bytes(held)) == held
    assert deeds.to_bytes(()) == b""
    assert deeds.from_bytes(deeds.to_bytes((Deed(ONE, "forgive", 1), ACCEPT))) == (ACCEPT,)
    assert [deeds.from_bytes(each) for each in (b"", b"\xc1", b"\x91\x01", b"\x05")] == [()] * 4
