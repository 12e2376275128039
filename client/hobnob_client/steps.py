"""The engine's steps on the replica: one at a time, in the order they were asked for, on the one
thread that touches the disk; and who is told what they led to."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from hobnob_client.idle import IdleWork
from hobnob_client.keyring import DeviceFile
from hobnob_client.news import Watch
from hobnob_client.notes import Noting
from hobnob_client.paths import Profile
from hobnob_client.progress import LinkState
from hobnob_client.replica import Replica, Stepped
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.ids import StreamId
from hobnob_sync.client_engine import inputs

if TYPE_CHECKING:
    from hobnob_client.conversation import Conversation
    from hobnob_sync.client_engine.link import Link

T = TypeVar("T")


class Listener(Protocol):
    """Who is told what steps lead to."""

    def heed(self, output: inputs.Output) -> None:
        """One thing that a durable step has led to."""

    def changed(self, stream: StreamId | None) -> None:
        """A stream's view may differ; None for every stream's."""

    def linked(self, link: LinkState, detail: str) -> None:
        """The link has another state."""


_NO_TEXT: Final = (inputs.Verified, inputs.Writing, inputs.Present)
"""What leaves nothing to be searched."""


class Steps:
    """`replica` is there from `open` to `close`; what blocks there goes through `on_disk`, and
    what must not come between two halves of a step holds the `turn`."""

    def __init__(self, idle: IdleWork) -> None:
        self.turn = asyncio.Lock()
        self.moved = asyncio.Event()
        """Something may be as somebody waits for it to be."""
        self.conversation: Conversation | None = None
        """What carries to the hub what steps say; None without a connection."""
        self.held_back: Mapping[StreamId, str] = {}
        """Why what waits in a conversation could not be sealed, by code."""
        self._idle = idle
        self._disk = ThreadPoolExecutor(1, "hobnob-replica")
        self._listeners: list[Listener] = []

    async def open(self, profile: Profile, device: DeviceFile) -> None:
        """Open the replica of a profile. WorldError."""
        verifier = Ed25519Verifier()
        self.replica = await self.on_disk(lambda: Replica.open(profile, device, verifier))

    async def close(self) -> None:
        """Let go of it."""
        await self.on_disk(self.replica.close)
        self._disk.shutdown()

    async def on_disk(self, work: Callable[[], T]) -> T:
        """Do what blocks, behind what the thread was given before; raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._disk, work)

    async def in_turn(self, work: Callable[[], T]) -> T:
        """The same between two steps."""
        async with self.turn:
            return await self.on_disk(work)

    async def step(
        self, *several: inputs.Input, noting: Noting | None = None
    ) -> tuple[inputs.Output, ...]:
        """Put inputs through the engine, durably, all or none, and act on what came out. Errors as
        `Replica.steps`."""
        async with self.turn:
            stepped = await self.on_disk(lambda: self.replica.steps(several, now_ms(), noting))
            self._act(stepped)
            # What waits unsealed, and what this device owes the hub under seal.
            if self.replica.seals is not None:
                attended = await self.on_disk(lambda: self.replica.attend(now_ms()))
                if attended is not None:
                    self._act(attended)
            self._heed_held_back()
            # Also where nothing is said: the link may be ready now.
            self.moved.set()
        return stepped.outputs

    def watch(self, link: LinkState) -> Watch:
        """One more who is told from here on; `link` is its state now."""
        watch = Watch(link)
        self.listen(watch)
        return watch

    def listen(self, listener: Listener) -> None:
        """One more who is told, after those before."""
        self._listeners.append(listener)

    @property
    def link(self) -> "Link | None":
        """What the engine knows of the connection; None without one."""
        engine = self.replica.engine
        return None if engine is None else engine.link

    def tell(self, outputs: Sequence[inputs.Output]) -> None:
        """Tell what durable work has led to."""
        if any(not isinstance(output, _NO_TEXT) for output in outputs):
            self._idle.wake(changed=True)
        for output in outputs:
            for listener in self._listeners:
                listener.heed(output)

    def changed(self, stream: StreamId | None) -> None:
        """Tell that a stream's view may differ; None for every stream's."""
        for listener in self._listeners:
            listener.changed(stream)

    def linked(self, link: LinkState, detail: str) -> None:
        """Tell that the link has another state."""
        self.moved.set()
        for listener in self._listeners:
            listener.linked(link, detail)

    def _act(self, stepped: Stepped) -> None:
        if self.conversation is not None:
            self.conversation.act(stepped.outputs, stepped.deadline_ms)
        self.tell(stepped.outputs)

    def _heed_held_back(self) -> None:
        before, seals = self.held_back, self.replica.seals
        self.held_back = {} if seals is None else dict(seals.held_back)
        for stream in before.keys() | self.held_back.keys():
            if before.get(stream) != self.held_back.get(stream):
                self.changed(stream)


def now_ms() -> int:
    """The clock of the engine's steps, in milliseconds."""
    return int(time.monotonic() * 1_000)
