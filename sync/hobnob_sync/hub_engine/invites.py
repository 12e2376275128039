"""Members' invites, and how many each has let in: found by the hash of what a newcomer shows.

All of it is read from cells: after a restore it is what the log says again. An invite of the
operator's is none of these; it is a record of the hub's own (`logins.make_invite`).
"""

from dataclasses import dataclass, field
from typing import NamedTuple, cast

from hobnob_protocol import nouns
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.kind import Value
from hobnob_protocol.limits import HUB_INVITES_OPEN_MAX
from hobnob_protocol.nouns import HubInviteValue, InviterValue


class MemberInvite(NamedTuple):
    """One invite that is not revoked, and whose it is."""

    account: AccountId
    invite: TargetId
    secret_hash: bytes
    uses: int
    ends_ms: int


@dataclass(slots=True)
class Invites:
    """Every member's invites that are not revoked: by their maker, and by their hash."""

    made: dict[AccountId, dict[TargetId, MemberInvite]] = field(
        default_factory=dict[AccountId, dict[TargetId, MemberInvite]]
    )
    hashes: dict[bytes, MemberInvite] = field(default_factory=dict[bytes, MemberInvite])
    used: dict[TargetId, int] = field(default_factory=dict[TargetId, int])
    """How many each has let in, revoked ones too."""

    def put(self, stream: StreamId, noun: str, key: bytes, value: Value) -> None:
        """Take over a cell of the nouns `hub_invite` and `inviter`; others tell nothing."""
        if noun == nouns.INVITER:
            used = InviterValue(*cast("tuple[AccountId, TargetId]", value)).invite
            self.used[used] = self.used.get(used, 0) + 1
        elif noun == nouns.HUB_INVITE and value is None:
            self._end(AccountId(stream[2:]), TargetId(key))
        elif noun == nouns.HUB_INVITE:
            told = HubInviteValue(*cast("tuple[bytes, int, int]", value))
            invite = MemberInvite(AccountId(stream[2:]), TargetId(key), *told)
            self.made.setdefault(invite.account, {})[invite.invite] = invite
            self.hashes[invite.secret_hash] = invite

    def _end(self, account: AccountId, invite: TargetId) -> None:
        made = self.made.get(account, {})
        ended = made.pop(invite, None)
        if ended is not None:
            del self.hashes[ended.secret_hash]
            if not made:
                del self.made[account]

    def is_known(self, secret_hash: bytes) -> bool:
        """Has somebody an invite with this hash?"""
        return secret_hash in self.hashes

    def opens(self, secret_hash: bytes, now_ms: int) -> MemberInvite | None:
        """The invite with this hash, as long as it lets somebody in."""
        found = self.hashes.get(secret_hash)
        return found if found is not None and self._is_open(found, now_ms) else None

    def is_full(self, account: AccountId, now_ms: int) -> bool:
        """Has the account as many open invites as one may have?"""
        made = self.made.get(account, {}).values()
        return sum(self._is_open(invite, now_ms) for invite in made) >= HUB_INVITES_OPEN_MAX

    def _is_open(self, invite: MemberInvite, now_ms: int) -> bool:
        return now_ms < invite.ends_ms and self.used.get(invite.invite, 0) < invite.uses
