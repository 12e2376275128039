"""Who of a replica offers to show newcomers around, for whoever is new in front of it."""

from datetime import UTC, datetime, tzinfo
from typing import Final

from hobnob_client.catalogue import language
from hobnob_client.match.members import members
from hobnob_client.onboarding.buddy import Buddy, Newcomer, ranked
from hobnob_client.profiles import forms
from hobnob_client.profiles.described import Described, described
from hobnob_client.reading.desk import Desk
from hobnob_client.reading.people import People
from hobnob_protocol.ids import PEOPLE, AccountId
from hobnob_protocol.request_questions import WEEKLY_BUDDIES
from hobnob_sync.views import profile

AWAKE: Final = frozenset(range(8, 22))
"""When somebody is about who says nothing of their hours."""


def gather(desk: Desk, people: People, zone: tzinfo, now_ms: int) -> tuple[Buddy, ...]:
    """Who may be asked, the best first: they offer it, agree to being found, can be reached, and
    are blocked by nobody here."""
    open_ = _offering(desk, people)
    return ranked(_newcomer(desk, people, zone, now_ms), (said for said in open_.values()))


def offers(desk: Desk, people: People) -> bool:
    """Is there anybody?"""
    return bool(_offering(desk, people))


def _offering(desk: Desk, people: People) -> dict[AccountId, Described]:
    agreed = members(desk, people).agreed
    said = profile.everybody(desk.cells(PEOPLE, profile.asks_all()))
    return {
        account: described(found)
        for account, found in sorted(said.items())
        if account in agreed and _number(found.get(WEEKLY_BUDDIES))
    }


def _newcomer(desk: Desk, people: People, zone: tzinfo, now_ms: int) -> Newcomer:
    """By their profile; where that says nothing, by the language and the clock of this device,
    which nobody is told."""
    mine = described(people.profile(desk.me))
    ahead = datetime.fromtimestamp(now_ms / 1_000, UTC).astimezone(zone).utcoffset()
    minutes = 0 if ahead is None else int(ahead.total_seconds()) // 60
    return Newcomer(
        desk.me,
        mine.languages or (language().value,),
        (*mine.looks_for, *mine.helps_with),
        mine.hours_at(minutes) or AWAKE,
        minutes,
    )


def _number(said: str | None) -> int:
    try:
        return forms.requests(said or "0")
    except forms.Unfit:
        return 0
