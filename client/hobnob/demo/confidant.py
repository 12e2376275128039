"""The member on stage who writes to you alone, under seal, and answers what you write back."""

import asyncio
from collections.abc import Awaitable, Callable

from hobnob.demo.stage import Aside
from hobnob_client.conversing import first_event
from hobnob_client.engine import Engine
from hobnob_protocol.ids import AccountId, StreamId
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.messages import Post

LOOKED_AT_EVENTS = 50


async def confide(
    engine: Engine, aside: Aside, you: AccountId, quiet: Callable[[], Awaitable[None]]
) -> None:
    """Say the first words, then one answer to each of yours, until none is left; `quiet` returns
    once nobody would be interrupted."""
    watch = engine.watch()
    while engine.reader.chain(you) is None:
        # Who has just joined is heard of a little later.
        await watch.next()
    await asyncio.sleep(aside.after_seconds)
    line = engine.reader.between(you)
    first = first_event(engine.reader, line)
    await quiet()
    said: list[Body] = [] if first is None else [first]
    for body in (*said, Post(aside.text)):
        await engine.compose(line.stream, body)
    for nth, answer in enumerate(aside.answers, start=1):
        while _said_by(engine, line.stream, you) < nth:
            await watch.next()
        await quiet()
        await engine.compose(line.stream, Post(answer))


def _said_by(engine: Engine, stream: StreamId, you: AccountId) -> int:
    page = engine.reader.before(stream, None, LOOKED_AT_EVENTS)
    return sum(message.account == you for message in page.messages)
