"""`hobnob sync`: fetch what may be seen, send what waits."""

import asyncio
from contextlib import suppress
from typing import Final

from hobnob_client.engine import Engine
from hobnob_client.failures import Exit, Failure
from hobnob_client.link import LinkLost
from hobnob_client.not_answered import NotAnswered
from hobnob_client.not_let_in import NotLetIn
from hobnob_client.progress import LinkState, Progress
from hobnob_client.requests.telling import tell
from hobnob_client.verbs.call import Call
from hobnob_protocol.errors import ProtocolError

KNOWN_SECONDS: Final = 5.0
"""A hub that has no time for seal records is not waited for."""


def run(call: Call) -> Exit:
    """Connect until everything is here and sent."""
    return asyncio.run(_sync(call))


async def _sync(call: Call) -> Exit:
    async with Engine(call.profile, call.signing()) as engine:

        def reached(progress: Progress) -> bool:
            _tell(call, progress)
            return progress.settled and (call.words.tails or progress.complete)

        try:
            progress = await engine.until(reached, patient=False)
        except LinkLost as lost:
            if engine.link is LinkState.SHARED:
                call.terminal.say("another hobnob of this profile is connected and does it")
                return Exit.OK
            waiting = len(engine.reader.outbox())
            said = f"The hub at {engine.device.address} is not reached ({lost}); {waiting} wait."
            raise Failure(said, Exit.RETRY) from lost
        except NotLetIn as refused:
            raise Failure(str(refused)) from refused
        if not call.words.tails:
            await engine.indexed()
        await _known(engine)
        await engine.private.share()
        with suppress(NotAnswered, ProtocolError, LinkLost):
            await tell(engine)
        record = {
            "events": progress.events,
            "missing": progress.missing,
            "complete": progress.complete,
            "held": progress.held,
        }
        call.terminal.show(record, f"{progress.events:,} events, {progress.missing:,} missing")
        if progress.held:
            call.terminal.say(f"{progress.held} cannot be sealed now and wait: hobnob outbox")
    return Exit.OK


async def _known(engine: Engine) -> None:
    """Stay until the hub tells which key to seal to and has told of one's other devices: it does
    so at once where it does at all."""
    with suppress(TimeoutError, LinkLost, NotLetIn):
        async with asyncio.timeout(KNOWN_SECONDS):
            await engine.until(lambda progress: progress.known, patient=False)


def _tell(call: Call, progress: Progress) -> None:
    whole = progress.events + progress.missing
    share = 100 * progress.events // whole if whole else 0
    waiting = f", {progress.queued} to send" if progress.queued else ""
    call.terminal.progress(f"{progress.events:,} of {whole:,} events ({share} %){waiting}")
