"""What the engine knows of a conversation, as sealing wants to see it."""

from collections.abc import Iterator, Mapping
from typing import Final, cast

from hobnob_protocol import nouns
from hobnob_protocol.account import Chain
from hobnob_protocol.ids import AccountId, HubId, StreamId
from hobnob_protocol.sealing.group import Group
from hobnob_protocol.sealing.roster import View
from hobnob_sync import groups
from hobnob_sync.accounts import Accounts
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.opened import conversation_of
from hobnob_sync.ports import CellKey, CellsKey, ReplicaStream
from hobnob_sync.shelf_sql import SqlShelf

GROUPS_MAX: Final = 256
"""Groups kept in memory; another one is rebuilt from its changes."""


class Chains(Mapping[AccountId, Chain]):
    """The chains of all accounts, as they stand whenever one is looked up."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def __getitem__(self, account: AccountId) -> Chain:
        found = self._accounts.chain(account)
        if found is None:
            raise KeyError(account)
        return found

    def __iter__(self) -> Iterator[AccountId]:
        return iter(self._accounts.all)

    def __len__(self) -> int:
        return len(self._accounts.all)


class Views:
    """What is known of each conversation; a group is rebuilt when its changes have changed."""

    def __init__(self, shelf: SqlShelf) -> None:
        self._shelf = shelf
        self._groups: dict[StreamId, Group | None] = {}

    def forget_group(self, stream: StreamId) -> None:
        """Its members may be others now."""
        self._groups.pop(stream, None)

    def view(self, state: ReplicaState, stream: StreamId) -> View:
        """What is known of a conversation now. SealAwaits where the device that changed the group
        has not come yet."""
        chains = Chains(state.accounts)
        hub, conversation = state.identity.hub, conversation_of(stream)
        row = state.streams.get(stream)
        if row is None or row.lo > row.floor + 1:
            # Whoever takes part from a group's beginning takes nobody's word for it.
            return View(hub, conversation, chains)
        if stream not in self._groups:
            group = self._rebuilt(row, hub, chains)
            if len(self._groups) >= GROUPS_MAX:
                del self._groups[next(iter(self._groups))]
            self._groups[stream] = group
        return View(hub, conversation, chains, self._groups[stream])

    def members(self, stream: StreamId) -> tuple[AccountId, ...]:
        """Who the two of a conversation are, as its first event says; nobody before that is here,
        and in a group."""
        key = CellKey(stream, nouns.CONVERSATION, b"")
        cell = self._shelf.load((key,)).get(key)
        return () if cell is None else cast("tuple[AccountId, ...]", cell.value)

    def _rebuilt(self, row: ReplicaStream, hub: HubId, chains: Chains) -> Group | None:
        """The group as its changes say, where all that may be seen of them is here."""
        key = CellsKey(row.stream, nouns.GROUP, b"")
        cells = self._shelf.load((key,)).get(key)
        if not cells:
            return None
        group = groups.rebuild(hub, conversation_of(row.stream), cells, chains).group
        # One who sees it from its beginning was not added later.
        return None if group is not None and group.unknown and not row.floor else group


def is_abreast(state: ReplicaState, stream: StreamId) -> bool:
    """Is all of a stream here that the hub has announced?"""
    row = state.streams.get(stream)
    return row is None or row.hi >= row.head_seq
