"""One hub step in the making: what it has read, what it appends, what it says afterwards.

The state in memory changes along, so a later event of the same batch sees what an earlier one did.
"""

from collections.abc import Callable
from typing import cast

from hobnob_protocol import codec
from hobnob_protocol.crypto import Signer, Verifier
from hobnob_protocol.event import Event, compose, decode_event
from hobnob_protocol.frames import Acked
from hobnob_protocol.ids import (
    EMPTY_HEAD,
    AccountId,
    DeviceId,
    EventId,
    StreamId,
    TargetId,
    head8,
)
from hobnob_protocol.kind import Body, Fact, Kind, Rule, Value
from hobnob_protocol.registry import Registry
from hobnob_protocol.value import value
from hobnob_sync.hub_engine.inputs import HubSettings, Output
from hobnob_sync.hub_engine.sessions import Sessions
from hobnob_sync.hub_engine.state import RESIDENT, HubState
from hobnob_sync.log import next_at, next_head
from hobnob_sync.ports import (
    Cell,
    Entry,
    HubTransaction,
    KnownKey,
    Loaded,
    RangeKey,
    StreamRow,
    Target,
    TargetKey,
)


@value
class Hub:
    """What never changes while an engine lives."""

    signer: Signer
    verifier: Verifier
    registry: Registry
    entropy: Callable[[int], bytes]
    settings: HubSettings


def wins(rule: Rule, value: Value, present: Value) -> bool:
    """Does a write at the end of a log replace what is there?"""
    if rule is Rule.LAST:
        return True
    if rule is Rule.FIRST:
        return False
    return cast("tuple[int, ...]", value) > cast("tuple[int, ...]", present)


class Answering:
    """Answers to one connection's pushes, which will be one frame at this place of a step's
    outputs; where more have `joined`, it is not what stands there. `tokens_left` is what the
    account's budget held after the last of them."""

    __slots__ = ("answers", "conn", "joined", "place", "tokens_left")

    def __init__(self, conn: int, place: int, answers: list[Acked], tokens_left: float) -> None:
        self.conn = conn
        self.place = place
        self.answers = answers
        self.tokens_left = tokens_left
        self.joined = False

    def __len__(self) -> int:
        return len(self.answers)

    def add(self, answers: list[Acked], tokens_left: float) -> None:
        """More join them."""
        self.answers += answers
        self.tokens_left = tokens_left
        self.joined = True


