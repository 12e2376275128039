"""How far everything is read."""

from typing import Final

from hobnob_client.reading.desk import Desk
from hobnob_protocol.ids import StreamId, StreamType, stream_type, user_stream
from hobnob_sync.opened import opened_stream
from hobnob_sync.ports import ReplicaStream
from hobnob_sync.views import reading

TALKS: Final = (StreamType.CHANNEL, StreamType.CONVERSATION)
"""Streams in which one talks."""


def read_to(desk: Desk) -> dict[StreamId, tuple[int, ReplicaStream]]:
    """How far each channel and conversation is read, the latter by the stream where it is kept
    opened, and what is held of it: whatever is behind that place is unread, unless one said it
    oneself."""
    talks = [row for stream, row in desk.state.streams.items() if stream_type(stream) in TALKS]
    asked = [key for row in talks for key in reading.asks_cursor(desk.me, row.stream)]
    own = desk.cells(user_stream(desk.me), asked)
    return {
        opened_stream(row.stream): (
            max(reading.cursor(own, row.stream).seq, row.floor - 1),
            row,
        )
        for row in talks
    }
