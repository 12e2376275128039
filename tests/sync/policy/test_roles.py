"""The order of roles."""

from itertools import product

from hobnob_sync.policy.roles import OWNER, below
from tests.sync.policy.rights import ROLES


def test_each_role_stands_below_those_written_before_it() -> None:
    """Owner, admin, moderator, member, bot: nobody stands below an equal."""
    for role, other in product(ROLES, ROLES):
        assert below(role, other) is (ROLES.index(role) > ROLES.index(other))
    assert OWNER == "owner"


def test_an_unknown_role_has_no_place() -> None:
    """A role of a later version neither reaches anybody nor is reached."""
    assert below("bot", "owner")
    assert not below("guest", "owner")
    assert not below("bot", "guest")
    assert not below("guest", "guest")
