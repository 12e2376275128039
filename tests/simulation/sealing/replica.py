"""One copy of one device, as a shell would run it: what is on its disk, and what is in its memory.

The disk survives a restart and goes back with a backup. Of sealing it holds the seeds, the newest
records, the log with what was opened of it, and where each session's start stands; no session.
"""

from collections import Counter
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field
from random import Random

from hobnob_protocol import chain as chains
from hobnob_protocol.account import Chain
from hobnob_protocol.crypto import Signer
from hobnob_protocol.errors import (
    ForkError,
    HobnobError,
    ProtocolError,
    SealAwaits,
    SealClosed,
    SealError,
    Unopened,
)
from hobnob_protocol.event import NOTHING_SEEN, Author, compose, decode_event, verify
from hobnob_protocol.ids import AccountId, ConversationId, DeviceKey, conversation_stream
from hobnob_protocol.sealing.body import KIND, decode_body
from hobnob_protocol.sealing.doubts import Doubts
from hobnob_protocol.sealing.group import Group, extend_group
from hobnob_protocol.sealing.keeping import SealKeys, Stored
from hobnob_protocol.sealing.receiving import ReceivingSide
from hobnob_protocol.sealing.record import (
    SealRecord,
    SealRecords,
    check_signature,
    decode_record,
    make_record,
)
from hobnob_protocol.sealing.roster import Roster, View
from hobnob_protocol.sealing.sending import SendingSide
from hobnob_protocol.testing.keyed import KeyedVerifier
from tests.simulation.sealing.truth import HUB, Carried, HonestHub, Record, Room, Shown

VERIFIER = KeyedVerifier()
CHANGE_KIND = 32
"""The kind of event that carries a change of a group here."""


@dataclass(slots=True)
class Disk:
    """What a backup holds."""

    stored: Stored
    records: dict[DeviceKey, Record] = field(default_factory=dict[DeviceKey, Record])
    links: int = 0
    chains: dict[AccountId, Chain] = field(default_factory=dict[AccountId, Chain])
    groups: dict[ConversationId, Group] = field(default_factory=dict[ConversationId, Group])
    held: dict[ConversationId, int] = field(default_factory=dict[ConversationId, int])
    starts: dict[tuple[DeviceKey, bytes], list[Carried]] = field(
        default_factory=dict[tuple[DeviceKey, bytes], list[Carried]]
    )
    waiting: list[tuple[ConversationId, Carried]] = field(
        default_factory=list[tuple[ConversationId, Carried]]
    )
    opened: dict[bytes, bytes] = field(default_factory=dict[bytes, bytes])
    """Texts by their events."""

    def backup(self) -> "Disk":
        """A copy that nothing changes."""
        made = copy(self)
        made.records, made.chains, made.groups = (
            dict(self.records), dict(self.chains), dict(self.groups),
        )  # fmt: skip
        made.held, made.opened = dict(self.held), dict(self.opened)
        made.starts = {place: list(starts) for place, starts in self.starts.items()}
        made.waiting = list(self.waiting)
        return made


