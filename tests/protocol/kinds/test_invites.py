"""How members let others in."""

from hobnob_protocol.ids import user_stream
from hobnob_protocol.kind import Write
from hobnob_protocol.kinds.invites import HubInvite, HubInviteRevoke
from hobnob_protocol.limits import HUB_INVITE_HOURS_MAX, HUB_INVITE_USES_MAX
from hobnob_protocol.nouns import HubInviteValue
from tests.protocol.kinds.scene import (
    ALICE,
    ROOT,
    THIS,
    fact,
    refused,
    stub_writes,
    travels_as,
    writes,
)

MINE = user_stream(ALICE)
HASH = b"h" * 32


def test_an_invite_is_a_hash_with_its_uses_and_its_hours() -> None:
    """Few uses and few hours, at least one of each; a hash is no secret of another length."""
    most = (HASH, HUB_INVITE_USES_MAX, HUB_INVITE_HOURS_MAX)
    travels_as(HubInvite(HASH, 1, 168), HASH, 1, 168)
    travels_as(HubInvite(*most), *most)
    refused(HubInvite, "blob", "secret_hash", b"h" * 16, 1, 1)
    refused(HubInvite, "integer", "uses", HASH, 0, 1)
    refused(HubInvite, "integer", "uses", HASH, HUB_INVITE_USES_MAX + 1, 1)
    refused(HubInvite, "integer", "hours", HASH, 1, 0)
    refused(HubInvite, "integer", "hours", HASH, 1, HUB_INVITE_HOURS_MAX + 1)


def test_the_time_of_an_invite_begins_when_the_hub_has_it() -> None:
    """Whatever the maker's clock says."""
    said = HubInvite(HASH, 2, 3)
    ends_ms = fact(said).at_ms + 3 * 3_600_000
    assert writes(said, MINE) == (Write("hub_invite", THIS, (HASH, 2, ends_ms)),)
    assert HubInviteValue(HASH, 2, ends_ms) == writes(said, MINE)[0].value
    assert stub_writes("hub_invite") == ()


def test_a_revoked_invite_leaves_a_cell_that_says_so() -> None:
    """By the name of the event that made it."""
    travels_as(HubInviteRevoke(ROOT), ROOT)
    refused(HubInviteRevoke, "blob", "invite", b"short")
    assert writes(HubInviteRevoke(ROOT), MINE) == (Write("hub_invite", ROOT, None),)
    assert stub_writes("hub_invite_revoke") == ()
