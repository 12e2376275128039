"""The hub hears at the next sync whom this device has shown without it, and says by which rules
people are ranked."""

from contextlib import suppress
from typing import TYPE_CHECKING

from hobnob_client.match.learning import learn
from hobnob_client.news import Watch
from hobnob_client.not_answered import NotAnswered
from hobnob_client.progress import LinkState
from hobnob_client.requests import lease
from hobnob_client.requests.answers import answered
from hobnob_client.time_of_day import now_ms
from hobnob_protocol.errors import ProtocolError, WorldError
from hobnob_protocol.request_questions import CountedAnswer, ShowedQuestion

if TYPE_CHECKING:
    from hobnob_client.engine import Engine


async def tell(engine: "Engine") -> None:
    """Tell it, if there is anything. LinkLost, NotAnswered, ProtocolError: then it is told the next
    time, and counts once."""
    held = lease.from_bytes((await engine.notes()).get(lease.NOTE, b""))
    if not held.untold:
        return
    answer = await answered(engine, ShowedQuestion(held.untold), CountedAnswer)
    at_ms = now_ms()

    def told(before: bytes) -> bytes:
        return lease.to_bytes(lease.from_bytes(before).told(held.untold, answer.lease, at_ms))

    await engine.change_note(lease.NOTE, told)


async def keep_telling(engine: "Engine", watch: Watch) -> None:
    """The same each time the hub is reached, as a watch of the engine tells, for ever."""
    before = LinkState.OFFLINE
    while True:
        if engine.link is LinkState.ONLINE and before is not LinkState.ONLINE:
            with suppress(NotAnswered, ProtocolError, WorldError):
                await tell(engine)
            # Who needs somebody without the hub ranks by its rules, too.
            await learn(engine)
        before = engine.link
        await watch.next()
