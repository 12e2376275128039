"""Who belongs to a channel."""

from hobnob_protocol.ids import DIRECTORY, AccountId
from hobnob_protocol.kinds.membership import Invite, Join, Leave
from hobnob_protocol.kinds.moderation import Ban, Kick
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_sync.views import members, overlay
from hobnob_sync.views.members import Member, Members
from hobnob_sync.views.overlay import Pending
from tests.sync.views.scene import ALICE, BOB, CAROL, GARDEN, Tale


def shown(tale: Tale) -> Members:
    """The members as the replica shows them."""
    keys = members.asks(GARDEN)
    return members.view(tale.cells(keys), tale.cells(keys, DIRECTORY))


def test_everybody_stands_in_one_list_with_their_role() -> None:
    """Who was given none is a member."""
    tale = Tale()
    tale.tell(BOB, RoleGrant(ALICE, "owner"), DIRECTORY)
    tale.tell(ALICE, Join())
    tale.tell(ALICE, Invite(BOB))
    tale.tell(ALICE, Ban(CAROL, True, "rude"))
    assert shown(tale) == Members(
        (Member(ALICE, "owner", False),),
        (Member(BOB, "member", False),),
        (Member(CAROL, "member", False),),
    )


def test_who_left_was_kicked_or_pardoned_is_in_no_list() -> None:
    """They may come back as anybody may."""
    tale = Tale()
    for account in (ALICE, BOB, CAROL):
        tale.tell(account, Join())
    tale.tell(ALICE, Leave())
    tale.tell(ALICE, Kick(BOB, "rude"))
    tale.tell(ALICE, Ban(CAROL, True, "rude"))
    tale.tell(ALICE, Ban(CAROL, False, "was not"))
    assert shown(tale) == Members((), (), ())


def test_an_invitation_shows_at_once() -> None:
    """And says that it waits."""
    tale = Tale()
    read = tale.wait(1, ALICE, Invite(BOB))
    keys = overlay.asks((read,), members.asks(GARDEN))
    found = members.view(Pending(tale.cells(keys), (read,)), tale.cells(keys, DIRECTORY))
    assert found.invited == (Member(BOB, "member", True),)


def test_of_some_accounts_who_belongs_to_it() -> None:
    """Who has left, was only invited, or is unknown does not."""
    tale = Tale()
    tale.tell(ALICE, Join())
    tale.tell(BOB, Join())
    tale.tell(BOB, Leave())
    tale.tell(ALICE, Invite(CAROL))
    everybody = (CAROL, BOB, ALICE, AccountId(b"x" * 20))
    cells = tale.cells(members.asks_some(GARDEN, everybody))
    assert members.joined(cells, everybody) == (ALICE,)
