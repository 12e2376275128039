"""Searching beside everything else: a thread with a connection of its own, so that no key waits.

A question that nobody waits for any more is ended where it is, and the next one begins.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, tzinfo
from threading import Event
from typing import TYPE_CHECKING, Final, TypeVar

from hobnob_client.keyring import DeviceFile
from hobnob_client.paths import Profile
from hobnob_client.reading.desk import Desk
from hobnob_client.reading.people import People

if TYPE_CHECKING:
    from hobnob_client.reading.finder import Finder

T = TypeVar("T")
GONE_SECONDS: Final = 0.2
"""A question that is given up has mostly ended by then."""


class Beside:
    """Asks one question at a time. It opens the replica when it is first asked."""

    def __init__(
        self, profile: Profile, device: DeviceFile, zone: tzinfo, today: Callable[[], date]
    ) -> None:
        self._open: Callable[[], Desk] = lambda: Desk(str(profile.replica), device)
        self._zone = zone
        self._today = today
        self._desk: Desk | None = None
        self._finder: Finder | None = None
        self._given_up = Event()
        self._gone: Future[None] | None = None
        self._thread = ThreadPoolExecutor(1, "hobnob-search")

    async def ask(self, question: "Callable[[Finder], T]") -> T:
        """The answer; whoever is cancelled while waiting for it ends the question."""
        given_up = Event()
        asked = self._thread.submit(self._answer, question, given_up)
        try:
            return await asyncio.wrap_future(asked)
        finally:
            given_up.set()

    def close(self) -> None:
        """Let go of the file, once what is asked has ended."""
        self._gone = self._gone or self._thread.submit(self._close)
        self._thread.shutdown(wait=False)

    async def gone(self) -> None:
        """Wait until a closed one has let go, for as long as whoever leaves waits for that."""
        if self._gone is not None:
            await asyncio.wait([asyncio.wrap_future(self._gone)], timeout=GONE_SECONDS)

    # On the thread.

    def _answer(self, question: "Callable[[Finder], T]", given_up: Event) -> T:
        self._given_up = given_up
        if self._finder is None or self._desk is None:
            # Here, so that no key waits for its import either.
            from hobnob_client.reading.finder import Finder

            self._desk = self._open()
            self._desk.heed(lambda: self._given_up.is_set())
            self._finder = Finder(self._desk, People(self._desk), self._zone, self._today)
        with self._desk.moment():
            return question(self._finder)

    def _close(self) -> None:
        if self._desk is not None:
            self._desk.store.close()
