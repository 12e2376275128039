"""What the hub may write and send: watched at each commit and each frame, by what its store says.

It also remembers what the hub has refused, so that what a replica is told can be held against it.
"""

from typing import Any, Final, cast

from hobnob_protocol import nouns
from hobnob_protocol.frames import (
    Ack,
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
    device_id,
    user_stream,
)
from hobnob_protocol.nouns import GrantValue, ReadValue
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.ports import CellKey, EventStore, HubTransaction, KnownKey
from tests.simulation.network import count
from tests.simulation.reference import Cells, first_key, fold_log, unread
from tests.simulation.stores import entries_of
from tests.simulation.violation import Violation

COUNT_EVERY: Final = 5
"""Every so many announced channels are counted anew from the log."""


class HubOracle:
    """Watches the hub."""

    def __init__(self, store: EventStore, seen: dict[str, int]) -> None:
        self.store = store
        self.seen = seen
        self.refused_offers: dict[bytes, dict[str, None]] = {}
        self.refused: dict[EventId, dict[str, None]] = {}
        """Every code each event was ever refused with."""
        self.last_push_no: dict[DeviceId, int] = {}
        self.answered: dict[DeviceId, int] = {}
        self.devices: dict[int, DeviceId] = {}
        """Who has logged in on each connection."""
        self.wished: dict[tuple[int, StreamId], dict[GrantId, None]] = {}
        """By which grants each connection has asked for each stream."""
        self.announced = 0

    def logs_in(self, conn: int, request: Auth | Join) -> None:
        """A device asks to be let in on a connection."""
        link = request.link if isinstance(request, Join) else b""
        self.devices[conn] = device_id(first_key(link)) if link else request.device  # type: ignore[union-attr]

    def receives(self, conn: int, frame: Frame) -> None:
        """A frame of a connection that is logged in."""
        if isinstance(frame, Open):
            for wish in frame.streams:
                self.wished.setdefault((conn, wish.stream), {})[wish.grant] = None

    def remember(self) -> None:
        """Take the store as it is: a backup was put back."""
        image = self.store.boot(frozenset())
        self.last_push_no = {row.device: row.last_push_no for row in image.devices}
        self.answered = dict(self.last_push_no)

    def place(self, event: EventId) -> int | None:
        """Where in its stream the hub has an event."""
        key = KnownKey(event)
        found = self.store.load((key,)).get(key)
        return None if found is None else found[1]

    def committed(self, transaction: HubTransaction) -> None:
        """A transaction is written: a device's count only grows."""
        for device, row in transaction.devices.items():
            if row.last_push_no < self.last_push_no.get(device, 0):
                raise Violation(f"S15 hub: the pushes of {device.hex()} count backwards")
            self.last_push_no[device] = row.last_push_no
        for _, _, event, code in transaction.refused:
            self.refused.setdefault(event, {})[str(code)] = None

    def sending(self, engine: HubEngine, conns: tuple[int, ...], frame: Frame) -> None:
        """Judge a frame before it leaves."""
        if isinstance(frame, Page | BackPage):
            self._judge_page(engine, conns, frame)
        elif isinstance(frame, Grants):
            self._judge_counts(engine, conns[0], frame)
        elif isinstance(frame, Ack):
            self._judge_answers(engine, conns[0], frame)
        elif isinstance(frame, OfferAck):
            for told in frame.answers:
                name = ("in log", "later", f"refused {told.code}")[told.status]
                count(self.seen, f"offer {name}")
                if told.status == 2:
                    codes = self.refused_offers.setdefault(told.target, {})
                    codes[str(told.code)] = None
        elif isinstance(frame, Opened):
            count(self.seen, f"opened {frame.status}")
            if frame.status == 0 and frame.grant not in self.wished[(conns[0], frame.stream)]:
                raise Violation(f"S8: {frame.stream!r} is opened by a grant nobody showed")
        elif isinstance(frame, Welcome):
            count(self.seen, "welcome same" if frame.same else "welcome announced")
            if len(frame.lineage) > 2:
                count(self.seen, "welcome after two restores")

    def _judge_page(
        self, engine: HubEngine, conns: tuple[int, ...], frame: Page | BackPage
    ) -> None:
        """S8: no event leaves for a non-member or from below a floor."""
        stream = self._stream(engine, frame.number)
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

    def _judge_answers(self, engine: HubEngine, conn: int, frame: Ack) -> None:
        """What is answered as judged follows what was answered before, without a gap."""
        device = self.devices.get(conn)
        for answer in frame.answers:
            name = ("accepted", f"refused {answer.code}", "gap", "pause")[answer.status]
            count(self.seen, f"push {name}")
            if device is None or answer.status > 1:
                continue
            answered = self.answered.get(device, 0)
            if answer.push_no > answered + 1:
                raise Violation(f"S3 hub: push {answer.push_no} was judged after {answered}")
            self.answered[device] = max(answered, answer.push_no)

    def _judge_counts(self, engine: HubEngine, conn: int, frame: Grants) -> None:
        """What the hub announces as unread is what the log says (DESIGN §12 Counts)."""
        session = engine.sessions.by_conn.get(conn)
        if session is None:
            return
        heads = {grant.stream: grant.head_seq for grant in frame.entries}
        for grant in frame.entries:
            if grant.stream[:2] != b"c:":
                continue
            self.announced += 1
            if self.announced % COUNT_EVERY:
                continue
            own = user_stream(session.account)
            read = self._cells(engine, own, heads[own]).get((nouns.READ, grant.stream))
            seq = ReadValue(*cast("tuple[int, int]", read.value)).seq if read is not None else 0
            cells = self._cells(engine, grant.stream, grant.head_seq)
            expected = unread(cells, session.account, max(seq, grant.floor))
            if (grant.unread, grant.mentions) != expected:
                found = (grant.unread, grant.mentions)
                raise Violation(f"counts of {grant.stream!r}: {found} is not {expected}")
            count(self.seen, "unread counted")

    def _cells(self, engine: HubEngine, stream: StreamId, seq: int) -> Cells:
        """The fold of a stream as it stood at `seq`."""
        return fold_log(engine.state, stream, entries_of(self.store, stream, 1)[:seq])

    @staticmethod
    def _stream(engine: HubEngine, number: int) -> StreamId:
        return next(row.stream for row in engine.state.streams.values() if row.number == number)

    def _floor(self, account: AccountId, stream: StreamId) -> int | None:
        """From where the account may read, None for not at all: from the committed cells."""
        if stream in (DIRECTORY, PEOPLE, user_stream(account)):
            return 0
        key = CellKey(user_stream(account), nouns.GRANT, stream)
        cell = self.store.load((key,)).get(key)
        if cell is None or cell.value is None:
            return None
        return GrantValue(*cast("tuple[Any, ...]", cell.value)).floor
