"""One's own invites to the hub."""

from hobnob_protocol.ids import PEOPLE
from hobnob_protocol.kinds.hub_acts import Enrol
from hobnob_protocol.kinds.invites import HubInvite, HubInviteRevoke
from hobnob_sync.views import invites, overlay
from hobnob_sync.views.invites import Invite
from hobnob_sync.views.overlay import Pending
from tests.sync.views.scene import ALICE, BOB, OWN, Tale

HOUR_MS = 3_600_000
OF_OWN, OF_PEOPLE = invites.asks(ALICE)


def test_each_invite_tells_whom_it_let_in() -> None:
    """In the order they were made; one that is revoked is none."""
    tale = Tale()
    first = tale.tell(ALICE, HubInvite(b"1" * 32, 2, 1), OWN)
    gone = tale.tell(ALICE, HubInvite(b"2" * 32, 1, 1), OWN)
    last = tale.tell(ALICE, HubInvite(b"3" * 32, 1, 2), OWN)
    tale.tell(ALICE, HubInviteRevoke(gone), OWN)
    for nth, (inviter, invite) in enumerate([(ALICE, first), (ALICE, first), (BOB, gone)]):
        link = b"genesis %d" % nth
        tale.tell(BOB, Enrol(link, bytes(64), f"guest{nth}", inviter, invite), PEOPLE)
    tale.tell(BOB, Enrol(b"another", bytes(64), "other"), PEOPLE)
    found = invites.view(tale.cells(OF_OWN, OWN), tale.cells(OF_PEOPLE, PEOPLE))
    assert [invite.invite for invite in found] == [first, last]
    assert [len(invite.joined) for invite in found] == [2, 0]
    assert [invite.uses for invite in found] == [2, 1]
    assert [invite.is_open(0) for invite in found] == [False, True]
    assert found[1].is_open(found[1].ends_ms - 1)
    assert not found[1].is_open(found[1].ends_ms)


def test_an_invite_made_offline_is_in_the_list_at_once() -> None:
    """Marked as waiting: the hub knows nothing of it yet."""
    tale = Tale()
    read = tale.wait(1, ALICE, HubInvite(b"1" * 32, 1, 1), OWN)
    base = tale.cells(overlay.asks([read], OF_OWN), OWN)
    (found,) = invites.view(Pending(base, [read]), tale.cells(OF_PEOPLE, PEOPLE))
    assert found == Invite(read.fact.target, 1, read.fact.at_ms + HOUR_MS, (), True)
