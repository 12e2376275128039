"""The beacon: a small file beside the database that says how far the hub's log has come.

It is written after each commit and is durable with each checkpoint. At the start a beacon that is
ahead of the database tells that somebody put an old copy back: a new epoch begins, and the replicas
bring back what they hold (sync.md §2.9).
"""

import os
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple, cast

from hobnob_protocol import codec
from hobnob_protocol.errors import ProtocolError, StoreFull
from hobnob_protocol.ids import EMPTY_HEAD, Epoch, StreamId
from hobnob_server.datadir import PRIVATE_FILE
from hobnob_sync.keys import RangeKey
from hobnob_sync.ports import EventStore, HubImage, HubTransaction

_VERSION: Final = 1
_SUM_BYTES: Final = 32
_RECORD_BYTES: Final = 256
"""Fixed, so that a shorter record leaves nothing of a longer one."""
_LENGTH_BYTES: Final = 2


class Mark(NamedTuple):
    """How far a log has come: all its events, and the last one's place."""

    epoch: bytes
    total: int
    stream: bytes
    seq: int
    head: bytes


class Beacon:
    """Writes the file; `total` are the events of the log as it stands."""

    def __init__(self, path: Path, total: int) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
        self._file: Final = os.open(path, flags, PRIVATE_FILE)
        self._total = total

    def committed(self, transaction: HubTransaction, epoch: Epoch) -> None:
        """A commit is durable; StoreFull where the mark is not."""
        self._total += len(transaction.entries)
        stream, seq, head = StreamId(b""), 0, EMPTY_HEAD
        if transaction.entries:
            stream, last = transaction.entries[-1]
            seq, head = last.seq, last.head
        mark = Mark(epoch, self._total, stream, seq, head)
        signed = any(row.checkpoint_seq == row.seq for row in transaction.streams.values())
        try:
            os.pwrite(self._file, _record(mark), 0)
            if signed or transaction.lineage is not None:
                os.fsync(self._file)
        except OSError as broken:
            raise StoreFull(f"the beacon: {broken.strerror}") from broken

    def close(self) -> None:
        """Let go of the file, which is durable then."""
        os.fsync(self._file)
        os.close(self._file)


def _record(mark: Mark) -> bytes:
    value = codec.encode((_VERSION, *mark))
    body = len(value).to_bytes(_LENGTH_BYTES, "big") + value
    return (sha256(body).digest() + body).ljust(_RECORD_BYTES, b"\0")


def read(path: Path) -> Mark | None:
    """The mark that is there; None where there is none, or one that was torn while it was written:
    that is no sign of an old copy."""
    try:
        data = path.read_bytes()[:_RECORD_BYTES]
    except FileNotFoundError:
        return None
    body = data[_SUM_BYTES:]
    value = body[_LENGTH_BYTES : _LENGTH_BYTES + int.from_bytes(body[:_LENGTH_BYTES], "big")]
    try:
        found = codec.decode(value, _RECORD_BYTES)
    except ProtocolError:
        return None
    if sha256(body[: _LENGTH_BYTES + len(value)]).digest() != data[:_SUM_BYTES]:
        return None
    fields = cast("tuple[object, ...]", found)
    return Mark(*cast("tuple[bytes, int, bytes, int, bytes]", fields[1:]))


def total_of(image: HubImage) -> int:
    """All events of a log."""
    return sum(row.seq for row in image.streams)


def is_ahead(mark: Mark, image: HubImage, store: EventStore) -> bool:
    """Does the mark tell of events that the database does not hold?"""
    epochs = [row.epoch for row in image.lineage]
    if mark.epoch not in epochs:
        return True
    if mark.epoch != epochs[-1]:
        return False
    if mark.total > total_of(image):
        return True
    if not mark.seq:
        return False
    key = RangeKey(StreamId(mark.stream), mark.seq, 1, 1)
    found = store.load([key]).get(key)
    return not found or found[0].head != mark.head
