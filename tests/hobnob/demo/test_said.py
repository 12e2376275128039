"""What members of the demo world say of themselves."""

from datetime import UTC, datetime

import pytest

from hobnob.demo.people import Member
from hobnob.demo.said import said_of
from hobnob.demo.world import load
from hobnob_client.profiles.described import described
from hobnob_protocol.ids import AccountId
from hobnob_protocol.registry import STANDARD
from hobnob_sync.views.profile import Profile

WINTER = datetime(2026, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize("member", load().members, ids=lambda member: member.handle)
def test_every_member_has_a_profile_that_is_understood(member: Member) -> None:
    """All of it goes into the fields there are, and means something there."""
    said = said_of(member, WINTER)
    for field in said:
        STANDARD.encode(field)
    fields = tuple((field.name, field.value or "") for field in said)
    found = described(Profile(AccountId(b"a" * 20), fields, False))
    assert found.helps_with == member.offers
    assert found.looks_for == member.seeks
    assert found.goals == member.goals
    assert len(found.languages) == len(member.languages)
    assert found.level == member.level
    assert found.hours
    assert found.zone is not None
    assert found.zone.minutes is not None


def test_zone_and_hours_are_coarse() -> None:
    """No place is told, and hours are full ones."""
    by_handle = {member.handle: said_of(member, WINTER) for member in load().members}
    bao = {field.name: field.value for field in by_handle["bao"]}
    assert (bao["zone"], bao["hours"]) == ("UTC+7", "14-23")
