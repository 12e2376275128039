"""Who can be found by what they say of themselves: by consent alone."""

from collections.abc import Iterator
from datetime import UTC, date

import pytest

from hobnob.testing import Community, User
from hobnob_client.profiles.directory import Directory
from hobnob_protocol.ids import PEOPLE, user_stream
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.people import ProfileField
from hobnob_protocol.kinds.personal import Block


@pytest.fixture
def community() -> Iterator[Community]:
    """One channel."""
    with Community() as fresh:
        yield fresh


def helps(user: User, what: str, *, agrees: bool) -> None:
    """They say what they help with; some agree to being found by it."""
    user.seat.say(PEOPLE, ProfileField("helps_with", what))
    if agrees:
        user.seat.say(PEOPLE, Consent("matching"))


def seen_by(user: User) -> Directory:
    """What somebody's replica says."""
    return user.seat.reader.finder(UTC, lambda: date(2026, 1, 1)).directory()


def test_only_who_agrees_is_listed_and_of_the_others_nothing_is_told(
    community: Community,
) -> None:
    """They are counted; who withdraws is gone at once, and whom one blocks is in no count."""
    ada, bob, cem, dan = (community.user(name) for name in ("ada", "bob", "cem", "dan"))
    helps(bob, "rust, go", agrees=True)
    helps(cem, "sqlite", agrees=False)
    found = seen_by(ada)
    assert [(each.handle, each.said.helps_with) for each in found.listed] == [
        ("bob", ("rust", "go"))
    ]
    assert [(each.handle, each.said.says_something) for each in found.private] == [
        ("cem", False),
        ("dan", False),
    ]
    bob.seat.say(PEOPLE, Consent("matching", on=False))
    ada.seat.say(user_stream(ada.account), Block(dan.account))
    found = seen_by(ada)
    assert (found.listed, [each.handle for each in found.private]) == ((), ["bob", "cem"])
