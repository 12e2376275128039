"""What was composed goes out at once where it can: the link is taken for two seconds at most."""

import asyncio
from contextlib import suppress
from enum import StrEnum
from typing import Final

from hobnob_client.engine import Engine
from hobnob_client.failures import Exit
from hobnob_client.progress import LinkState
from hobnob_client.reading import Reader
from hobnob_client.verbs.call import Call

DELIVERY_SECONDS: Final = 2.0
"""A prompt that comes back late is worse than a post that goes out late."""
_HOPELESS: Final = (LinkState.WAITING, LinkState.REFUSED)


class Fate(StrEnum):
    """What became of an event."""

    SENT = "sent"
    QUEUED = "queued"
    REFUSED = "refused"


def deliver(call: Call, n: int) -> tuple[Fate, str]:
    """Try to send what lies at place `n` of the outbox: what became of it, and why."""
    return asyncio.run(_deliver(call, n))


def told(call: Call, fate: Fate, why: str) -> Exit:
    """Say what became of it; how the verb ends."""
    if fate is Fate.QUEUED:
        call.terminal.say(f"queued: it goes out when the hub is reached ({why})")
    elif fate is Fate.REFUSED:
        call.terminal.say(f"the hub has refused it ({why}); it is kept: hobnob outbox")
        return Exit.FAILED
    return Exit.OK


async def _deliver(call: Call, n: int) -> tuple[Fate, str]:
    async with Engine(call.profile, call.device) as engine:
        watch = engine.watch()
        with suppress(TimeoutError):
            async with asyncio.timeout(DELIVERY_SECONDS):
                # Until our own log holds it: then it shows no more as waiting.
                while _is_outstanding(engine.reader, n) and engine.link not in _HOPELESS:
                    await watch.next()
        fate, why = _fate(engine.reader, n)
        return fate, why or engine.detail or engine.link.value


def _is_outstanding(reader: Reader, n: int) -> bool:
    return any(row.n == n for row in reader.outbox())


def _fate(reader: Reader, n: int) -> tuple[Fate, str]:
    for row in reader.outbox():
        if row.n == n:
            return (Fate.QUEUED if row.state == "queued" else Fate.SENT), ""
    for refused in reader.tray():
        if refused.n == n:
            return Fate.REFUSED, refused.code
    return Fate.SENT, ""
