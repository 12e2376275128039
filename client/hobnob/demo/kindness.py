"""What those on stage do for each other before you ask anything: they agree to be recognised, ask,
answer, accept and thank, so that boards and badges have something to count."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hobnob_client.engine import Engine
from hobnob_protocol.ids import PEOPLE, StreamId, TargetId, target_of
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.consents import Consent
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.thanks import Thanks
from hobnob_protocol.kinds.threads import AcceptAnswer

SEEN_SECONDS: Final = 20.0
"""Whoever has not seen a message by then says nothing to it."""


@dataclass(frozen=True, slots=True)
class Helping:
    """One question in a channel, who answered it, and who thanked for that, each with a reason."""

    channel: str
    by: str
    question: str
    helper: str
    answer: str
    thanks: tuple[tuple[str, str], ...]

    @property
    def people(self) -> tuple[str, ...]:
        """All who take part in it, each once."""
        return tuple(dict.fromkeys((self.by, self.helper, *(who for who, _ in self.thanks))))


def read_helping(table: dict[str, Any]) -> Helping:
    """One entry of the file; a key that is not known raises TypeError."""
    rest = {key: value for key, value in table.items() if key != "thanks"}
    return Helping(thanks=tuple(table["thanks"].items()), **rest)


async def be_kind(helpings: Sequence[Helping], member: Callable[[str], Awaitable[Engine]]) -> None:
    """Do all of it, one after the other; `member` gives somebody who is on stage."""
    for name in dict.fromkeys(name for each in helpings for name in each.people):
        await (await member(name)).compose(PEOPLE, Consent("recognition"))
    for each in helpings:
        asker, helper = await member(each.by), await member(each.helper)
        found = asker.reader.channel(each.channel)
        if found is None:
            continue
        stream = found.stream
        root = await _say(asker, stream, Post(each.question))
        await _seen(helper, stream, root)
        answer = await _say(helper, stream, Post(each.answer, root))
        await _seen(asker, stream, answer)
        await _say(asker, stream, AcceptAnswer(root, answer))
        for name, reason in each.thanks:
            giver = await member(name)
            await _seen(giver, stream, answer)
            await _say(giver, stream, Thanks(answer, reason))


async def _say(engine: Engine, stream: StreamId, body: Body) -> TargetId:
    return target_of((await engine.compose(stream, body)).event_id)


async def _seen(engine: Engine, stream: StreamId, target: TargetId) -> None:
    """Wait until a message has come to somebody."""
    watch = engine.watch()
    async with asyncio.timeout(SEEN_SECONDS):
        while engine.reader.message(stream, target) is None:
            await watch.next()
