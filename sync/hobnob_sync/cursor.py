"""Where a replica stands, in sixteen bytes: equal digests mean that nothing is new."""

from collections.abc import Iterable
from hashlib import sha256

from hobnob_protocol.ids import Epoch, GrantId, Head8, StreamId

Cursor = tuple[StreamId, GrantId, int, Head8]
"""A stream, the grant it is held by, the last seq held and the head there."""


def digest(epoch: Epoch, cursors: Iterable[Cursor]) -> bytes:
    """SHA-256 over the epoch and all cursors by stream, cut to 16 bytes.

    Every part is of fixed length but the stream, whose own length goes before it.
    """
    state = sha256(b"hobnob/1 cursors\0" + epoch)
    for stream, grant, seq, head in sorted(cursors):
        state.update(bytes((len(stream),)) + stream + grant + seq.to_bytes(8, "big") + head)
    return state.digest()[:16]
