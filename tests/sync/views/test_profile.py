"""What somebody says of themselves."""

from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.people import ProfileField
from hobnob_sync.views import overlay, profile
from hobnob_sync.views.overlay import Pending
from hobnob_sync.views.profile import Profile
from tests.sync.views.scene import ALICE, BOB, Tale


def test_a_profile_is_what_was_said_last_of_each_field() -> None:
    """By name; what was cleared is gone, and others' fields are theirs."""
    tale = Tale()
    for name, value in (("name", "Al"), ("city", "Rome"), ("pet", "cat"), ("name", "Alice")):
        tale.tell(ALICE, ProfileField(name, value), PEOPLE)
    tale.tell(ALICE, ProfileField("pet"), PEOPLE)
    tale.tell(BOB, ProfileField("name", "Bob"), PEOPLE)
    found = profile.view(tale.cells(profile.asks(ALICE), PEOPLE), ALICE)
    assert found == Profile(ALICE, (("city", "Rome"), ("name", "Alice")), False)
    assert (found.get("name"), found.get("pet")) == ("Alice", None)


def test_a_change_of_ones_own_shows_at_once() -> None:
    """And says that it waits."""
    tale = Tale()
    read = tale.wait(1, ALICE, ProfileField("name", "Alice"), PEOPLE)
    base = tale.cells(overlay.asks((read,), profile.asks(ALICE)), PEOPLE)
    found = profile.view(Pending(base, (read,)), ALICE)
    assert found == Profile(ALICE, (("name", "Alice"),), True)


def test_all_profiles_are_read_in_one_pass() -> None:
    """Of whoever has said something, each as by themselves."""
    tale = Tale()
    for who, name, value in ((ALICE, "name", "Alice"), (BOB, "city", "Bonn"), (ALICE, "x", "y")):
        tale.tell(who, ProfileField(name, value), PEOPLE)
    found = profile.everybody(tale.cells(profile.asks_all(), PEOPLE))
    alone = tale.cells((*profile.asks(ALICE), *profile.asks(BOB)), PEOPLE)
    assert found == {who: profile.view(alone, who) for who in (ALICE, BOB)}
