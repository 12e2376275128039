"""What members do in stories with their real engines."""

import asyncio

from hobnob_client.engine import Engine
from hobnob_protocol.ids import EventId, StreamId
from hobnob_protocol.kinds.messages import Post
from tests.stories.waiting import BOUND_SECONDS

SHOWN_MAX = 1_000


async def settled(engine: Engine) -> StreamId:
    """Wait until nothing is under way: the first channel."""
    async with asyncio.timeout(BOUND_SECONDS):
        await engine.until(lambda progress: progress.settled)
    line = engine.reader.channel("#general")
    assert line is not None
    return line.stream


async def post(engine: Engine, stream: StreamId, text: str) -> EventId:
    """Say something; durable when it returns."""
    return (await engine.compose(stream, Post(text))).event_id


def texts(engine: Engine, stream: StreamId) -> list[str]:
    """What a channel shows, oldest first; nothing where it is not held."""
    shown = engine.reader.before(stream, None, SHOWN_MAX).messages
    return [message.text for message in shown if message.dead is None]
