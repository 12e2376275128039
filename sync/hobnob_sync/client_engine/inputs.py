"""What a client engine is told and what it answers: plain values, nothing else crosses its edge."""

from collections.abc import Mapping

from hobnob_protocol.frames import Frame, Welcome
from hobnob_protocol.ids import AccountId, EventId, StreamId
from hobnob_protocol.value import value
from hobnob_sync.ports import OutboxRow, TrayRow


@value
class Input:
    """Something happened; the root of all inputs."""


@value
class Compose(Input):
    """The person said something: `body` is the kind's encoded body, `salt` 16 fresh bytes,
    `ts_seconds` the label of the wall clock. What a conversation takes only under seal waits until
    a shell can `Seal` it."""

    stream: StreamId
    kind: int
    body: bytes
    salt: bytes
    ts_seconds: int


@value
class Seal(Input):
    """What waits unsealed at place `n` can be sent: `starts` are the bodies that begin its session,
    none where it goes on, `body` its own; `salts` are 16 fresh bytes for each of these events."""

    n: int
    starts: tuple[bytes, ...]
    body: bytes
    salts: tuple[bytes, ...]
    ts_seconds: int


@value
class Retry(Input):
    """Send a refused event again, as a new one with fresh `salt`."""

    n: int
    salt: bytes
    ts_seconds: int


@value
class Discard(Input):
    """Forget a refused event."""

    n: int


@value
class Refreshed(Input):
    """Another process of this device has composed, retried or discarded: what the store's outbox,
    tray and counters hold now. It must be read in the transaction in which the next step commits,
    or that step could give a number twice."""

    outbox: tuple[OutboxRow, ...]
    tray: tuple[TrayRow, ...]
    meta: Mapping[str, bytes]


@value
class Linked(Input):
    """The connection is open."""

    welcome: Welcome


@value
class Received(Input):
    """A frame came; `size_bytes` is its encoded size."""

    frame: Frame
    size_bytes: int


@value
class Unlinked(Input):
    """The connection is gone."""


@value
class Tick(Input):
    """A deadline came, or the shell is idle."""


@value
class Backfill(Input):
    """Fetch some more of a stream's older events, unless enough of them is under way."""

    stream: StreamId


@value
class FetchHistory(Input):
    """Fetch older events of whichever streams lack any, as much as may be under way."""


@value
class Inspect(Input):
    """Check a stream against itself and heal what differs (sync.md §2.7)."""

    stream: StreamId


@value
class VerifySome(Input):
    """Check the signatures of up to `limit` events taken on the hub's word so far."""

    limit: int


@value
class BeHere(Input):
    """What the person wants of presence on this connection: to be `shown` as here to those who
    ask, and to say and be told who writes (`typing`)."""

    shown: bool
    typing: bool


@value
class Type(Input):
    """The person writes something for this stream."""

    stream: StreamId


@value
class AskWho(Input):
    """The person looks at who of this stream is here."""

    stream: StreamId


@value
class Output:
    """Something to do once the step is durable; the root of all outputs."""


@value
class Send(Output):
    """Send this frame."""

    frame: Frame


@value
class Consumed(Output):
    """A page of so many bytes is applied or dropped: give the hub its credit back."""

    size_bytes: int


@value
class Disconnect(Output):
    """End the connection and come back: only a fresh start is sure to be right."""

    reason: str


@value
class Composed(Output):
    """The event is durable in the outbox at place `n`."""

    n: int
    event_id: EventId


@value
class NotSent(Output):
    """The event at place `n` was refused and lies in the tray."""

    n: int
    code: str


@value
class Changed(Output):
    """What is shown of this stream may differ now."""

    stream: StreamId


@value
class Writing(Output):
    """These others write in this stream now, in the order in which they began."""

    stream: StreamId
    accounts: tuple[AccountId, ...]


@value
class Present(Output):
    """These others of this stream are here, ascending; with `more` there are others still."""

    stream: StreamId
    accounts: tuple[AccountId, ...]
    more: bool


@value
class Verified(Output):
    """More of this stream's signatures were checked; nothing that is shown differs for it."""

    stream: StreamId


@value
class Purged(Output):
    """The stream and all that was kept of it are gone: drop indices, blobs and keys too."""

    stream: StreamId


@value
class Healed(Output):
    """A stream was found damaged and mended by `step`: refold, repull, reopen or rebuild."""

    stream: StreamId
    step: str


@value
class Alarm(Output):
    """The hub contradicts itself or an author; `evidence` is what proves it, as it travelled."""

    reason: str
    stream: StreamId
    evidence: tuple[bytes, ...] = ()
