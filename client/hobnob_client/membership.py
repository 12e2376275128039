"""Who is in a place, as a list shows it: of a conversation with each one's devices, which alone can
read it, and with what is known of them."""

from collections.abc import Iterable, Iterator

from hobnob_client.devices import DeviceLine, devices_of
from hobnob_client.reading import ConversationLine, Reader
from hobnob_client.verifying import stop_of
from hobnob_protocol.ids import AccountId, StreamId
from hobnob_protocol.value import value


@value
class MemberLine:
    """One member: `role` is a word, "" for a mere member; `stop` what is wrong with the account, ""
    for nothing; `devices` those that speak for them now, of a channel's member none are told;
    `online` that the hub says so of them, where both have chosen to show it."""

    account: AccountId
    handle: str
    role: str
    is_me: bool
    verified: bool
    stop: str
    devices: tuple[DeviceLine, ...] = ()
    online: bool = False

    @property
    def marks(self) -> tuple[str, ...]:
        """What is to be said behind the name, each a word or two."""
        if self.is_me:
            return tuple(filter(None, ("you", self.role)))
        known = "verified" if self.verified else ""
        return tuple(filter(None, (self.role, known)))


def of_conversation(reader: Reader, line: ConversationLine) -> tuple[MemberLine, ...]:
    """The others by handle, then oneself."""
    admins = () if line.group is None else line.group.admins
    known = reader.known()
    found = [
        MemberLine(
            account,
            handle,
            "admin" if account in admins else "",
            account == reader.me,
            account in known.verified,
            stop_of(reader, known, account),
            devices_of(reader, account),
        )
        for account, handle in _with_handles(reader, (*line.others, reader.me))
    ]
    return tuple(sorted(found, key=lambda each: (each.is_me, each.handle, each.account)))


def _with_handles(reader: Reader, accounts: Iterable[AccountId]) -> Iterator[tuple[AccountId, str]]:
    return ((account, reader.handle(account)) for account in accounts)


def of_channel(reader: Reader, stream: StreamId) -> tuple[MemberLine, ...]:
    """All of a channel, by handle, oneself last."""
    known = reader.known()
    roles = {each.account: each.role for each in reader.members(stream).joined}
    found = [
        MemberLine(
            account,
            handle,
            "" if roles[account] == "member" else roles[account],
            account == reader.me,
            account in known.verified,
            stop_of(reader, known, account),
        )
        for account, handle in _with_handles(reader, roles)
    ]
    return tuple(sorted(found, key=lambda each: (each.is_me, each.handle, each.account)))
