"""What the hub may write and send: watched at each commit and each frame, by what its store says.

It also remembers what the hub has refused, so that what a replica is told can be held against it.
"""

from typing import Any, cast

from hobnob_protocol import nouns
from hobnob_protocol.event import decode_event
from hobnob_protocol.frames import (
    Ack,
    Acked,
    Auth,
    BackPage,
    Frame,
    Grants,
    Join,
    OfferAck,
    Open,
    Opened,
    Page,
    Welcome,
)
from hobnob_protocol.ids import (
    DIRECTORY,
    PEOPLE,
    AccountId,
    DeviceId,
    EventId,
    GrantId,
    StreamId,
    TargetId,
    device_id,
    target_of,
    user_stream,
)
from hobnob_protocol.nouns import GrantValue, ReadValue
from hobnob_protocol.seal_record_frames import Records
from hobnob_protocol.sealing.group import read_link
from hobnob_sync.groups import value_of
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.ports import CellKey, EventStore, HubTransaction, KnownKey, RangeKey
from tests.simulation.counts import check_announced
from tests.simulation.lanes import Lanes
from tests.simulation.network import count
from tests.simulation.oracle_records import judge_told
from tests.simulation.oracle_talk import TalkOracle
from tests.simulation.reference import LogReader, first_key
from tests.simulation.violation import Violation

GROUP_ACTS = ("founded", "added", "removed", "promoted")
ANSWERS = ("accepted", "refused", "gap", "pause")


