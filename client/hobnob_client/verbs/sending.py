"""What was composed is sent: the link is taken for two seconds at most."""

import asyncio
from contextlib import suppress
from typing import Final

from hobnob_client import not_let_in
from hobnob_client.engine import Engine
from hobnob_client.news import Watch
from hobnob_client.not_let_in import NotLetIn
from hobnob_client.progress import LinkState
from hobnob_client.reading import Reader
from hobnob_client.verbs.call import Call
from hobnob_client.verbs.delivery import Fate

DELIVERY_SECONDS: Final = 2.0
"""A prompt that comes back late is worse than a post that goes out late."""
_STILL: Final = {
    LinkState.ONLINE: "it has not answered yet",
    LinkState.SHARED: "another hobnob of this profile sends it",
}
_HOPELESS: Final = (LinkState.WAITING, LinkState.REFUSED)


def send(call: Call, n: int) -> tuple[Fate, str]:
    """Try to send what lies at place `n` of the outbox: what became of it, and why."""
    return asyncio.run(_send(call, n))


async def _send(call: Call, n: int) -> tuple[Fate, str]:
    async with Engine(call.profile, call.signing(), brief=True) as engine:
        return await settled(engine, engine.watch(), n)


async def settled(engine: Engine, watch: Watch, n: int) -> tuple[Fate, str]:
    """Wait for what lies at place `n` of the outbox, for two seconds at most: what became of it,
    and why."""
    with suppress(TimeoutError):
        async with asyncio.timeout(DELIVERY_SECONDS):
            # Until our own log holds it: then it shows no more as waiting.
            while _is_outstanding(engine.reader, n) and engine.link not in _HOPELESS:
                await watch.next()
    fate, why = _fate(engine.reader, n)
    return fate, why or _unsent(engine)


def _unsent(engine: Engine) -> str:
    """Why it has not left yet."""
    if engine.link is LinkState.REFUSED:
        return str(NotLetIn(engine.detail)).rstrip(".")
    return not_let_in.why(engine.detail) or _STILL.get(engine.link, engine.link.value)


def _is_outstanding(reader: Reader, n: int) -> bool:
    return any(row.n == n for row in reader.outbox())


def _fate(reader: Reader, n: int) -> tuple[Fate, str]:
    for row in reader.outbox():
        if row.n == n:
            return (Fate.SENT if row.state == "acked" else Fate.QUEUED), ""
    for refused in reader.tray():
        if refused.n == n:
            return Fate.REFUSED, refused.code
    return Fate.SENT, ""
