"""How far each stream was looked through for what pings: kept, so that nothing pings twice."""

from collections.abc import Mapping
from typing import Final

from hobnob_client.engine import Engine
from hobnob_protocol.ids import StreamId, stream_type

NOTE: Final = "pinged"
"""Under this name all marks of a profile are noted."""
SEQ_BYTES: Final = 8


class PingMarks:
    """The marks of one profile, which other screens on it share."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._moved: dict[StreamId, int] = {}

    async def all(self) -> dict[StreamId, int]:
        """Where each stands now."""
        return {**read((await self._engine.notes()).get(NOTE, b"")), **self._moved}

    def move(self, marks: Mapping[StreamId, int]) -> None:
        """Everything up to these places was looked through."""
        self._moved.update(marks)

    async def keep(self) -> None:
        """What was moved outlives the process from here on."""
        if self._moved:
            kept, self._moved = await self.all(), {}
            await self._engine.note(NOTE, written(kept))


def written(marks: Mapping[StreamId, int]) -> bytes:
    """Marks as one value: of each the length of its stream's name, the name, its place."""
    return b"".join(
        bytes((len(stream),)) + stream + seq.to_bytes(SEQ_BYTES, "big")
        for stream, seq in sorted(marks.items())
    )


def read(value: bytes) -> dict[StreamId, int]:
    """The same back; of a damaged value what there is."""
    found: dict[StreamId, int] = {}
    while value:
        size = value[0]
        stream, seq = value[1 : 1 + size], value[1 + size : 1 + size + SEQ_BYTES]
        value = value[1 + size + SEQ_BYTES :]
        if len(seq) == SEQ_BYTES and stream_type(stream) is not None:
            found[StreamId(stream)] = int.from_bytes(seq, "big")
    return found
