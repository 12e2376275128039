"""What a hub has told of and knows no more is found where it may still be answered."""

from hobnob_client.requests.lost import lost
from hobnob_protocol.ids import AccountId, TargetId
from hobnob_protocol.limits import REQUEST_OPEN_MS
from hobnob_protocol.request_questions import Request, RequestsAnswer

BOB = AccountId(b"b" * 20)
NOW_MS = 1_800_000_000_000


def told(*several: Request) -> RequestsAnswer:
    """What a hub has told."""
    return RequestsAnswer(3, 0, 0, several)


def asked(nth: int, *, mine: bool = True, state: str = "asked", at_ms: int = NOW_MS) -> Request:
    """A request by or to bob."""
    return Request(TargetId(bytes([nth]) * 16), BOB, mine, state, at_ms, 0, "")


def test_what_i_have_asked_and_nobody_has_answered_is_lost_where_it_is_gone() -> None:
    """Whatever else is gone, and nothing where nothing was known before."""
    before = told(asked(1), asked(2), asked(3, mine=False), asked(4, state="accepted"))
    assert lost(before, told(asked(1)), NOW_MS) == (asked(2),)
    assert lost(before, before, NOW_MS) == ()
    assert lost(None, told(), NOW_MS) == ()


def test_what_has_no_time_left_is_not_lost() -> None:
    """It would have two more days."""
    late = asked(1, at_ms=NOW_MS - REQUEST_OPEN_MS)
    assert lost(told(late), told(), NOW_MS) == ()
    assert lost(told(late), told(), NOW_MS - 1) == (late,)
