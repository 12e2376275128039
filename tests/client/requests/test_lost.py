"""What a hub has told of and knows no more is found where it may still be answered."""

from hobnob_client.requests.lost import lost, undone
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
    before = told(asked(1), asked(2), asked(3, mine=False), asked(4, state="helped"))
    assert lost(before, told(asked(1)), NOW_MS) == (asked(2),)
    assert lost(before, before, NOW_MS) == ()
    assert lost(None, told(), NOW_MS) == ()


def test_what_was_accepted_is_lost_as_well() -> None:
    """However long ago it was asked: it goes on until it helped, or did not."""
    accepted = asked(1, state="accepted", at_ms=NOW_MS - 2 * REQUEST_OPEN_MS)
    assert lost(told(accepted), told(), NOW_MS) == (accepted,)
    assert lost(told(asked(1, state="met")), told(), NOW_MS) == (asked(1, state="met"),)


def test_what_was_done_with_it_is_told_again_by_who_did_it() -> None:
    """One step at a time; nobody is asked again what they have declined."""

    def again(now: str, before: str, *, mine: bool = False) -> list[str]:
        there = told(asked(1, mine=mine, state=now))
        return [what for _, what in undone((told(asked(1, mine=mine, state=before)),), there)]

    assert again("asked", "accepted") == ["accept"]
    assert again("asked", "accepted", mine=True) == []
    assert again("asked", "met") == ["accept"]
    assert again("accepted", "met") == ["meet"]
    assert again("asked", "declined") == ["decline"]
    assert again("asked", "withdrawn", mine=True) == ["withdraw"]
    assert again("accepted", "asked") == []
    assert again("met", "met") == []


def test_what_has_no_time_left_is_not_lost() -> None:
    """It would have two more days."""
    late = asked(1, at_ms=NOW_MS - REQUEST_OPEN_MS)
    assert lost(told(late), told(), NOW_MS) == ()
    assert lost(told(late), told(), NOW_MS - 1) == (late,)
