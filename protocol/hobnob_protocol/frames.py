"""Every frame that travels, as a frozen value; those of a recovery, a meeting, seal records and
presence are in files of their own.

A frame is one WebSocket message: a MessagePack array whose first element is the frame's `op`. The
field order here is the wire order; the annotations are the wire types; a field with a default is a
trailing one that may be absent.
"""

from typing import ClassVar, Final

from hobnob_protocol.ids import (
    AccountId,
    DeviceId,
    DeviceKey,
    Epoch,
    GrantId,
    Head,
    Head8,
    HubId,
    ReplicaId,
    StreamId,
    TargetId,
)
from hobnob_protocol.value import value

NO_HEAD8: Final = Head8(b"")
"""Stands where an answer has no head."""


@value
class Frame:
    """The root of all frames; `op` is the integer that opens one on the wire."""

    op: ClassVar[int] = 0


@value
class Hello(Frame):
    """Client → hub, first: versions it speaks, its nonce (32 bytes), the hub it expects."""

    op: ClassVar[int] = 1
    versions: tuple[int, ...]
    nonce: bytes
    expected_hub: HubId | None
    client: str


@value
class Challenge(Frame):
    """Hub → client: its name, key, nonce and certificates, signed over the transcript."""

    op: ClassVar[int] = 2
    version: int
    hub: HubId
    hub_key: DeviceKey
    nonce: bytes
    time_ms: int
    certificates: tuple[bytes, ...]
    signature: bytes


@value
class Auth(Frame):
    """Client → hub: who I am, what I hold, signed over the transcript by the device.

    `digest` is the cursor digest (16 bytes, `hobnob_sync.cursor`), or None without a replica.
    """

    op: ClassVar[int] = 3
    account: AccountId
    device: DeviceId
    certificate: bytes | None
    replica: ReplicaId
    epoch: Epoch | None
    digest: bytes | None
    signature: bytes


@value
class Join(Frame):
    """Client → hub instead of AUTH: a new account, by invite.

    `link` is the chain's genesis; `invite` is the invite's secret, or the hub-signed enrol event of
    an account that a restored hub has lost. Any other link adds the device to account `invite`.
    """

    op: ClassVar[int] = 4
    invite: bytes
    link: bytes
    link_signature: bytes
    handle: str
    certificate: bytes | None
    replica: ReplicaId
    signature: bytes


@value
class Welcome(Frame):
    """Hub → client: logged in.

    `lineage` holds the epochs the hub's log went through, oldest first, the present one last.
    `same` says that the cursor digest matched: every stream is at its head and subscribed.
    `grants` counts the entries of the GRANTS frames that follow (0 when `same`). `questions` is the
    greatest number of a question that the hub answers (ASK), 0 for none. `presence` says that it
    takes HERE, TYPING and WHO.
    """

    op: ClassVar[int] = 5
    lineage: tuple[Epoch, ...]
    time_ms: int
    last_push_no: int
    same: bool
    grants: int
    questions: int = 0
    presence: bool = False


@value
class Grant:
    """One stream the member holds: where its log stands and what is unread before any page.

    `number` names the stream in pages of this epoch. `floor` is the last seq the member may not see
    (0: sees all). `forks` holds, for each epoch of the lineage but the last, where it left it.
    """

    stream: StreamId
    number: int
    grant: GrantId
    floor: int
    head_seq: int
    head8: Head8
    unread: int
    mentions: int
    forks: tuple[int, ...]


@value
class Grants(Frame):
    """Hub → client after WELCOME: all streams the member holds, in chunks."""

    op: ClassVar[int] = 6
    entries: tuple[Grant, ...]
    more: bool


@value
class OpenStream:
    """One stream to follow: resume after (`seq`, `head8`), or with `seq` 0 the newest `tail`."""

    stream: StreamId
    grant: GrantId
    seq: int
    head8: Head8
    tail: int


@value
class Open(Frame):
    """Client → hub: subscribe to these streams, from these cursors."""

    op: ClassVar[int] = 8
    streams: tuple[OpenStream, ...]


