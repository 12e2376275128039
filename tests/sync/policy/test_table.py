"""The table of rights, cell by cell, against rights written down by hand."""

import pytest

from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import StreamType
from hobnob_protocol.kind import Signer
from hobnob_protocol.registry import STANDARD
from hobnob_sync.policy.table import (
    ARCHIVE_CLOSES,
    CAPABILITIES,
    RIGHTS,
    TABLE,
    Membership,
    allows,
    capabilities,
    parse,
    visible,
)
from tests.sync.policy.rights import ALLOWED, EVERY_CELL, ROLES, Cell, neighbours, told

HEAD = "capability stream membership owner admin moderator member bot\n"


@pytest.mark.parametrize("cell", EVERY_CELL, ids=told)
def test_a_cell_is_allowed_only_where_it_is_written_down(cell: Cell) -> None:
    """Each cell of capability, stream, membership and role says what was agreed, no more."""
    capability, stream, membership, role = cell
    assert allows(capability, role, stream, membership) is (cell in ALLOWED)


@pytest.mark.parametrize("cell", sorted(ALLOWED), ids=told)
def test_a_right_ends_at_its_edges(cell: Cell) -> None:
    """What is allowed is denied once the role, the stream or the membership is a wrong one."""
    capability, stream, membership, role = cell
    assert allows(capability, role, stream, membership)
    assert neighbours(cell)
    for capability, stream, membership, role in neighbours(cell):
        assert not allows(capability, role, stream, membership)


@pytest.mark.parametrize("membership", Membership)
@pytest.mark.parametrize("stream", StreamType)
@pytest.mark.parametrize("role", ROLES)
def test_a_screen_may_offer_exactly_what_is_allowed(
    role: str, stream: StreamType, membership: Membership
) -> None:
    """The list for a screen is the table's column, in the table's order."""
    offered = capabilities(role, stream, membership)
    assert {(each, stream, membership, role) for each in offered} == {
        cell for cell in ALLOWED if cell[1:] == (stream, membership, role)
    }
    assert list(offered) == sorted(offered, key=CAPABILITIES.index)


@pytest.mark.parametrize("membership", Membership)
@pytest.mark.parametrize("stream", StreamType)
@pytest.mark.parametrize("role", ROLES)
def test_only_members_read_and_only_role_holders_read_moderation(
    role: str, stream: StreamType, membership: Membership
) -> None:
    """A stream is seen wholly or not at all; `mod` asks for the role too, each time."""
    inside = membership is Membership.MEMBER
    may = inside and (stream is not StreamType.MODERATION or role not in ("member", "bot"))
    assert visible(stream, membership, role) is may


def test_every_kind_can_be_done_by_somebody_wherever_it_belongs() -> None:
    """No kind of a member's is out of all reach, and only the hub's kinds ask for `hub`."""
    for kind in STANDARD:
        assert (kind.capability == "hub") == (kind.signer is Signer.HUB), kind.name
        for stream in kind.streams if kind.capability != "hub" else ():
            assert any(
                allows(kind.capability, role, stream, membership)
                for role in ROLES
                for membership in Membership
            ), (kind.name, stream)


def test_every_row_serves_some_kind() -> None:
    """No row is left over: a kind asks for it in that stream, or one of two rules does."""
    asked = {(kind.capability, stream) for kind in STANDARD for stream in kind.streams}
    for capability, stream, _ in RIGHTS:
        assert capability in ("read", "moderate") or (capability, stream) in asked


def test_what_an_archive_closes_are_rights_in_channels() -> None:
    """Each of them is a capability that somebody holds inside a channel."""
    assert ARCHIVE_CLOSES == (
        "post", "edit_own", "react", "vote", "poll", "thread", "accept", "pin", "import",
    )  # fmt: skip
    for capability in ARCHIVE_CLOSES:
        assert allows(capability, "owner", StreamType.CHANNEL, Membership.MEMBER)


def test_a_table_is_read_as_it_is_laid_out() -> None:
    """A row names the roles it says yes to; blank lines part the rows."""
    assert parse(f"{HEAD}\npost c member yes - - yes -\nread u none - - - - -\n") == {
        ("post", StreamType.CHANNEL, Membership.MEMBER): ("owner", "member"),
        ("read", StreamType.USER, Membership.NONE): (),
    }
    assert parse(TABLE) == RIGHTS


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("post c member yes yes yes yes yes", "begins with its columns"),
        (HEAD.replace("owner admin", "admin owner"), "begins with its columns"),
        (f"{HEAD}post c member yes yes yes yes", "no row of rights: post c member yes"),
        (f"{HEAD}post c member yes yes yes yes yes yes", "no row of rights: post"),
        (f"{HEAD}post c member no yes yes yes yes", "no row of rights: post"),
        (f"{HEAD}post c member yes yes yes yes no", "no row of rights: post"),
        (f"{HEAD}" + "post c member - - - - yes\n" * 2, "two rows of rights: post c member$"),
    ],
)
def test_a_crooked_table_is_refused(text: str, complaint: str) -> None:
    """A table that could be misread stops the program at once."""
    with pytest.raises(UsageError, match=complaint):
        parse(text)
