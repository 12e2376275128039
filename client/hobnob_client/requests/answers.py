"""The hub's answer to a question about load, by a hub that may be busy."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar

from hobnob_client.not_answered import NotAnswered
from hobnob_client.progress import LinkState
from hobnob_protocol.questions import decode_answer
from hobnob_protocol.request_questions import LoadQuestion

if TYPE_CHECKING:
    from hobnob_client.engine import Engine

T = TypeVar("T")

LINK_SECONDS: Final = 3.0
"""So long a verb waits for the hub."""
AGAIN_SECONDS: Final = 0.5
AGAIN_MAX: Final = 6
"""So often a hub that is busy is asked once more."""


async def reached(engine: "Engine") -> None:
    """Wait for the hub, for some seconds at most."""
    watch = engine.watch()
    with suppress(TimeoutError):
        async with asyncio.timeout(LINK_SECONDS):
            while engine.link in (LinkState.OFFLINE, LinkState.CONNECTING):
                await watch.next()


async def answered(engine: "Engine", question: LoadQuestion, cls: type[T]) -> T:
    """The answer, of its class. LinkLost without the link, NotAnswered where the hub gives none,
    ProtocolError where it is none."""
    for _ in range(AGAIN_MAX):
        try:
            return decode_answer(cls, await engine.ask(question))
        except NotAnswered as failed:
            if failed.code != "later":
                raise
        await asyncio.sleep(AGAIN_SECONDS)
    return decode_answer(cls, await engine.ask(question))
