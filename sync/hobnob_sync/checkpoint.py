"""The hub's signature on where a stream stands: a promise it can be held to (sync.md §2.8).

A checkpoint is signed after its commit. A replica keeps the newest of each stream; two of one epoch
that contradict each other prove that the hub lied, or that it lost part of its log.
"""

from typing import Final

from hobnob_protocol.crypto import Signer, Verifier
from hobnob_protocol.frames import Checkpoint
from hobnob_protocol.ids import DeviceKey, Epoch, Head, HubId, StreamId
from hobnob_protocol.limits import CHECKPOINT_EVENTS, CHECKPOINT_SECONDS

_TAG: Final = b"hobnob/1 checkpoint\0"
_PAUSE_MS: Final = int(CHECKPOINT_SECONDS * 1_000)


def _signed(hub: HubId, checkpoint: Checkpoint) -> bytes:
    return b"".join(
        (
            _TAG,
            hub,
            checkpoint.epoch,
            bytes((len(checkpoint.stream),)),
            checkpoint.stream,
            checkpoint.seq.to_bytes(8, "big"),
            checkpoint.head,
            checkpoint.at_ms.to_bytes(8, "big"),
        )
    )


def sign(
    hub: HubId, signer: Signer, epoch: Epoch, stream: StreamId, seq: int, head: Head, at_ms: int
) -> Checkpoint:
    """The hub's word that `stream` stands at (`seq`, `head`) in this epoch."""
    unsigned = Checkpoint(epoch, stream, seq, head, at_ms, b"")
    signature = signer.sign(_signed(hub, unsigned))
    return Checkpoint(epoch, stream, seq, head, at_ms, signature)


def holds(hub: HubId, hub_key: DeviceKey, checkpoint: Checkpoint, verifier: Verifier) -> bool:
    """Did this hub sign it?"""
    return verifier.verify(hub_key, checkpoint.signature, _signed(hub, checkpoint))


def due_ms(seq: int, signed_seq: int, at_ms: int) -> int | None:
    """When the next checkpoint of a stream is due whose last event came at `at_ms`: at once after
    `CHECKPOINT_EVENTS`, else `CHECKPOINT_SECONDS` after the event; None if nothing is new."""
    if seq == signed_seq:
        return None
    if seq - signed_seq >= CHECKPOINT_EVENTS:
        return at_ms
    return at_ms + _PAUSE_MS


def contradict(one: Checkpoint, other: Checkpoint) -> bool:
    """Can both not be true? Two heads for one place of one stream in one epoch."""
    return (
        one.epoch == other.epoch
        and one.stream == other.stream
        and one.seq == other.seq
        and one.head != other.head
    )
