"""Joining a channel: one is in it as soon as the hub has heard of it."""

import asyncio
from typing import TYPE_CHECKING, Final

from hobnob_client.catalogue import t
from hobnob_client.progress import LinkState
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kinds.membership import Join

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen

WAITS_SECONDS: Final = 10.0
"""Who is let in later has turned to something else."""


class LettingIn:
    """Asks for one screen, and goes there."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen

    def join(self, stream: StreamId, label: str, *, to_write: bool = False) -> None:
        """Ask to be let in, and go there, to read or `to_write`, unless one goes elsewhere before
        the hub has answered. `label` is safe to draw."""
        self._screen.run_worker(self._ask(stream, label, to_write))

    async def _ask(self, stream: StreamId, label: str, to_write: bool) -> None:
        screen, where = self._screen, self._where()
        await screen.engine.compose(stream, Join())
        screen.tell(t("Joining {place}.", place=label))
        if screen.engine.link in (LinkState.ONLINE, LinkState.SHARED):
            # Of several that one joins the last is gone to.
            following = self._follow(stream, where, to_write)
            screen.run_worker(following, exclusive=True, group="joining")

    async def _follow(self, stream: StreamId, where: object, to_write: bool) -> None:
        screen, watch = self._screen, self._screen.engine.watch()
        try:
            async with asyncio.timeout(WAITS_SECONDS):
                while not self._is_in(stream):
                    await watch.next()
        except TimeoutError:
            return
        if not screen.is_current or self._where() != where:
            return
        screen.entering.open_channel(stream)
        if to_write:
            screen.framing.write_in_channel()
        else:
            screen.framing.read_channel()

    def _is_in(self, stream: StreamId) -> bool:
        line = self._screen.reader.line(stream)
        return line is not None and line.joined

    def _where(self) -> object:
        """Where one is: who has begun something there stays."""
        screen, pointed = self._screen, self._screen.channels.item
        return (
            *(screen.channel.place, screen.thread.place, screen.rooms.room, screen.focused),
            *(screen.channel.composer.text, None if pointed is None else pointed.name),
        )
