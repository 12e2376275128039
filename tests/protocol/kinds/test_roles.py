"""Roles."""

import pytest

from hobnob_protocol.kind import Write
from hobnob_protocol.kinds.roles import ROLES, RoleGrant
from tests.protocol.kinds.scene import BOB, refused, stub_writes, travels_as, writes


@pytest.mark.parametrize("role", ["owner", "admin", "moderator", "member", "bot"])
def test_a_role_replaces_the_one_before(role: str) -> None:
    """One cell per account."""
    travels_as(RoleGrant(BOB, role), BOB, role)
    assert writes(RoleGrant(BOB, role)) == (Write("role", BOB, role),)


def test_there_are_no_other_roles() -> None:
    """A role this version does not know gives no right."""
    assert len(ROLES) == 5
    refused(RoleGrant, "choice", "role", BOB, "guest")
    refused(RoleGrant, "choice", "role", BOB, 1)
    refused(RoleGrant, "blob", "account", b"", "bot")
    assert stub_writes("role_grant") == ()
