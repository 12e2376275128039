"""What a hub engine remembers of its store: streams, devices, rights, people.

Changed along with the transaction that will make it durable; after a failed commit the engine is
thrown away and this is read anew.
"""

from typing import Final, TypeAlias, cast

from hobnob_protocol import codec, nouns
from hobnob_protocol.crypto import Verifier
from hobnob_protocol.errors import Refusal
from hobnob_protocol.ids import (
    DIRECTORY,
    MODERATION,
    NO_GRANT,
    PEOPLE,
    AccountId,
    ConversationId,
    DeviceId,
    DeviceKey,
    Epoch,
    GrantId,
    HubId,
    StreamId,
    user_stream,
)
from hobnob_protocol.kind import Value
from hobnob_protocol.nouns import GrantValue, ReadValue
from hobnob_protocol.sealing.group import Group, extend_group
from hobnob_sync.accounts import Accounts
from hobnob_sync.groups import value_of
from hobnob_sync.hub_engine.due import Due
from hobnob_sync.hub_engine.invites import Invites
from hobnob_sync.policy.table import Membership
from hobnob_sync.ports import Cell, DeviceRow, HubImage, LineageRow, StreamRow

RESIDENT: Final = frozenset(
    {
        nouns.BANNED,
        nouns.CHANNEL,
        nouns.CONVERSATION,
        nouns.GRANT,
        nouns.GROUP,
        nouns.HANDLE,
        nouns.HUB_INVITE,
        nouns.INVITER,
        nouns.LINK,
        nouns.MEMBER,
        nouns.READ,
        nouns.RESEAT,
        nouns.ROLE,
    }
)
"""The cells a hub folds and keeps in memory; what else is said it only carries."""

_MEMBERSHIPS: Final = {
    nouns.JOINED: Membership.MEMBER,
    nouns.INVITED: Membership.INVITED,
    nouns.BANNED_HERE: Membership.BANNED,
}


Plain: TypeAlias = tuple[int, StreamId, DeviceId, bool]
"""An act that names nobody and nothing: its kind, where, by which device, and was it offered?"""
VERDICTS_MAX: Final = 4_096
"""More devices in more streams than speak between two changes of rights."""


