"""How long a handler may take: its own time counts, waiting for the hub's budget does not."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final


@dataclass(slots=True)
class _Limit:
    """The handler's timeout; None once the handler has ended."""

    timeout: asyncio.Timeout | None = None


_LIMIT: Final[ContextVar[_Limit | None]] = ContextVar("hobnob.bot.limit", default=None)
"""Of the handler we are in: tasks it begins are in it too."""


@asynccontextmanager
async def limited(seconds: float) -> AsyncGenerator[None]:
    """TimeoutError where what is inside takes longer."""
    limit = _Limit()
    token = _LIMIT.set(limit)
    try:
        async with asyncio.timeout(seconds) as limit.timeout:
            yield
    finally:
        limit.timeout = None
        _LIMIT.reset(token)


@asynccontextmanager
async def paused() -> AsyncGenerator[None]:
    """What is inside does not count."""
    limit = _LIMIT.get()
    timeout = limit.timeout if limit is not None else None
    due = timeout.when() if timeout is not None else None
    if limit is None or timeout is None or due is None:
        yield
        return
    loop = asyncio.get_running_loop()
    left_seconds = due - loop.time()
    timeout.reschedule(None)
    try:
        yield
    finally:
        if limit.timeout is not None:
            timeout.reschedule(loop.time() + left_seconds)
