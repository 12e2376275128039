"""Reads what is private to the account, in the transaction that brings it.

A cell is opened when it comes, or when the key that it lies under does; what opens it not, shows
nothing and stays where it is.
"""

from collections.abc import Iterable
from typing import Final

from hobnob_client.sealing.meeting import meet
from hobnob_client.sealing.own_keys import OwnKeys, Shared
from hobnob_client.sealing.private_table import PrivateTable
from hobnob_client.sealing.views import Chains
from hobnob_protocol import nouns
from hobnob_protocol.account import Chain
from hobnob_protocol.bodies import decode_body
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import Author, decode_event
from hobnob_protocol.ids import DeviceId, user_stream
from hobnob_protocol.kinds.private import (
    ID_BYTES,
    BlindName,
    OwnKey,
    OwnKeyId,
    Private,
    PrivateValue,
    private_place,
)
from hobnob_protocol.limits import EVENT_BYTES_MAX
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.sealing.doubts import Doubts
from hobnob_protocol.sealing.group import NO_GROUP
from hobnob_protocol.sealing.keeping import SealKeys
from hobnob_protocol.sealing.own import Cell, open_cell
from hobnob_protocol.sealing.roster import Claim
from hobnob_sync.client_engine.inputs import Alarm, Changed, Output
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.ports import CellKey, CellsKey, Entry, RangeKey
from hobnob_sync.shelf_sql import SqlShelf

BATCH_EVENTS: Final = 256
"""Events of the log that are looked through at once."""
PRIVATE: Final = STANDARD.of(Private).number
OWN_KEY: Final = STANDARD.of(OwnKey).number
_READ: Final = "private"
"""Where the replica keeps how far its own stream was looked through."""
FORKED: Final = "sealed.fork"


class PrivateReading:
    """What one device reads of what its account keeps from everybody else."""

    def __init__(
        self,
        shelf: SqlShelf,
        table: PrivateTable,
        state: ReplicaState,
        own_keys: OwnKeys,
        seal_keys: SealKeys,
        doubts: Doubts,
    ) -> None:
        self._shelf = shelf
        self._table = table
        self._state = state
        self._me = state.identity.author
        self._stream = user_stream(self._me.account)
        self._own_keys = own_keys
        self._seal_keys = seal_keys
        self._doubts = doubts
        self._read: int | None = None

    @property
    def is_abreast(self) -> bool:
        """Was all looked at that is held?"""
        row = self._state.streams.get(self._stream)
        return row is not None and row.hi == self._read

    def settle(self) -> tuple[Output, ...]:
        """Inside a transaction, after it is written: take in what has come."""
        row = self._state.streams.get(self._stream)
        if row is None or row.hi == self._read:
            return ()
        outputs: list[Output] = []
        if self._read is None:
            self._read = int.from_bytes(self._shelf.meta().get(_READ, b""), "big")
            outputs += self.learn()
        if self._read > row.hi:
            # The hub has lost some of it: what comes in its place is read again.
            self._read = 0
        while self._read < row.hi:
            count = min(row.hi - self._read, BATCH_EVENTS)
            key = RangeKey(self._stream, self._read + 1, count, count * EVENT_BYTES_MAX)
            outputs += self._take(self._shelf.load((key,)).get(key))
            self._read += count
        self._shelf.put_meta({_READ: self._read.to_bytes(8, "big")})
        return tuple(outputs)

    def learn(self) -> list[Output]:
        """Own keys may have come, or what opens them: open what lay under them, and note what
        their authors know of the chain."""
        chain = self._chain
        outputs: list[Output] = []
        for key in self._own_keys.read(self._seal_keys, chain):
            under = CellsKey(self._stream, nouns.PRIVATE, key)
            for place, cell in self._shelf.load((under,)).get(under):
                self._open(place, PrivateValue(*cell.value))  # type: ignore[misc]  # as written
            outputs.append(Changed(self._stream))
        for shared in self._own_keys.shared:
            outputs += self._doubt(chain, shared)
        return outputs

    @property
    def _chain(self) -> Chain | None:
        return self._state.accounts.chain(self._me.account)

    def _take(self, entries: Iterable[Entry]) -> list[Output]:
        outputs: list[Output] = []
        for entry in entries:
            event = decode_event(entry.event)
            if event.header.kind == OWN_KEY:
                outputs += self.learn()
            elif event.header.kind == PRIVATE and not event.is_stub:
                outputs += self._take_cell(event.header.device, event.body)
        return outputs

    def _take_cell(self, device: DeviceId, data: bytes) -> list[Output]:
        try:
            body = decode_body(Private, data)
        except ProtocolError:
            return []
        # What the fold has made of it, which knows what is older and what is ahead of its time.
        place = private_place(body.key, body.name, device)
        key = CellKey(self._stream, nouns.PRIVATE, place)
        cell = self._shelf.load((key,)).get(key)
        if cell is None:
            return []
        self._open(place, PrivateValue(*cell.value))  # type: ignore[misc]  # as written
        return [Changed(self._stream)]

    def _doubt(self, chain: Chain | None, shared: Shared) -> list[Output]:
        giver = None if chain is None else chain.find(shared.giver)
        if chain is None or giver is None or not giver.active:
            return []
        links, head = shared.body.links, shared.body.head
        claim = Claim(NO_GROUP, ((self._me.account, links, head),))
        author = Author(self._me.account, giver.device, giver.key)
        self._doubts.note(author, claim, Chains(self._state.accounts))
        forked = links <= chain.links and chain.heads[links - 1] != head
        return [Alarm(FORKED, self._stream)] if forked else []

    def _open(self, place: bytes, value: PrivateValue) -> None:
        """Take one cell, if its author is a device of this account and its key is held."""
        key = OwnKeyId(place[:ID_BYTES])
        name = BlindName(place[ID_BYTES : 2 * ID_BYTES])
        secret, chain = self._own_keys.get(key), self._chain
        device = None if chain is None else chain.find(DeviceId(place[2 * ID_BYTES :]))
        if secret is None or device is None or not device.active:
            return
        author = Author(self._me.account, device.device, device.key)
        body = Private(key, name, value.number, value.sealed)
        try:
            cell = open_cell(self._state.identity.hub, author, body, secret)
        except ProtocolError:
            # A device of one's own that seals wrongly: nothing is shown of it.
            return
        self._meet(cell, value.number, key, mine=device.device == self._me.device)

    def _meet(self, cell: Cell, number: int, key: OwnKeyId, *, mine: bool) -> None:
        met = meet(self._table.get(cell.name), cell, number, key, mine=mine)
        self._table.put(met.held)
        if met.lost is not None:
            self._table.put_beside(cell.name, met.lost, met.held.value)
