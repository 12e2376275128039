"""One's own invites to the hub, and whom each has let in; and by whom somebody was let in."""

from typing import cast

from hobnob_protocol import nouns
from hobnob_protocol.ids import PEOPLE, AccountId, TargetId, user_stream
from hobnob_protocol.nouns import HubInviteValue, InviterValue
from hobnob_protocol.value import value
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import CellsKey, Key
from hobnob_sync.views.overlay import PENDING_SEQ


@value
class Invite:
    """An invite that is not revoked; `joined` are those it has let in, by account.

    `pending` is true until the hub has it: then its time, counted from now, is not yet sure.
    """

    invite: TargetId
    uses: int
    ends_ms: int
    joined: tuple[AccountId, ...]
    pending: bool

    def is_open(self, now_ms: int) -> bool:
        """May it still let somebody in?"""
        return now_ms < self.ends_ms and len(self.joined) < self.uses


def asks(me: AccountId) -> tuple[tuple[Key[object], ...], tuple[Key[object], ...]]:
    """What `view` wants to know, of one's own stream and of `ppl`."""
    own = (CellsKey(user_stream(me), nouns.HUB_INVITE, b""),)
    return own, (CellsKey(PEOPLE, nouns.INVITER, b""),)


def view(own: CellsView, people: CellsView) -> tuple[Invite, ...]:
    """The invites by the cells of one's own stream and of `ppl`, in the order they were made."""
    joined: dict[TargetId, list[AccountId]] = {}
    for key, cell in people.scan(nouns.INVITER, b""):
        by = InviterValue(*cast("tuple[AccountId, TargetId]", cell.value)).invite
        joined.setdefault(by, []).append(AccountId(key))
    made = sorted(
        (cell.seq, TargetId(key), HubInviteValue(*cast("tuple[bytes, int, int]", cell.value)))
        for key, cell in own.scan(nouns.HUB_INVITE, b"")
        if cell.value is not None
    )
    return tuple(
        Invite(target, value.uses, value.ends_ms, tuple(joined.get(target, ())), seq >= PENDING_SEQ)
        for seq, target, value in made
    )
