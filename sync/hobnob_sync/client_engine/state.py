"""What a client engine remembers: the replica's small tables, read at boot.

Nothing here is changed but by the step that also writes it into a transaction; after a failed
commit the engine is thrown away and this is read anew.
"""

from collections.abc import Mapping, Sequence
from typing import Final, cast

from hobnob_protocol import codec
from hobnob_protocol.crypto import Signer, Verifier
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import Author, decode_event
from hobnob_protocol.frames import Checkpoint
from hobnob_protocol.ids import (
    DIRECTORY,
    EMPTY_HEAD,
    MODERATION,
    PEOPLE,
    AccountId,
    DeviceId,
    DeviceKey,
    Epoch,
    EventId,
    Head,
    Head8,
    HubId,
    StreamId,
    head8,
    user_stream,
)
from hobnob_protocol.limits import TAIL_EVENTS
from hobnob_protocol.registry import Registry
from hobnob_protocol.value import value
from hobnob_sync import cursor
from hobnob_sync.accounts import Accounts
from hobnob_sync.keys import ORPHANS_AT_ONCE
from hobnob_sync.ports import OrphanRow, OutboxRow, ReplicaImage, ReplicaStream, TrayRow
from hobnob_sync.witness import UNKNOWN_FORKS, Forks

RESIDENT_NOUNS: Final = Accounts.NOUNS
"""The cells a client keeps in memory: who signs with which key."""


@value
class Identity:
    """Who this replica is and whom it talks to."""

    hub: HubId
    hub_key: DeviceKey
    author: Author
    signer: Signer
    verifier: Verifier
    registry: Registry
    tail_events: int = TAIL_EVENTS
    """How much of a channel is fetched at first."""


