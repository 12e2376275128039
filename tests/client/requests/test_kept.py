"""What a device knows of the requests it has made."""

from hobnob_client.requests import kept
from hobnob_client.requests.kept import MADE_MAX, NOTE_TEXT_MAX, Made
from hobnob_protocol.ids import AccountId, TargetId
from hobnob_protocol.limits import OFFERED_MAX

PEOPLE = tuple(AccountId(bytes([n]) * 20) for n in range(OFFERED_MAX + 3))
ONE = Made(TargetId(b"1" * 16), PEOPLE[0], "help", PEOPLE[1:3], TargetId(b"0" * 16), sent=True)
TWO = Made(TargetId(b"2" * 16), PEOPLE[1], "help me")


def test_requests_are_kept_as_bytes_the_newest_of_them() -> None:
    """Each once, in its place; damage leaves out what it touches."""
    assert kept.from_bytes(kept.to_bytes((ONE, TWO))) == (ONE, TWO)
    assert kept.with_made((ONE, TWO), ONE) == (ONE, TWO)
    many = tuple(Made(TargetId(n.to_bytes(16, "big")), PEOPLE[0], "") for n in range(MADE_MAX))
    assert kept.with_made(many, TWO) == (*many[1:], TWO)
    long = Made(TWO.request, TWO.person, "x" * (NOTE_TEXT_MAX + 1))
    assert len(kept.from_bytes(kept.to_bytes((long,)))[0].note) == NOTE_TEXT_MAX
    assert [kept.from_bytes(damaged) for damaged in (b"", b"\xc1", b"\x91\x01")] == [()] * 3
    assert kept.to_bytes(()) == b""


def test_whom_to_ask_next_comes_from_the_last_ranking() -> None:
    """As far as the one who is asked was in it."""
    ranked = kept.ranked_of(kept.ranked_bytes(PEOPLE))
    assert ranked == PEOPLE[:OFFERED_MAX]
    assert kept.behind(ranked, PEOPLE[1]) == (PEOPLE[0], *PEOPLE[2:OFFERED_MAX])
    assert kept.behind(ranked, PEOPLE[-1]) == ()
    assert kept.unsent((ONE, TWO), PEOPLE[1]) == TWO
    assert kept.unsent((ONE, TWO), PEOPLE[0]) is None