class Replica:
    """A device at work. `seen` counts what happened to it."""

    def __init__(self, me: Author, signer: Signer, disk: Disk, seen: Counter[str]) -> None:
        self.me = me
        self.signer = signer
        self.seen = seen
        self.output: list[tuple[ConversationId, DeviceKey, bytes]] = []
        self.load(disk)

    def load(self, disk: Disk) -> None:
        """Start the program on what is on the disk."""
        self.disk = disk
        self.keys = SealKeys(disk.stored)
        self.records = SealRecords(HUB, VERIFIER)
        for record in disk.records.values():
            # Whoever was revoked since has none any more.
            with suppress(SealError):
                self.records.take(record.data, record.signature, disk.chains)
        self.restart()

    def restart(self) -> None:
        """The memory is gone."""
        self.doubts = Doubts()
        self.sending: dict[ConversationId, SendingSide] = {}
        self.receiving: dict[ConversationId, ReceivingSide] = {}

    def view(self, room: Room) -> View:
        """What it knows of a conversation."""
        group = self.disk.groups.get(room.conversation)
        return View(HUB, room.conversation, self.disk.chains, group)

    def roster(self, room: Room) -> Roster:
        """Whom it would seal to."""
        return self.view(room).roster(room.accounts)

    def sync(self, hub: HonestHub, now: int) -> Record | None:
        """Take what the hub shows; its own new record, if it is time for one."""
        rooms = {room.conversation: room for room in hub.truth.rooms}
        held = {place: self.disk.held.get(place, 0) for place in rooms}
        shown = hub.show(self.me.key, self.disk.links, held)
        self._take_links(shown)
        self._take_changes(shown)
        self._take_records(shown)
        for place, events in shown.events.items():
            self.disk.held[place] = held[place] + len(events)
            for carried in events:
                self._take(rooms[place], carried)
        waiting, self.disk.waiting = self.disk.waiting, []
        for place, carried in waiting:
            self._take(rooms[place], carried)
        if not self.disk.waiting:
            self.seen["keys forgotten"] += self.keys.forget(now)
        record = self._publish(now)
        self.disk.stored = self.keys.stored
        return record

    def _take_links(self, shown: Shown) -> None:
        self.disk.links += len(shown.links)
        for account, link, signature in shown.links:
            try:
                known = self.disk.chains.get(account)
                found = chains.extend(known, link, signature, HUB, VERIFIER)
            except ProtocolError as broken:
                self.seen[broken.rule] += 1
                continue
            self.disk.chains[found.account] = found

    def _take_changes(self, shown: Shown) -> None:
        for place, changes in shown.changes.items():
            known = self.disk.groups.get(place)
            for event, author in changes[len(known.past) if known else 0 :]:
                read = decode_event(event)
                if not verify(read, HUB, conversation_stream(place), author, VERIFIER):
                    continue
                try:
                    known = extend_group(known, read.body, author, HUB, place)
                except ProtocolError as broken:
                    self.seen[broken.rule] += 1
                    break
                self.disk.groups[place] = known

    def _take_records(self, shown: Shown) -> None:
        for record in shown.records:
            try:
                told = decode_record(record.data)
                if told.device == self.me.device:
                    self.take_own(record, told)
                self.records.take(record.data, record.signature, self.disk.chains)
            except HobnobError as found:
                self.seen[str(found).split(":")[0]] += 1
                continue
            # Whose it is the record says, not the hub.
            self.disk.records[self._key_of(told)] = record

    def _key_of(self, told: SealRecord) -> DeviceKey:
        device = self.disk.chains[told.account].find(told.device)
        assert device is not None, "its signature was checked under this key"
        return device.key

    def take_own(self, record: Record, told: SealRecord) -> None:
        """A record of this device itself: of a copy, or from before a backup was restored."""
        check_signature(record.data, record.signature, self.me.key, HUB, VERIFIER)
        before = self.keys.present.kid
        try:
            self.keys.catch_up(told.kid, told.not_before_seconds)
        except SealError as broken:
            self.seen[f"own {broken.rule}"] += 1
        self.seen["keys caught up"] += before != self.keys.present.kid

    def _publish(self, now: int) -> Record | None:
        chain = self.disk.chains.get(self.me.account)
        mine = chain.find(self.me.device) if chain else None
        if chain is None or mine is None or not mine.active:
            return None
        known = self.records.newest(self.me.key)
        if self.keys.is_due(now):
            self.keys.step(now)
        elif known and known.kid == self.keys.present.kid:
            return None
        data, signature = make_record(
            chain, self.signer, self.keys.present.public, self.keys.since_seconds
        )
        record = Record(self.me.key, data, signature)
        self.records.take(data, signature, self.disk.chains)
        self.disk.records[self.me.key] = record
        return record

    def _take(self, room: Room, carried: Carried) -> None:
        """Open an event, or keep it for later, or let it be."""
        if carried.event in self.disk.opened:
            self.seen["shown again"] += 1
            return
        try:
            self._open(room, carried)
        except SealAwaits as missing:
            self.seen[f"awaits {missing.code}"] += 1
            self.disk.waiting.append((room.conversation, carried))
        except SealClosed as closed:
            self.seen[f"closed {closed.code}"] += 1
        except ForkError:
            self.seen["fork"] += 1
        except ProtocolError as broken:
            self.seen[broken.rule] += 1

    def _open(self, room: Room, carried: Carried) -> None:
        side = self.receiving.get(room.conversation)
        if side is None:
            side = ReceivingSide(self.me, self.keys, self.doubts, VERIFIER)
            self.receiving[room.conversation] = side
        view = self.view(room)
        try:
            found = side.take(carried.event, carried.author, view)
        except SealAwaits as missing:
            # The session began before the program did: its start stands in the log.
            starts = self.disk.starts.get(_session_of(carried), [])
            if missing.code != Unopened.START or not starts:
                raise
            for start in starts:
                side.take(start.event, start.author, view)
            found = side.take(carried.event, carried.author, view)
        if found is None:
            starts = self.disk.starts.setdefault(_session_of(carried), [])
            if carried not in starts:
                starts.append(carried)
            return
        self.disk.opened[carried.event] = found.text
        self.output.append((room.conversation, found.author.key, found.text))
        self.seen["opened"] += 1
        self.seen["opened, sender gone"] += found.departed

    def addressed(self, room: Room, now: int) -> tuple[SealRecord, ...]:
        """Whom it seals to."""
        return self.records.addressed(self.roster(room), now)

    def say(self, room: Room, text: bytes, now: int, rng: Random) -> tuple[list[Carried], bytes]:
        """Seal a text now: the events to send, the message last; SealAwaits or ForkError where
        there is a doubt."""
        side = self.sending.get(room.conversation)
        if side is None:
            side = self.sending[room.conversation] = SendingSide(self.me, self.doubts)
        view, roster, records = self.view(room), self.roster(room), self.addressed(room, now)
        bodies: list[bytes] = []
        why = side.renewal(roster, records, now)
        if why is not None:
            self.seen[f"renewed {why}"] += 1
            drawn = rng.randbytes(16), rng.randbytes(32)
            bodies += side.begin(view, roster, records, now, *drawn)
        bodies.append(side.seal(view, roster, records, now, rng.randbytes(16), text))
        events = [Carried(self.event(room, body, now, rng), self.me) for body in bodies]
        return events, events[-1].event

    def event(self, room: Room, body: bytes, now: int, rng: Random, kind: int = KIND) -> bytes:
        """A signed event."""
        stream = conversation_stream(room.conversation)
        salt = rng.randbytes(16)
        return compose(
            HUB, stream, self.me, self.signer, kind, body, 1, 0, NOTHING_SEEN, now, salt
        )[0]


def _session_of(carried: Carried) -> tuple[DeviceKey, bytes]:
    return carried.author.key, decode_body(decode_event(carried.event).body).sid