@value
class Opened(Frame):
    """Hub → client: pages of `stream` follow after (`base_seq`, `base_head`), named `number`.

    `status`: 0 open; 1 the cursor is not of this log: drop what you hold above the floor and open
    anew; 2 not yours (no such grant). `forks` are those of the grant, for streams that were granted
    after the announcement.
    """

    op: ClassVar[int] = 9
    stream: StreamId
    grant: GrantId
    number: int
    status: int
    base_seq: int
    base_head: Head
    head_seq: int
    forks: tuple[int, ...]


@value
class CloseStream(Frame):
    """Client → hub: no more pages of this stream."""

    op: ClassVar[int] = 10
    stream: StreamId


@value
class Stamped:
    """One event of a page as the hub stored it: its time and its bytes."""

    at_ms: int
    event: bytes


@value
class Placed:
    """One event out of its page: where it stands and its bytes."""

    seq: int
    at_ms: int
    event: bytes


@value
class Page(Frame):
    """Hub → client: events `first_seq`.. of a stream, gapless; live events travel the same way.

    On the wire `events` is one flat array `[at, event, at, event, ...]`. `context` holds thread
    roots and titles older than the page that it refers to.
    """

    op: ClassVar[int] = 16
    number: int
    first_seq: int
    events: tuple[Stamped, ...]
    context: tuple[Placed, ...] = ()


@value
class Back(Frame):
    """Client → hub: up to `limit` events before `before_seq`, in as many BACKPAGEs as they fill."""

    op: ClassVar[int] = 17
    stream: StreamId
    grant: GrantId
    before_seq: int
    limit: int


@value
class BackPage(Frame):
    """Hub → client: history; `base_head` is the head before its first event."""

    op: ClassVar[int] = 18
    number: int
    first_seq: int
    base_head: Head
    events: tuple[Stamped, ...]
    context: tuple[Placed, ...] = ()


@value
class Credit(Frame):
    """Client → hub: so many more page bytes may come."""

    op: ClassVar[int] = 19
    size_bytes: int


@value
class Pushed:
    """One event of a PUSH."""

    push_no: int
    stream: StreamId
    event: bytes


@value
class Push(Frame):
    """Client → hub: new events in the device's own order, `push_no` gapless."""

    op: ClassVar[int] = 32
    events: tuple[Pushed, ...]


@value
class Acked:
    """One answer: `status` 0 in the log at (`seq`, `head8`); 1 refused with `code`;
    2 gap: the hub expects `push_no`; 3 pause: try again in `seq` milliseconds.

    `event8` is the first 8 bytes of the event's id, so that an answer that comes late or twice is
    never taken for another's; zeros where the bytes were no event.
    """

    push_no: int
    status: int
    event8: Head8
    seq: int = 0
    head8: Head8 = NO_HEAD8
    code: str = ""


@value
class Ack(Frame):
    """Hub → client: answers to a PUSH, in its order; `budget` is the tokens left."""

    op: ClassVar[int] = 33
    answers: tuple[Acked, ...]
    budget: int


@value
class Checkpoint(Frame):
    """Hub → client: the hub's signature on a stream's head; client → hub: proof of a head the hub
    has forgotten."""

    op: ClassVar[int] = 40
    epoch: Epoch
    stream: StreamId
    seq: int
    head: Head
    at_ms: int
    signature: bytes


@value
class Offered:
    """One event a restored hub may have lost, with its old place."""

    stream: StreamId
    seq: int
    at_ms: int
    event: bytes


@value
class Offer(Frame):
    """Client → hub after a fork: events in their old order; `done` ends the offer."""

    op: ClassVar[int] = 34
    events: tuple[Offered, ...]
    done: bool


@value
class OfferAnswer:
    """One answer: `status` 0 in the log; 1 later (it lacks something); 2 refused with `code`."""

    target: TargetId
    status: int
    code: str = ""


@value
class OfferAck(Frame):
    """Hub → client: answers to an OFFER, in its order."""

    op: ClassVar[int] = 35
    answers: tuple[OfferAnswer, ...]


@value
class Ping(Frame):
    """Either side: are you there? The answer carries the same number."""

    op: ClassVar[int] = 48
    number: int


@value
class Pong(Frame):
    """Either side: yes."""

    op: ClassVar[int] = 49
    number: int


@value
class Bye(Frame):
    """Either side, last: why, and how long to wait before coming back."""

    op: ClassVar[int] = 63
    code: str
    retry_ms: int
