"""What is private to an account, for those who stand on the engine: it is kept on this device at
once, and sealed for the account's other devices when it has rested, or when one leaves."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol

from hobnob_client import time_of_day
from hobnob_client.progress import LinkState, Progress
from hobnob_client.steps import Steps
from hobnob_protocol.errors import WorldError
from hobnob_protocol.ids import user_stream
from hobnob_protocol.kind import Body
from hobnob_protocol.sealing.attention import Kept, name_of, value_of
from hobnob_protocol.sealing.draft import Draft, encode_draft
from hobnob_protocol.sealing.kept_search import encode_search
from hobnob_sync.client_engine import inputs

if TYPE_CHECKING:
    from hobnob_client.reading import Reader

LEAVING_SECONDS: Final = 1.0
"""Who leaves waits so long at most for what is to be handed on."""


class Linked(Protocol):
    """Who has the link, and tells how far things are (`Engine`)."""

    @property
    def link(self) -> LinkState:
        """Where it stands."""
        ...

    async def until(self, reached: Callable[[Progress], bool], *, patient: bool = True) -> Progress:
        """Wait until the progress is what `reached` asks for."""
        ...


class PrivateKeeping:
    """Each verb is durable when it returns."""

    def __init__(self, steps: Steps, reader: "Callable[[], Reader]", linked: Linked) -> None:
        self._steps = steps
        self._reader = reader
        self._linked = linked

    async def draft(self, draft: Draft, text: str, known: str | None = None) -> bool:
        """Keep what was begun in a place; with no text, that nothing is. False where nothing
        changes. The account's other devices get it when it has rested. What came there from one of
        them after `known` was shown is kept beside it."""
        seen = None if known is None else _utf8(known)
        return await self._keep(encode_draft(draft), _utf8(text), seen)

    async def keep_search(self, query: str, *, on: bool = True) -> bool:
        """Keep a query, or no longer, as a draft is kept."""
        value = _utf8(query)
        return await self._keep(encode_search(value), value if on else b"")

    async def keep_fewer(self, kept: bytes) -> None:
        """Keep what this device was told to show fewer of (`feed.kept`), as a draft is kept."""
        from hobnob_protocol.sealing.fewer import encode_fewer

        await self._keep(encode_fewer(self._reader().device), kept)

    async def set_up(self, body: Body) -> None:
        """Set what one's own devices alone need to know, as a draft is kept: a body of
        `hobnob_protocol.sealing.setting`, else UsageError."""
        if await self._keep(*self._reader().setting(body)):
            self._tell()

    async def keep_wish(self, kept: Kept, *, on: bool = True) -> None:
        """Keep what calls for attention, or no longer, as a draft is kept."""
        if await self._keep(name_of(kept), value_of(kept) if on else b""):
            self._tell()

    async def share(self, patience_seconds: float = LEAVING_SECONDS) -> None:
        """One leaves: the account's other devices get what was begun here now, if they can have it
        so soon."""
        seals = self._steps.replica.seals
        if seals is None or self._linked.link is not LinkState.ONLINE:
            return
        with suppress(TimeoutError, WorldError):
            await self._steps.in_turn(seals.hurry)
            await self._steps.step(inputs.Tick())
            async with asyncio.timeout(patience_seconds):
                # What is still to be sealed is queued by the step that takes the hub's answer.
                await self._linked.until(
                    lambda here: here.settled and not seals.is_asking, patient=False
                )

    async def _keep(self, name: bytes, value: bytes, seen: bytes | None = None) -> bool:
        at_ms = time_of_day.now_ms()
        work = self._steps.replica.keep_private
        kept = await self._steps.in_turn(lambda: work(name, value, at_ms, seen))
        if kept and self._steps.replica.engine is not None:
            # From now on it rests.
            await self._steps.step(inputs.Tick())
        return kept

    def _tell(self) -> None:
        """Nothing else does: it is in no log."""
        self._steps.tell((inputs.Changed(user_stream(self._reader().me)),))


def _utf8(text: str) -> bytes:
    return text.encode(errors="replace")