class Step:
    """Collects one decision."""

    def __init__(
        self, hub: Hub, state: HubState, sessions: Sessions, loaded: Loaded, now_ms: int
    ) -> None:
        self.hub = hub
        self.state = state
        self.sessions = sessions
        self.loaded = loaded
        self.now_ms = now_ms
        self.transaction = HubTransaction()
        self.outputs: list[Output] = []
        self.answering: dict[int, Answering] = {}
        """Each connection's last answers to pushes, while more may join them."""
        self.appended: dict[StreamId, list[Entry]] = {}
        self.typing: dict[tuple[StreamId, AccountId], None] = {}
        """Who writes where, each once."""
        self.refused_now: dict[tuple[DeviceId, int], tuple[EventId, str]] = {}
        self._known: dict[EventId, tuple[StreamId, int]] = {}

    # Reading, with what this step has done.

    def known(self, key: KnownKey) -> tuple[StreamId, int] | None:
        """Where an event already is."""
        found = self._known.get(key.event)
        return found if found is not None else self.loaded.get(key)

    def target(self, stream: StreamId, target: TargetId) -> Target | None:
        """An event that others may name."""
        found = self.transaction.targets.get((stream, target))
        return found if found is not None else self.loaded.get(TargetKey(stream, target))

    def entry(self, stream: StreamId, seq: int) -> Entry | None:
        """One entry, appended in this step or loaded."""
        fresh = self.appended.get(stream)
        if fresh and seq >= fresh[0].seq:
            return fresh[seq - fresh[0].seq] if seq <= fresh[-1].seq else None
        key = RangeKey(stream, seq, 1, 1)
        found = self.loaded.get(key) if self.loaded.has(key) else ()
        return found[0] if found else None

    # Writing.

    def append(self, event_id: EventId, data: bytes, fact: Fact, kind: Kind) -> Entry:
        """Put an event at the end of its stream, where `fact` has it by `place`, and fold it."""
        stream, seq, at_ms = fact.stream, fact.seq, fact.at_ms
        row = self.state.streams.get(stream)
        if row is None:
            row = self.create(stream)
        head = next_head(row.head, event_id, seq, at_ms)
        entry = Entry(seq, at_ms, event_id, head, data)
        self.put_stream(
            StreamRow(stream, row.number, seq, head, at_ms, row.checkpoint_seq, row.checkpoint_ms)
        )
        self.transaction.entries.append((stream, entry))
        self.appended.setdefault(stream, []).append(entry)
        self._known[event_id] = (stream, seq)
        self._fold(kind, fact)
        return entry

    def _fold(self, kind: Kind, fact: Fact) -> None:
        """A hub folds what it decides by. Appending only grows seqs, so the last write stays; a
        FIRST cell and a greater cursor keep what they have. By a message it decides nothing."""
        if kind.root:
            return
        for write in kind.writes(fact):
            if write.noun not in RESIDENT:
                continue
            place = (fact.stream, write.noun, write.key)
            present = self.state.cells.get(place)
            if present is not None and not wins(write.rule, write.value, present.value):
                continue
            cell = Cell(fact.seq, write.value)
            self.state.put_cell(*place, cell)
            self.transaction.cells[place] = cell

    def place(self, stream: StreamId) -> tuple[int, int]:
        """The seq of the next event of a stream and the hub's time of it."""
        row = self.state.streams.get(stream)
        return (1, self.now_ms) if row is None else (row.seq + 1, next_at(row.at_ms, self.now_ms))

    def create(self, stream: StreamId) -> StreamRow:
        """A stream begins; its number is never given again."""
        row = StreamRow(stream, self.state.next_stream, 0, EMPTY_HEAD, 0)
        self.state.next_stream += 1
        # Whoever is nobody to a stream that is not there may be somebody to one that is.
        self.state.rights += 1
        self.put_stream(row)
        return row

    def put_stream(self, row: StreamRow) -> None:
        """Write a stream's record."""
        self.state.streams[row.stream] = row
        self.state.due.put(row)
        self.transaction.streams[row.stream] = row

    def put_meta(self, name: str, value: bytes) -> None:
        """Write a small value."""
        self.state.meta[name] = value
        self.transaction.meta[name] = value

    def put_target(self, stream: StreamId, target: TargetId, row: Target) -> None:
        """Write what is remembered of an event."""
        self.transaction.targets[(stream, target)] = row

    def act(self, stream: StreamId, body: Body) -> tuple[Entry, Event, Fact]:
        """The hub itself says something, signed by its key; effects are the caller's affair."""
        state, hub = self.state, self.hub
        kind = hub.registry.of(type(body))
        _, data = hub.registry.encode(body)
        state.author_seq += 1
        self.put_meta("author_seq", codec.encode(state.author_seq))
        row = state.streams.get(stream)
        seen = (row.seq, head8(row.head)) if row is not None and row.seq else (0, head8(EMPTY_HEAD))
        author = state.accounts.hub
        wire, event_id = compose(
            state.hub,
            stream,
            author,
            hub.signer,
            kind.number,
            data,
            state.author_seq,
            *seen,
            self.now_ms // 1_000,
            hub.entropy(16),
        )
        fact = Fact(
            stream,
            *self.place(stream),
            event_id,
            author.account,
            author.device,
            kind.number,
            self.now_ms // 1_000,
            body,
        )
        entry = self.append(event_id, wire, fact, kind)
        return entry, decode_event(wire), fact

    def say(self, output: Output) -> None:
        """Add an output, released after the commit."""
        self.outputs.append(output)