class HubState:
    """The hub's records in memory."""

    def __init__(self, image: HubImage, hub: HubId, hub_key: DeviceKey, verifier: Verifier) -> None:
        self.hub = hub
        self.streams: dict[StreamId, StreamRow] = {row.stream: row for row in image.streams}
        self.due = Due()
        for row in image.streams:
            self.due.put(row)
        self.devices: dict[DeviceId, DeviceRow] = {row.device: row for row in image.devices}
        self.lineage: list[LineageRow] = list(image.lineage)
        self.meta = dict(image.meta)
        self.rights = 0
        """Counts what may change who may read or do what: as long as it stands still, rights do."""
        self._verdicts: dict[Plain, Refusal | None] = {}
        self._verdicts_at = 0
        self.cells: dict[tuple[StreamId, str, bytes], Cell] = {}
        self.grants: dict[AccountId, dict[StreamId, GrantValue]] = {}
        self.names: dict[str, StreamId] = {}
        self._groups: dict[StreamId, Group] = {}
        self.roles: dict[AccountId, str] = {}
        self.invites = Invites()
        for stream, noun, key, cell in image.cells:
            self.put_cell(stream, noun, key, cell)
        self.accounts = Accounts.from_cells(
            hub, hub_key, verifier, tuple((noun, key, cell) for _, noun, key, cell in image.cells)
        )
        self.author_seq = self.number("author_seq")
        self.next_stream = max((row.number for row in image.streams), default=0) + 1

    def number(self, name: str) -> int:
        """A small integer of the hub's own."""
        data = self.meta.get(name)
        return cast("int", codec.decode(data)) if data else 0

    @property
    def unsigned(self) -> dict[StreamId, StreamRow]:
        """Streams that have moved on since their last checkpoint."""
        return self.due.rows

    @property
    def epoch(self) -> Epoch:
        """The present epoch."""
        return self.lineage[-1].epoch

    @property
    def recovering(self) -> bool:
        """Does the hub wait for an owner's or a moderator's replica after a restore?"""
        return self.meta.get("recovering", b"") == b"\1"

    def put_cell(self, stream: StreamId, noun: str, key: bytes, cell: Cell) -> None:
        """Take over one resident cell, and what is looked up by it."""
        before = self.cells.get((stream, noun, key))
        self.cells[(stream, noun, key)] = cell
        if noun != nouns.READ:
            self.rights += 1
        if noun == nouns.GRANT:
            held = self.grants.setdefault(AccountId(stream[2:]), {})
            if cell.value is None:
                held.pop(StreamId(key), None)
            else:
                grant, floor = cast("tuple[GrantId, int]", cell.value)
                held[StreamId(key)] = GrantValue(grant, floor)
        elif noun == nouns.ROLE and stream == DIRECTORY:
            self.roles[AccountId(key)] = cast("str", cell.value)
        elif noun == nouns.CHANNEL and key[16:] == b"name" and stream == DIRECTORY:
            if before is not None:
                # A name that is given up is free.
                self.names.pop(cast("str", before.value), None)
            self.names[cast("str", cell.value)] = StreamId(b"c:" + key[:16])
        else:
            self.invites.put(stream, noun, key, cell.value)

    def cell(self, stream: StreamId, noun: str, key: bytes) -> object:
        """The value of a resident cell, or None."""
        found = self.cells.get((stream, noun, key))
        return None if found is None else found.value

    @property
    def verdicts(self) -> dict[Plain, Refusal | None]:
        """What was found of acts that name nobody and nothing, while no right has changed."""
        found = self._verdicts
        if self._verdicts_at != self.rights or len(found) >= VERDICTS_MAX:
            found.clear()
            self._verdicts_at = self.rights
        return found

    def role(self, account: AccountId) -> str:
        """The account's role on this hub."""
        return self.roles.get(account, "member")

    def banned(self, account: AccountId) -> bool:
        """Is the account banned from the hub?"""
        return self.cell(MODERATION, nouns.BANNED, account) is not None

    def owners(self) -> int:
        """How many owners there are."""
        return sum(role == "owner" for role in self.roles.values())

    def channel(self, stream: StreamId, name: str) -> object:
        """One field of a channel, public or private."""
        key = stream[2:] + name.encode()
        public = self.cell(DIRECTORY, nouns.CHANNEL, key)
        return self.cell(stream, nouns.CHANNEL, key) if public is None else public

    def is_public(self, stream: StreamId) -> bool:
        """Is this channel listed in the directory?"""
        return (DIRECTORY, nouns.CHANNEL, stream[2:] + b"name") in self.cells

    def membership(self, stream: StreamId, account: AccountId) -> Membership:
        """How the account stands to a stream."""
        held = self.grants.get(account)
        # The common case of every delivery goes first.
        if held is not None and stream in held:
            return Membership.MEMBER
        if stream in (DIRECTORY, PEOPLE):
            return Membership.MEMBER
        if stream[:2] == b"u:":
            return Membership.MEMBER if stream[2:] == account else Membership.NONE
        if stream == MODERATION:
            return Membership.VISITOR
        if stream not in self.streams:
            return Membership.NEW
        if stream[:2] == b"d:":
            return Membership.NONE
        word = self.cell(stream, nouns.MEMBER, account)
        found = _MEMBERSHIPS.get(cast("str", word)) if word is not None else None
        if found is not None and found is not Membership.MEMBER:
            return found
        return Membership.VISITOR if self.is_public(stream) else Membership.NONE

    def group(self, stream: StreamId) -> Group | None:
        """The private group of a stream, by its changes so far."""
        group = self._groups.get(stream)
        at = group.head.links if group is not None else 0
        while (value := self.cell(stream, nouns.GROUP, nouns.group_key(at))) is not None:
            told = value_of(cast("Value", value))
            author = self.accounts.author(told.device)
            assert author is not None, "who signed what was accepted is known"
            group = extend_group(group, told.link, author, self.hub, ConversationId(stream[2:]))
            self._groups[stream] = group
            at += 1
        return group

    def held(self, account: AccountId) -> dict[StreamId, GrantValue]:
        """Every stream the account may read, with its grant."""
        by_right = GrantValue(NO_GRANT, 0)
        own = user_stream(account)
        return {
            own: by_right,
            DIRECTORY: by_right,
            PEOPLE: by_right,
            **self.grants.get(account, {}),
        }

    def forks(self, stream: StreamId) -> tuple[int, ...]:
        """At which seq the stream left each epoch but the present one; 0 where it was not yet."""
        return tuple(
            next((seq for name, seq, _ in left.forks if name == stream), 0)
            for left in self.lineage[:-1]
        )

    def read_seq(self, account: AccountId, stream: StreamId) -> int:
        """How far the account has read a stream."""
        value = self.cell(user_stream(account), nouns.READ, stream)
        return 0 if value is None else ReadValue(*cast("tuple[int, int]", value)).seq
