"""What a client engine knows of the present connection; all of it is forgotten when it ends."""

from dataclasses import field
from typing import Final

from hobnob_protocol.frames import Grant, Welcome
from hobnob_protocol.ids import AccountId, Epoch, EventId, GrantId, StreamId
from hobnob_protocol.presence_frames import Here
from hobnob_protocol.value import record, value
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.keys import OrphanPlace

STALL_MS: Final = 20_000
"""A stream announced ahead of us that makes no progress for so long is opened again."""
BACK_MS: Final = 30_000
"""History that has not moved for so long may be asked for again."""
OFFER_MS: Final = 10_000
"""Orphans whose target was missing are offered again after so long, then ever more seldom."""
OFFER_MS_MAX: Final = 3_600_000
"""... but at least so often."""
PUSH_MS: Final = 20_000
"""A push unanswered for so long is sent again."""

NOT_HERE: Final = Here(shown=False, typing=False)
"""What a hub believes of whoever has said nothing."""


@value
class Asked:
    """History under way: down to `first_seq`, and when it was asked for or last moved."""

    first_seq: int
    at_ms: int


@record
class Link:
    """The volatile half of a client engine."""

    welcome: Welcome
    begun_at: int
    grants: dict[StreamId, Grant] = field(default_factory=dict[StreamId, Grant])
    """What the hub announced, by stream; complete when as many as the WELCOME counted."""
    ready: bool = False
    """The grants are complete and acted upon."""
    granted: dict[StreamId, tuple[GrantId, int]] = field(
        default_factory=dict[StreamId, tuple[GrantId, int]]
    )
    """(grant, floor) of every stream held by right now."""
    user_seq: int = 0
    """Grant events up to this seq of our own stream are history the announcement includes."""
    opening: dict[StreamId, int] = field(default_factory=dict[StreamId, int])
    """When each OPEN under way was sent, in milliseconds."""
    opened: dict[StreamId, int] = field(default_factory=dict[StreamId, int])
    """The page number of each subscribed stream; there is a record of each."""
    numbers: dict[int, StreamId] = field(default_factory=dict[int, StreamId])
    heads: dict[StreamId, int] = field(default_factory=dict[StreamId, int])
    """The highest seq announced for each stream."""
    progressed: dict[StreamId, int] = field(default_factory=dict[StreamId, int])
    """When a subscribed stream was opened or last moved, in milliseconds."""
    others_open: bool = False
    """Channels and conversations may be opened: those who sign in them are known."""
    starved: dict[StreamId, int] = field(default_factory=dict[StreamId, int])
    """Streams waiting for the account of an author, since when."""
    paced_until: int = 0
    """Requests for history are spent up to this moment, of which some may be to come."""
    fetch_at: int | None = None
    """When to ask for history again, where its pace alone kept that back."""
    backs: dict[StreamId, Asked] = field(default_factory=dict[StreamId, Asked])
    """What of each stream's history is under way, from where what is held begins."""
    offering: bool = False
    """A fork is being repaired: nothing is pushed before the hub has seen our orphans."""
    offered_at: int | None = None
    """When the last OFFER was sent that is not answered yet."""
    offer_done: bool = False
    """The OFFER under way is the last of this round."""
    offer_turns: bool = False
    """After the OFFER under way the next orphans are to come from the store."""
    offer_after: OrphanPlace | None = None
    """... those after this place."""
    offer_sent: tuple[EventId, ...] = ()
    """What the OFFER under way holds, in its order."""
    offer_answered: dict[EventId, None] = field(default_factory=dict[EventId, None])
    """Orphans the hub has answered in this round and that are not in our own log yet."""
    offer_again_at: int = 0
    offer_wait_ms: int = OFFER_MS
    pushed_at: int | None = None
    """When the last PUSH was sent that is not answered yet."""
    paused_until: int = 0
    """The hub asked for patience until then."""
    budget: tuple[int, int] | None = None
    """(tokens left, when that was told in milliseconds), as of the last ACK."""

    here: Here = NOT_HERE
    """What the hub was told of presence."""
    typed_at: dict[StreamId, int] = field(default_factory=dict[StreamId, int])
    """When it was last said of a stream that one writes there."""
    who_at: dict[StreamId, int] = field(default_factory=dict[StreamId, int])
    """When it was last asked who of a stream is here."""
    writing: dict[tuple[StreamId, AccountId], int] = field(
        default_factory=dict[tuple[StreamId, AccountId], int]
    )
    """Who else writes where, and until when that is believed."""

    @property
    def epoch(self) -> Epoch:
        """The hub's present epoch."""
        return self.welcome.lineage[-1]

    def subscribed(self, stream: StreamId, number: int) -> None:
        """Pages of `stream` come under `number`."""
        self.opening.pop(stream, None)
        self.opened[stream] = number
        self.numbers[number] = stream

    def deadline_ms(self, state: ReplicaState) -> int | None:
        """When something awaited is overdue; None if nothing is."""
        due: list[int] = []
        if not self.ready:
            due.append(self.begun_at + STALL_MS)
        due.extend(since + STALL_MS for since in self.opening.values())
        due.extend(under_way.at_ms + BACK_MS for under_way in self.backs.values())
        if self.fetch_at is not None:
            due.append(self.fetch_at)
        for stream in self.opened:
            behind = state.streams[stream].hi < self.heads.get(stream, 0)
            if behind or stream in self.starved:
                due.append(self.progressed.get(stream, 0) + STALL_MS)
        if self.offered_at is not None:
            due.append(self.offered_at + OFFER_MS)
        elif self.ready and (state.orphans or state.spilled):
            due.append(self.offer_again_at)
        if self.pushed_at is not None:
            due.append(self.pushed_at + PUSH_MS)
        elif self.ready and not self.offering and state.queued:
            due.append(self.paused_until)
        due.extend(self.writing.values())
        return min(due, default=None)

    def forget(self, stream: StreamId) -> None:
        """The stream is no longer followed."""
        self.opening.pop(stream, None)
        self.opened.pop(stream, None)
        self.starved.pop(stream, None)
        self.backs.pop(stream, None)
        self.typed_at.pop(stream, None)
        self.who_at.pop(stream, None)
