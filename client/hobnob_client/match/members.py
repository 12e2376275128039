"""Who may be proposed to oneself, and what of them may be shown."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Final, Protocol

from hobnob_client.reading import wanted
from hobnob_client.reading.channels import ChannelLine, channels
from hobnob_client.reading.desk import Desk
from hobnob_client.reading.people import BOT, People
from hobnob_protocol.ids import PEOPLE, AccountId, StreamId
from hobnob_sync.reseats import is_former
from hobnob_sync.views import consents
from hobnob_sync.views import members as members_of

PURPOSE: Final = "matching"
"""What must have been agreed to."""


class Said(Protocol):
    """A post: where, and by whom."""

    @property
    def stream(self) -> StreamId:
        """Where it was said."""
        ...

    @property
    def author(self) -> AccountId:
        """By whom."""
        ...


@dataclass(frozen=True, slots=True)
class Members:
    """As of now."""

    agreed: frozenset[AccountId]
    """Who may be proposed: they agree to it, can be reached in a public channel, and are neither
    oneself, nor bots, nor blocked, nor former members."""
    silent: frozenset[AccountId]
    """Whose posts count for nobody: oneself and bots."""
    blocked: frozenset[AccountId]
    channels: dict[StreamId, str]
    """The public channels that are read here, by stream, and what people call them."""
    private: frozenset[AccountId]
    """The others who can be reached: they do not agree, or no longer. Blocked are left out."""
    number: int
    """People beside oneself who can be reached."""

    def may_show(self, said: Said) -> bool:
        """Public, and by nobody who is blocked."""
        return said.stream in self.channels and said.author not in self.blocked


def members(desk: Desk, people: People) -> Members:
    """Everybody, by what the replica says of them."""
    everybody = people.everybody()
    bots = {account for account, role in everybody if role == BOT}
    blocked = frozenset(wanted.lists(desk).blocked)
    public = [line for line in channels(desk, counted=False) if line.joined and line.channel.public]
    there = {account for account, _ in everybody if not is_former(people.handle(account))}
    there = _reached(desk, public, there - {desk.me, *bots, *people.banned()})
    agreed = consents.agreeing(desk.cells(PEOPLE, consents.asks_all()), PURPOSE)
    return Members(
        frozenset(agreed) & there - blocked,
        frozenset((desk.me, *bots)),
        blocked,
        {line.stream: line.label for line in public},
        frozenset(there - blocked - set(agreed)),
        len(there),
    )


def _reached(desk: Desk, lines: Iterable[ChannelLine], accounts: Set[AccountId]) -> set[AccountId]:
    """Who of them is in one of these channels: most are where everybody is put, and are asked for
    once."""
    left = set(accounts)
    for line in sorted(lines, key=lambda line: not line.channel.auto_join):
        if not left:
            break
        cells = desk.cells(line.stream, members_of.asks_some(line.stream, left))
        left.difference_update(members_of.joined(cells, left))
    return set(accounts) - left
