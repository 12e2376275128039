"""`hobnob who`: which of a place are online, of those who show it."""

import asyncio
from contextlib import suppress
from typing import Final

from hobnob_client.engine import Engine
from hobnob_client.failures import Exit, Failure
from hobnob_client.link import LinkLost
from hobnob_client.not_let_in import NotLetIn
from hobnob_client.presence import Where
from hobnob_client.progress import LinkState
from hobnob_client.verbs.call import Call, place_named
from hobnob_protocol.ids import AccountId, StreamId
from hobnob_sync.client_engine.inputs import Present

ANSWER_SECONDS: Final = 5.0
"""A hub answers once others could see for `SHOWN_FIRST_MS` that one is here, where it does at
all."""


def run(call: Call) -> Exit:
    """One line for each, by handle."""
    if not call.settings.shown:
        raise Failure(
            "Whoever is not shown is shown nobody: hobnob config set presence.shown true lets "
            "others see that you are online, too.",
            Exit.USAGE,
        )
    return asyncio.run(_who(call))


async def _who(call: Call) -> Exit:
    async with Engine(call.profile, call.signing(), connect=False, brief=True) as engine:
        line = place_named(engine.reader, call.words.channel)
        await engine.presence.wish(shown=True, typing=Where.OFF)
        engine.connect()
        try:
            await engine.until(lambda progress: progress.usable, patient=False)
        except LinkLost as lost:
            raise Failure(_why(engine, lost), Exit.RETRY) from lost
        except NotLetIn as refused:
            raise Failure(str(refused)) from refused
        if not engine.presence.is_taken:
            raise Failure("This hub is of an older version and does not tell who is online.")
        found = await _asked(engine, line.stream)
        if found is None:
            raise Failure("The hub did not answer; try again.", Exit.RETRY)
        for handle, account in sorted(_called(engine, each) for each in found.accounts):
            call.terminal.show({"account": account.hex(), "handle": handle}, handle)
        if found.more:
            call.terminal.say("... and others")
    return Exit.OK


def _why(engine: Engine, lost: LinkLost) -> str:
    if engine.link is LinkState.SHARED:
        return "Another hobnob of this profile is connected: its screen shows who is online (w)."
    return f"The hub at {engine.device.address} is not reached ({lost})."


async def _asked(engine: Engine, stream: StreamId) -> Present | None:
    watch = engine.watch()
    await engine.presence.ask(stream)
    with suppress(TimeoutError):
        async with asyncio.timeout(ANSWER_SECONDS):
            while engine.presence.present(stream) is None:
                await watch.next()
    return engine.presence.present(stream)


def _called(engine: Engine, account: AccountId) -> tuple[str, AccountId]:
    return engine.reader.handle(account) or account.hex(), account
