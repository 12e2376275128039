"""What is done behind the pages, never before them: indexing texts, then checking signatures."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

from hobnob_protocol.errors import WorldError

IDLE_SECONDS: Final = 0.05
"""The link must have been quiet for so long before texts are indexed and signatures checked."""
PULLING_SECONDS: Final = 1.0
"""... and for so long while history is under way: a hub that is only busy is not a quiet link, but
behind a slow one what is there gets found meanwhile."""

Work = Callable[[], Awaitable[bool]]
"""Does a little, and says whether there is more; WorldError where the disk cannot be written."""


class IdleWork:
    """Begins when it is woken, pauses when it is disturbed, ends when nothing is left."""

    def __init__(self, index_some: Work, verify_some: Work, pulls_history: Callable[[], bool]):
        self._index_some = index_some
        self._verify_some = verify_some
        self._pulls_history = pulls_history
        self._quiet_since = 0.0
        self._due = asyncio.Event()
        self._indexed = asyncio.Event()

    def disturbed(self) -> None:
        """Something came over the link."""
        self._quiet_since = time.monotonic()

    def wake(self, *, changed: bool) -> None:
        """There may be something to do; `changed` says that what is held may not be indexed."""
        if changed:
            self._indexed.clear()
        self._due.set()

    async def indexed(self) -> None:
        """Wait until all that is held can be searched."""
        await self._indexed.wait()

    async def run(self, may_work: Callable[[], bool]) -> None:
        """Work for ever."""
        while True:
            await self._due.wait()
            self._due.clear()
            working = may_work()
            while working:
                quiet = time.monotonic() - self._quiet_since
                if quiet < IDLE_SECONDS or (quiet < PULLING_SECONDS and self._pulls_history()):
                    await asyncio.sleep(max(IDLE_SECONDS - quiet, IDLE_SECONDS / 2))
                    continue
                try:
                    working = await self._index_some()
                    if not working:
                        self._indexed.set()
                        working = await self._verify_some()
                except WorldError:
                    # The next step that changes anything wakes this again.
                    working = False
