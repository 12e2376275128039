"""What a bot stands on: the headless engine, or the one of `hobnob.testing` without a hub."""

from typing import Protocol

from hobnob_client.news import Watch
from hobnob_client.progress import Progress
from hobnob_client.reading import Reader
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kind import Body
from hobnob_sync.client_engine.inputs import Composed


class Ground(Protocol):
    """The part of `hobnob_client.engine.Engine` that a bot uses; its docstrings hold."""

    reader: Reader

    def watch(self) -> Watch:
        """Be told from here on."""
        ...

    def progress(self) -> Progress | None:
        """How far the replica is; None without the link."""
        ...

    async def compose(self, stream: StreamId, body: Body) -> Composed:
        """Say something; durable when it returns."""
        ...

    async def notes(self) -> dict[str, bytes]:
        """What was noted on this profile."""
        ...

    async def note(self, name: str, value: bytes) -> None:
        """Keep a small value beside the replica."""
        ...
