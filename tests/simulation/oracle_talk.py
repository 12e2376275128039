"""What is said in conversations, from the outbox to the log: never lost, once, in order.

It is told of every row of every outbox, and knows each text by the name that it keeps however often
it is sealed.
"""

from dataclasses import dataclass

from hobnob_protocol.ids import EventId, StreamId, TargetId, target_of
from hobnob_sync.ports import OutboxRow
from tests.simulation.network import count
from tests.simulation.standin import START, TEXT, opened
from tests.simulation.violation import Violation


@dataclass(frozen=True, slots=True)
class Told:
    """One thing said: by whom, and at which place of its outbox."""

    host: str
    stream: StreamId
    n: int


class TalkOracle:
    """Watches all that is said under seal."""

    def __init__(self, seen: dict[str, int]) -> None:
        self.seen = seen
        self.told: dict[EventId, Told] = {}
        """By the name."""
        self.sealings: dict[EventId, dict[EventId, None]] = {}
        """By the name, each event that was made of it."""
        self.names: dict[EventId, EventId] = {}
        """The name of what each of these events says."""
        self.starts: dict[EventId, bytes] = {}
        """The session that each start begins."""
        self._named: dict[bytes, EventId] = {}
        self._targets: dict[TargetId, EventId] = {}

    def ids(self, event: EventId) -> tuple[EventId, ...]:
        """All by which a text is known, where this is a name; else the event alone."""
        return (event, *self.sealings.get(event, ()))

    def name_of(self, row: OutboxRow) -> EventId:
        """The name of what a row says under seal; where it says nothing so, the event."""
        return self._named.get(row.said, row.event_id)

    def name_said(self, said: bytes) -> EventId | None:
        """The name of what was said so under seal; None where nobody did."""
        return self._named.get(said)

    def at_hub(self, target: TargetId) -> TargetId:
        """What the hub calls what others know by this name."""
        name = self._targets.get(target)
        made = self.sealings.get(name, {}) if name is not None else {}
        return target_of(list(made)[-1]) if made else target

    def put(self, host: str, before: OutboxRow | None, row: OutboxRow) -> None:
        """S14: a row is written; what it says is what it said."""
        if before is not None and (before.said, before.stream) != (row.said, row.stream):
            raise Violation(f"S14 {host}: outbox {row.n} says something else")
        if not row.said:
            body = opened(row.event) if row.stream[:2] == b"d:" else None
            if body is not None and body[0] == START:
                self.starts[row.event_id] = body[1]
            elif before is not None and before.event != row.event:
                raise Violation(f"S14 {host}: outbox {row.n} is another event")
        elif row.state == "unsealed":
            self._waits(host, before, row)
        elif before is None or before.event != row.event:
            self._sealed(host, before, row)

    def _waits(self, host: str, before: OutboxRow | None, row: OutboxRow) -> None:
        name = self._named.setdefault(row.said, row.event_id)
        if row.event or row.event_id != name:
            raise Violation(f"S14 {host}: outbox {row.n} waits, and yet is sealed")
        self.told.setdefault(name, Told(host, row.stream, row.n))
        self._targets[target_of(name)] = name
        if before is None or before.state == "unsealed":
            return
        if before.state == "acked":
            raise Violation(f"S4 {host}: outbox {row.n} is on the hub, and taken back")
        count(self.seen, "sealed and taken back")

    def _sealed(self, host: str, before: OutboxRow | None, row: OutboxRow) -> None:
        if before is None or before.state != "unsealed":
            raise Violation(f"S14 {host}: outbox {row.n} is sealed, and did not wait")
        body = opened(row.event)
        if body is None or (body[0], body[2]) != (TEXT, row.said):
            raise Violation(f"S14 {host}: outbox {row.n} is sealed, and says something else")
        name = self._named[row.said]
        made = self.sealings.setdefault(name, {})
        count(self.seen, "sealed anew" if made else "sealed")
        made[row.event_id] = None
        self.names[row.event_id] = name

    def is_taken_back(self, gone: OutboxRow) -> bool:
        """Is this a start that may go, for what it began is sealed anew?"""
        if gone.state != "queued" or gone.event_id not in self.starts:
            return False
        count(self.seen, "start taken back")
        return True

    def refused(self, host: str, gone: OutboxRow, said: bytes) -> None:
        """S15: a row goes into the tray, with what it says."""
        if said != gone.said:
            raise Violation(f"S15 {host}: outbox {gone.n} was refused, and its text is gone")
        if said:
            count(self.seen, "sealed and refused")


def said_at(row: OutboxRow) -> bytes:
    """The event that a row says, as its author reads it."""
    return row.said or row.event