class HubOracle:
    """Watches the hub."""

    def __init__(self, store: EventStore, seen: dict[str, int]) -> None:
        self.store = store
        self.seen = seen
        self.lanes = Lanes(seen)
        self.talk = TalkOracle(seen)
        self.refused_offers: dict[bytes, dict[str, None]] = {}
        self.refused: dict[EventId, dict[str, None]] = {}
        """Every code each event was ever refused with."""
        self.devices: dict[int, DeviceId] = {}
        """Who has logged in on each connection."""
        self.wished: dict[tuple[int, StreamId], dict[GrantId, None]] = {}
        """By which grants each connection has asked for each stream."""
        self.erased: dict[EventId, None] = {}
        """What was ever erased: the list an operator keeps apart from the database."""
        self.originals: dict[EventId, bytes] = {}
        """What stood in the log before a body was taken away."""
        self.reader = LogReader(store, self.originals)
        self.ordered = True
        """Does each device still say everything once and in one order?"""
        self._fresh: dict[bytes, None] = {}
        """The names of what the last commit took in, as answers tell them."""
        self.remember()

    def remember(self) -> None:
        """Take the store as it is: at the beginning, or after a backup was put back."""
        image = self.store.boot(frozenset())
        self.last_push_no = {row.device: row.last_push_no for row in image.devices}
        self.answered = dict(self.last_push_no)
        self._placed: dict[tuple[DeviceId, bytes], tuple[int, bytes]] = {}
        self._reads: dict[tuple[StreamId, bytes], ReadValue] = {}
        self._dead: dict[tuple[StreamId, TargetId], None] = {}
        self._author_seqs: dict[DeviceId, int] = {}
        self.ordered = self.ordered and not image.lineage
        self.reader.forget()

    def died(self) -> None:
        """The process is gone: what it has decided it may never have said."""
        self.answered = dict(self.last_push_no)

    def logs_in(self, conn: int, request: Auth | Join) -> None:
        """A device asks to be let in on a connection."""
        link = request.link if isinstance(request, Join) else b""
        self.devices[conn] = device_id(first_key(link)) if link else request.device  # type: ignore[union-attr]

    def receives(self, conn: int, frame: Frame) -> None:
        """A frame of a connection that is logged in."""
        if isinstance(frame, Open):
            for wish in frame.streams:
                self.wished.setdefault((conn, wish.stream), {})[wish.grant] = None

    def place(self, event: EventId) -> int | None:
        """Where in its stream the hub has an event."""
        key = KnownKey(event)
        found = self.store.load((key,)).get(key)
        return None if found is None else found[1]

    # Writing.

    def committing(self, transaction: HubTransaction) -> None:
        """Look at what a transaction will take away."""
        for stream, seq, _ in transaction.strips:
            key = RangeKey(stream, seq, 1, 1)
            for entry in self.store.load((key,)).get(key):
                if not decode_event(entry.event).is_stub:
                    self.originals[entry.event_id] = entry.event

    def committed(self, transaction: HubTransaction) -> None:
        """A transaction is written."""
        for device, row in transaction.devices.items():
            if row.last_push_no < self.last_push_no.get(device, 0):
                raise Violation(f"S15 hub: the pushes of {device.hex()} count backwards")
            self.last_push_no[device] = row.last_push_no
        for _, _, event, code in transaction.refused:
            self.refused.setdefault(event, {})[str(code)] = None
        for event in transaction.erased:
            self.erased[event] = None
        if any(transaction.seal_records.values()):
            count(self.seen, "seal record kept")
        self._fresh = {}
        for _, entry in transaction.entries:
            self._fresh[entry.event_id[:8]] = self._fresh[target_of(entry.event_id)] = None
        self.lanes.committed(transaction)
        self._judge_lasting(transaction)
        if self.ordered:
            self._judge_order(transaction)

    def _judge_lasting(self, transaction: HubTransaction) -> None:
        """S16, S17: no read cursor falls within its gen, and the dead stay dead."""
        for (stream, noun, key), cell in transaction.cells.items():
            if noun == nouns.READ and cell is not None:
                now = ReadValue(*cast("tuple[int, int]", cell.value))
                if now < self._reads.get((stream, key), now):
                    raise Violation(f"S16 hub {stream!r}: a read cursor fell to {now}")
                self._reads[(stream, key)] = now
            elif noun == nouns.GROUP and cell is not None:
                act = read_link(value_of(cell.value).link).act
                count(self.seen, f"group: {GROUP_ACTS[act]}")
        for place, target in transaction.targets.items():
            if target.dead:
                self._dead[place] = None
            elif place in self._dead:
                raise Violation(f"S17 hub: {place} rose again")

    def _judge_order(self, transaction: HubTransaction) -> None:
        """Monotonic writes: in all streams together a device's events keep the order it said."""
        for _, entry in transaction.entries:
            header = decode_event(entry.event).header
            if header.author_seq <= self._author_seqs.get(header.device, 0):
                raise Violation(f"monotonic writes: {header.device.hex()} at {entry.seq}")
            self._author_seqs[header.device] = header.author_seq

    # Sending.

    def sending(self, engine: HubEngine, conns: tuple[int, ...], frame: Frame) -> None:
        """Judge a frame before it leaves."""
        if isinstance(frame, Page | BackPage):
            self._judge_page(engine, conns, frame)
        elif isinstance(frame, Grants):
            check_announced(self.reader, engine, conns[0], frame, self.seen)
        elif isinstance(frame, Ack):
            self._judge_answers(conns[0], frame)
        elif isinstance(frame, OfferAck):
            self._note_offers(frame)
        elif isinstance(frame, Opened):
            self.lanes.opened(conns[0], frame)
            count(self.seen, f"opened {frame.status}")
            if frame.status == 0 and frame.grant not in self.wished[(conns[0], frame.stream)]:
                raise Violation(f"S8: {frame.stream!r} is opened by a grant nobody showed")
        elif isinstance(frame, Records):
            judge_told(self.store, frame, self.seen)
        elif isinstance(frame, Welcome):
            count(self.seen, "welcome same" if frame.same else "welcome announced")

    def _note_offers(self, frame: OfferAck) -> None:
        for told in frame.answers:
            if told.status == 0:
                took = told.target in self._fresh
                count(self.seen, "orphan accepted" if took else "orphan duplicate")
            elif told.status == 1:
                count(self.seen, "orphan postponed")
            else:
                count(self.seen, f"offer refused {told.code}")
                self.refused_offers.setdefault(told.target, {})[str(told.code)] = None

    def _judge_page(
        self, engine: HubEngine, conns: tuple[int, ...], frame: Page | BackPage
    ) -> None:
        """S8: no event leaves for a non-member or from below a floor."""
        stream = _stream(engine, frame.number)
        lowest = min((placed.seq for placed in frame.context), default=frame.first_seq)
        if frame.context:
            count(self.seen, "page with context")
        for number in conns:
            session = engine.sessions.by_conn.get(number)
            if session is None:
                continue
            floor = self._floor(session.account, stream)
            if floor is None:
                raise Violation(f"S8: a page of {stream!r} to a non-member")
            if min(lowest, frame.first_seq) <= floor:
                raise Violation(f"S8: {stream!r} from below the floor {floor}")
            if floor and isinstance(frame, BackPage):
                count(self.seen, "history above a floor")
            if isinstance(frame, Page):
                self.lanes.page(number, stream, frame.first_seq)

    def _judge_answers(self, conn: int, frame: Ack) -> None:
        """What is answered as judged is counted by then, and follows what was answered before
        without a gap; what comes again gets the answer it had (row 4)."""
        device = self.devices.get(conn)
        for answer in frame.answers:
            code = f" {answer.code}" if answer.code else ""
            count(self.seen, f"push {ANSWERS[answer.status]}{code}")
            if device is None or answer.status > 1:
                continue
            answered = self.answered.get(device, 0)
            if answer.push_no > self.last_push_no.get(device, 0):
                raise Violation(f"S3 hub: push {answer.push_no} was judged and is not counted")
            if answer.push_no > answered + 1:
                raise Violation(f"S3 hub: push {answer.push_no} was judged after {answered}")
            if answer.status == 0:
                self._judge_place(device, answer, again=answer.push_no <= answered)
            self.answered[device] = max(answered, answer.push_no)

    def _judge_place(self, device: DeviceId, answer: Acked, again: bool) -> None:
        place = (device, bytes(answer.event8))
        first = self._placed.setdefault(place, (answer.seq, answer.head8))
        if first != (answer.seq, answer.head8):
            raise Violation(f"S4 hub: acknowledged at {first[0]}, then at {answer.seq}")
        if again:
            count(self.seen, "push answered again")
        elif bytes(answer.event8) not in self._fresh:
            count(self.seen, "push recognised by its id")

    def _floor(self, account: AccountId, stream: StreamId) -> int | None:
        """From where the account may read, None for not at all: from the committed cells."""
        if stream in (DIRECTORY, PEOPLE, user_stream(account)):
            return 0
        key = CellKey(user_stream(account), nouns.GRANT, stream)
        cell = self.store.load((key,)).get(key)
        if cell is None or cell.value is None:
            return None
        return GrantValue(*cast("tuple[Any, ...]", cell.value)).floor


def _stream(engine: HubEngine, number: int) -> StreamId:
    return next(row.stream for row in engine.state.streams.values() if row.number == number)
