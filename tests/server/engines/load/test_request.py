"""The life of a request."""

from dataclasses import replace
from itertools import product

import pytest

from hobnob_protocol.ids import AccountId
from hobnob_protocol.limits import HELPED_AFTER_MS, REQUEST_OPEN_MS
from hobnob_server.engines.load.request import NEXT, Act, Notice, Request, State

ASKER, ASKED = AccountId(bytes(20)), AccountId(bytes([1] * 20))
NOW = 1_700_000_000_000
OPEN = Request(ASKER, ASKED, NOW)


def _after(request: Request, act: Act, by: AccountId, now_ms: int = NOW) -> Request:
    found = request.after(act, by, now_ms)
    assert found is not None
    return found


def test_nobody_who_answers_within_48_hours_is_passed_over() -> None:
    """To the millisecond; afterwards the request has expired, and nothing revives it."""
    end = NOW + REQUEST_OPEN_MS
    assert _after(OPEN, Act.ACCEPT, ASKED, end - 1).state is State.ACCEPTED
    assert OPEN.standing(end) is State.EXPIRED
    acts = [act for act in Act if act is not Act.DISMISS]
    assert all(OPEN.after(act, by, end) is None for act, by in product(acts, (ASKER, ASKED)))


@pytest.mark.parametrize("passed_ms", [0, 1, REQUEST_OPEN_MS - 1, REQUEST_OPEN_MS, 10**10])
def test_a_decline_is_never_shown(passed_ms: int) -> None:
    """Whatever the asker does and whenever they look, it is as if nobody had answered."""
    declined = _after(OPEN, Act.DECLINE, ASKED)
    now_ms = NOW + passed_ms
    assert declined.seen_by_asker(now_ms) is OPEN.seen_by_asker(now_ms)
    assert declined.due(now_ms) is OPEN.due(now_ms)
    assert declined.due_ms() == OPEN.due_ms()
    for act in Act:
        one, other = (each.after(act, ASKER, now_ms) for each in (declined, OPEN))
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert one.seen_by_asker(now_ms) is other.seen_by_asker(now_ms)
            assert one.due_ms() == other.due_ms()


def test_the_asker_is_told_once_to_offer_the_next() -> None:
    """After 48 hours."""
    end = NOW + REQUEST_OPEN_MS
    assert OPEN.due(end - 1) is None
    assert OPEN.due(end) is Notice.OFFER_NEXT
    assert OPEN.after_notice(Notice.OFFER_NEXT).due(end) is None


def test_the_asker_is_asked_once_whether_it_helped() -> None:
    """Seven days after it was accepted, met or not; and not if they have said so."""
    accepted = _after(OPEN, Act.ACCEPT, ASKED, NOW + 5)
    due = NOW + 5 + HELPED_AFTER_MS
    assert accepted.due_ms() == due
    assert _after(accepted, Act.MEET, ASKER, NOW + 6).due(due) is Notice.DID_IT_HELP
    assert _after(accepted, Act.HELPED, ASKER, NOW + 6).due_ms() is None
    assert accepted.after_notice(Notice.DID_IT_HELP).due_ms() is None


def test_what_is_due_is_dismissed_and_what_was_done_about_is_due_no_more() -> None:
    """By the asker alone, once it is due; the next person having been asked is as good."""
    end = NOW + REQUEST_OPEN_MS
    assert OPEN.after(Act.DISMISS, ASKER, end - 1) is None
    assert OPEN.after(Act.DISMISS, ASKED, end) is None
    assert _after(OPEN, Act.DISMISS, ASKER, end).due(end) is None
    assert replace(OPEN, followed=True).due(end) is None


def test_an_act_said_again_changes_nothing() -> None:
    """Its answer may have been lost; for anybody else it is still no act of theirs."""
    for act, by in ((Act.ACCEPT, ASKED), (Act.DECLINE, ASKED), (Act.WITHDRAW, ASKER)):
        once = _after(OPEN, act, by)
        assert once.after(act, by, NOW + 1) == once
        assert once.after(act, ASKER if by == ASKED else ASKED, NOW + 1) is None


def test_what_is_over_stays_so() -> None:
    """No act leads out of a state that ends it."""
    for state in (State.WITHDRAWN, State.HELPED, State.NOT_HELPED, State.EXPIRED):
        assert [act for act in Act if (state, act) in NEXT] == []