class ReplicaState:
    """The replica's records in memory."""

    def __init__(self, image: ReplicaImage, identity: Identity) -> None:
        self.identity = identity
        self.streams: dict[StreamId, ReplicaStream] = {row.stream: row for row in image.streams}
        self.take_own(image.outbox, image.tray, image.meta)
        self.turn_orphans(image.orphans, before=False)
        self.accounts = Accounts.from_cells(
            identity.hub,
            identity.hub_key,
            identity.verifier,
            tuple((noun, key, cell) for _, noun, key, cell in image.cells),
        )
        self.next_push_no = 1
        self.suspects: dict[StreamId, None] = {}
        """Streams to inspect: rot was met there, or an upgrade may fold more of them."""
        self.heals: dict[StreamId, int] = {}
        self.beside: dict[tuple[StreamId, int], bytes] = {}
        """The hashes of events that are kept beside a stream's held range, by their places: what
        was checked and written since this was made, as far as it is remembered."""
        meta = image.meta
        self.epoch: Epoch | None = Epoch(meta["epoch"]) if "epoch" in meta else None
        self.ancestry: bytes = meta.get("ancestry", b"")
        self.kinds: bytes = meta.get("kinds", b"")
        self.checkpoints: dict[StreamId, Checkpoint] = {}
        self.verified: dict[StreamId, tuple[int, int]] = {}
        self.witnesses: dict[StreamId, dict[DeviceId, int]] = {}
        self.forks: dict[StreamId, Forks] = {}
        self.mistimed: bytes = meta.get("mistimed", b"")
        """The event whose time of the hub's is not true; nothing from it on is taken."""
        self.heard = (0, 0)
        """Up to which seq all of `ppl` was held, and when by the hub's clock; as it is stored."""
        self.left: tuple[int, int] = (0, 0)
        """The same when the last connection of this process ended."""
        if "heard" in meta:
            self.heard = cast("tuple[int, int]", codec.decode(meta["heard"]))
        self.offer_due = bool(meta.get("offer_due", b""))
        """An epoch was entered and the hub has not yet seen all we had beyond it."""
        self.forked = bool(meta.get("forked", b""))
        for key, kept in meta.items():
            name, _, tail = key.partition(":")
            if name == "checkpoint":
                self.checkpoints[_stream(tail)] = decode_checkpoint(kept)
            elif name == "verified":
                low, high = cast("tuple[int, int]", codec.decode(kept))
                self.verified[_stream(tail)] = (low, high)
            elif name == "witness":
                pairs = cast("tuple[tuple[DeviceId, int], ...]", codec.decode(kept))
                self.witnesses[_stream(tail)] = dict(pairs)
            elif name == "fork":
                low, high = cast("tuple[int, int]", codec.decode(kept))
                self.forks[_stream(tail)] = Forks(low, high)

    def take_own(
        self, outbox: Sequence[OutboxRow], tray: Sequence[TrayRow], meta: Mapping[str, bytes]
    ) -> None:
        """Remember what this device has said, as the store holds it."""
        self.outbox: dict[int, OutboxRow] = {row.n: row for row in outbox}
        self.outbox_ids: dict[EventId, int] = {row.event_id: row.n for row in outbox}
        self.outbox_bytes = sum(row.size_bytes for row in outbox)
        self.tray: dict[int, TrayRow] = {row.n: row for row in tray}
        self.author_seq = _integer(meta, "author_seq", 0)
        self.next_n = _integer(meta, "next_n", 1)
        self.author_seqs: dict[EventId, int] = {}
        """The author_seq of some of what waits, by its id: read once."""

    def signed_at(self, row: OutboxRow) -> int:
        """The author_seq of an outbox row's event; 0 where its bytes have rotted."""
        found = self.author_seqs.get(row.event_id)
        if found is None:
            try:
                found = decode_event(row.event).header.author_seq
            except ProtocolError:
                found = 0
            self.author_seqs[row.event_id] = found
        return found

    def sort_outbox(self) -> None:
        """Have what waits in the order of its places again, as the store gives it."""
        self.outbox = dict(sorted(self.outbox.items()))

    # Orphans: the store holds all of them, memory some that follow each other.

    def turn_orphans(self, rows: Sequence[OrphanRow], *, before: bool) -> None:
        """Take these, what `OrphansKey` has answered, for those in memory; `before` says that the
        store may hold others before them."""
        self.orphans: dict[EventId, OrphanRow] = {
            row.event_id: row for row in rows[:ORPHANS_AT_ONCE]
        }
        self.orphans_before = before
        """The store may hold orphans that come before those in memory."""
        self.orphans_beyond = len(rows) > ORPHANS_AT_ONCE
        """... that come after them."""

    def rewind_orphans(self) -> None:
        """Have none in memory, so that the first ones come from the store in their turn."""
        self.turn_orphans((), before=False)
        self.orphans_beyond = True

    def add_orphan(self, row: OrphanRow) -> None:
        """Know of one more, which the same step writes."""
        if not self.spilled and len(self.orphans) < ORPHANS_AT_ONCE:
            self.orphans[row.event_id] = row
        else:
            self.rewind_orphans()

    @property
    def spilled(self) -> bool:
        """May the store hold orphans that are not in memory?"""
        return self.orphans_before or self.orphans_beyond

    @property
    def account(self) -> AccountId:
        """The member this replica belongs to."""
        return self.identity.author.account

    @property
    def control_streams(self) -> tuple[StreamId, ...]:
        """The streams that are synced whole, in the order of need."""
        return (user_stream(self.account), DIRECTORY, PEOPLE, MODERATION)

    @property
    def queued(self) -> bool:
        """Does anything wait that can be sent?"""
        return any(row.state == "queued" for row in self.outbox.values())

    @property
    def unsealed(self) -> tuple[OutboxRow, ...]:
        """What must be sealed before it can be sent, in its order."""
        return tuple(row for row in self.outbox.values() if row.state == "unsealed")

    def seen(self, stream: StreamId) -> tuple[int, Head8]:
        """What an author names who has seen this much of a stream: its last seq and head."""
        row = self.streams.get(stream)
        return (0, head8(EMPTY_HEAD)) if row is None else (row.hi, head8(row.head))

    def digest(self) -> bytes | None:
        """What is held, for AUTH; None before the first epoch."""
        if self.epoch is None:
            return None
        return cursor.digest(
            self.epoch,
            [(row.stream, row.grant, row.hi, head8(row.head)) for row in self.streams.values()],
        )

    def fork_seqs(self, stream: StreamId) -> Forks | None:
        """Where the hub's log of a stream went another way; None if the hub never lost anything."""
        return self.forks.get(stream, UNKNOWN_FORKS) if self.forked else None


def meta_key(name: str, stream: StreamId) -> str:
    """The key of a stream's own meta value."""
    return f"{name}:{stream.hex()}"


def encode_checkpoint(checkpoint: Checkpoint) -> bytes:
    """A checkpoint as the replica keeps it."""
    return codec.encode(
        (
            checkpoint.epoch,
            checkpoint.stream,
            checkpoint.seq,
            checkpoint.head,
            checkpoint.at_ms,
            checkpoint.signature,
        )
    )


def decode_checkpoint(data: bytes) -> Checkpoint:
    """The inverse of `encode_checkpoint`."""
    epoch, stream, seq, head, at_ms, signature = cast(
        "tuple[bytes, bytes, int, bytes, int, bytes]", codec.decode(data)
    )
    return Checkpoint(Epoch(epoch), StreamId(stream), seq, Head(head), at_ms, signature)


def _stream(text: str) -> StreamId:
    return StreamId(bytes.fromhex(text))


def _integer(meta: Mapping[str, bytes], key: str, default: int) -> int:
    return cast("int", codec.decode(meta[key])) if key in meta else default
