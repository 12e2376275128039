"""The headless engine: one member's replica, and the link to the hub while this process has it.

The screen, the bots and the shell verbs stand on this API and on nothing below it::

    device = keyring.load(profile)
    async with Engine(profile, device) as engine:   # opens the replica and begins to connect
        composed = await engine.compose(stream, Post("hello"))   # durable when it returns
        engine.reader.channels()                     # values out of SQLite, at any time
        watch = engine.watch()
        news = await watch.next()                    # which streams changed, what was refused, link
        await engine.until(lambda progress: progress.settled)
        await engine.retry(n); await engine.discard(n)           # what lies in the tray
        await engine.backfill(stream); engine.reconnect(); engine.progress(); engine.link

- `compose` works with the hub down and without the link: the event waits in the outbox, and shows
  in every view at once. It raises OutboxFull (the text stays yours) or UsageError.
- `reader` (`hobnob_client.reading`) answers from SQLite only, never waits for the network, and
  never shows less than was composed.
- `watch` coalesces: one who is slow learns the same, later. Follow streams by reading, not by
  counting news.
- The engine takes the profile's lock when it is free and keeps asking; without it `link` is SHARED
  and another process sends what is composed here.
- Everything of the engine runs on one event loop; what touches the disk runs on one thread.

Inside it is one loop: read, feed, act on what came out, flush, re-arm (DESIGN §3).
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import SystemRandom
from secrets import token_bytes
from types import TracebackType
from typing import Final, TypeVar

from hobnob_client import keyring
from hobnob_client import progress as progress_of
from hobnob_client.conversation import Conversation, Ended
from hobnob_client.idle import IdleWork
from hobnob_client.keyring import DeviceFile
from hobnob_client.link import LinkLost, dial
from hobnob_client.lock import LinkLock
from hobnob_client.news import Watch
from hobnob_client.paths import Profile
from hobnob_client.patience import Backoff, Suspension
from hobnob_client.progress import LinkState, Progress
from hobnob_client.reading import Reader
from hobnob_client.replica import Replica
from hobnob_protocol.connection import JoinRequest
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.errors import ByeCode, StoreBroken, WorldError
from hobnob_protocol.event import SALT_BYTES
from hobnob_protocol.ids import StreamId
from hobnob_protocol.kind import Body
from hobnob_protocol.registry import STANDARD
from hobnob_sync.client_engine import inputs
from hobnob_sync.client_engine.history import lacking

POLL_SECONDS: Final = 0.25
"""How often another process's writing and a jump of time are looked for: some microseconds each."""
STORE_SECONDS: Final = 5.0
"""A disk that could not be written is given so long before the hub is asked again."""
VERIFIED_AT_ONCE: Final = 16
"""Signatures of one slice: under 2 ms."""

T = TypeVar("T")


class NotLetIn(WorldError):
    """The hub does not let this device in; the text is the code it gave, of `ByeCode`."""


class Engine:
    """Use it as an asynchronous context; `connect=False` leaves the hub alone."""

    def __init__(self, profile: Profile, device: DeviceFile, *, connect: bool = True) -> None:
        self.device = device
        self._profile = profile
        self._connect = connect
        self._lock = LinkLock(profile.lock)
        self._disk = ThreadPoolExecutor(1, "hobnob-replica")
        self._turn = asyncio.Lock()
        self._watches: list[Watch] = []
        self._link = LinkState.OFFLINE
        self._detail = ""
        self._conversation: Conversation | None = None
        self._enrolment: JoinRequest | None = None
        self._retry_now = asyncio.Event()
        self._moved = asyncio.Event()
        self._idle = IdleWork(self._index_some, self._verify_some, self._pulls_history)
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "Engine":
        self._replica = await self._on_disk(
            lambda: Replica.open(self._profile, self.device, Ed25519Verifier())
        )
        self.reader = Reader(self._profile, self.device)
        self._replica_id = await self._on_disk(lambda: self._replica.replica_id(token_bytes(8)))
        if self._connect:
            self._tasks = [
                asyncio.create_task(self._keep_linked()),
                asyncio.create_task(self._look_around()),
                asyncio.create_task(self._idle.run(lambda: self._lock.held)),
            ]
            for task in self._tasks:
                task.add_done_callback(lambda _: self._moved.set())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._lock.release()
        self.reader.close()
        await self._on_disk(self._replica.close)
        self._disk.shutdown()

    # What stands on it calls these.

    @property
    def link(self) -> LinkState:
        """Where the link stands."""
        return self._link

    @property
    def detail(self) -> str:
        """What is to be said about that; a code of `ByeCode` where the hub has refused."""
        return self._detail

    def watch(self) -> Watch:
        """Be told from here on."""
        watch = Watch(self._link)
        self._watches.append(watch)
        return watch

    def progress(self) -> Progress | None:
        """How far the replica is; None without the link."""
        engine = self._replica.engine
        return progress_of.of(engine) if engine is not None else None

    async def until(self, reached: Callable[[Progress], bool], *, patient: bool = True) -> Progress:
        """Wait until the progress is what `reached` asks for; bound it with `asyncio.timeout`.

        NotLetIn where the hub refuses this device. Who is not `patient` gets LinkLost where the
        hub was not reached, or where another process has the link.
        """
        while True:
            self._moved.clear()
            for task in self._tasks:
                if task.done() and not task.cancelled():
                    # A bug: nothing would ever move again.
                    task.result()
            present = self.progress()
            if present is not None and reached(present):
                return present
            if self._link is LinkState.REFUSED:
                raise NotLetIn(self._detail)
            if not patient and self._link in (LinkState.WAITING, LinkState.SHARED):
                raise LinkLost(self._detail or self._link.value)
            await self._moved.wait()

    async def indexed(self) -> None:
        """Wait until all that is held can be searched; with the link only."""
        await self._idle.indexed()

    async def compose(self, stream: StreamId, body: Body) -> inputs.Composed:
        """Say something; durable when it returns. OutboxFull, UsageError."""
        kind, data = STANDARD.encode(body)
        said = inputs.Compose(stream, kind, data, token_bytes(SALT_BYTES), int(time.time()))
        return _composed(await self._step(said))

    async def retry(self, n: int) -> inputs.Composed:
        """Send what lies at place `n` of the tray once more. UsageError where nothing does."""
        said = inputs.Retry(n, token_bytes(SALT_BYTES), int(time.time()))
        return _composed(await self._step(said))

    async def discard(self, n: int) -> None:
        """Forget what lies at place `n` of the tray."""
        await self._step(inputs.Discard(n))

    async def backfill(self, stream: StreamId) -> None:
        """Fetch the next page of a stream's history before any other's."""
        if self._replica.engine is not None:
            await self._step(inputs.Backfill(stream))

    async def inspect(self, stream: StreamId) -> None:
        """Check a stream of the replica against itself, and heal it."""
        if self._replica.engine is not None:
            await self._step(inputs.Inspect(stream))

    async def notes(self) -> dict[str, bytes]:
        """What was noted on this profile, by name."""
        async with self._turn:
            return await self._on_disk(self._replica.notes)

    async def note(self, name: str, value: bytes) -> None:
        """Keep a small value of one's own beside the replica, such as how far one has read.

        It outlives the process; power loss may take the last ones back. No bytes forget it.
        """
        async with self._turn:
            await self._on_disk(lambda: self._replica.note(name, value))

    def reconnect(self) -> None:
        """Try at once, whatever the link is waiting for; end what there is."""
        self._retry_now.set()
        if self._conversation is not None:
            self._conversation.cut()

    # Steps: one at a time, in the order they were asked for.

    async def _on_disk(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._disk, work)

    async def _step(self, *several: inputs.Input) -> tuple[inputs.Output, ...]:
        async with self._turn:
            stepped = await self._on_disk(lambda: self._replica.steps(several, _now_ms()))
            conversation = self._conversation
            if conversation is not None:
                conversation.act(stepped.outputs, stepped.deadline_ms)
            self._tell(stepped.outputs)
            # Also where nothing is said: the link may be ready now.
            self._moved.set()
        return stepped.outputs

    def _tell(self, outputs: tuple[inputs.Output, ...]) -> None:
        if outputs:
            self._idle.wake(changed=True)
        for output in outputs:
            for watch in self._watches:
                watch.heed(output)

    def _set_link(self, link: LinkState, detail: str = "") -> None:
        if (link, detail) != (self._link, self._detail):
            self._link, self._detail = link, detail
            self._moved.set()
            for watch in self._watches:
                watch.linked(link, detail)

    # The link.

    async def _keep_linked(self) -> None:
        """Take the lock when it is free, then stay connected as well as can be."""
        while not self._lock.take():
            self._set_link(LinkState.SHARED)
            await self._pause(POLL_SECONDS * 4)
        async with self._turn:
            await self._on_disk(self._replica.own)
        # An earlier process may have left texts to index and signatures to check.
        self._idle.wake(changed=False)
        backoff = Backoff(SystemRandom())
        while True:
            ended = await self._converse(backoff)
            if ended.code == ByeCode.AUTH and await self._can_join_again():
                continue
            if ended.final:
                self._set_link(LinkState.REFUSED, ended.code)
                await self._retry_now.wait()
                self._retry_now.clear()
            else:
                self._set_link(LinkState.WAITING, ended.code)
                await self._pause(backoff.failed(ended.retry_seconds))

    async def _converse(self, backoff: Backoff) -> Ended:
        """One connection from dialling to its end."""
        self._set_link(LinkState.CONNECTING, self._detail)
        try:
            wire = await dial(self.device.host, self.device.port)
        except LinkLost as lost:
            return Ended(str(lost), 0.0, False)
        engine = self._replica.engine
        assert engine is not None
        conversation = Conversation(wire, self.device, self._replica_id, engine, self._enrolment)
        self._conversation = conversation

        async def welcomed(device: DeviceFile) -> None:
            backoff.succeeded()
            self._enrolment = None
            if device != self.device:
                await self._adopt(device)
            self._set_link(LinkState.ONLINE)

        try:
            return await conversation.run(self._take, welcomed)
        except WorldError as failed:
            # A full or busy disk: what came is not applied, so it is pulled again later.
            return Ended(str(failed), STORE_SECONDS, isinstance(failed, StoreBroken))
        finally:
            self._conversation = None
            with suppress(LinkLost, asyncio.CancelledError):
                await wire.close()
            # After a failed step the replica has made its engine anew, without a link.
            if self._replica.engine is not None and self._replica.engine.link is not None:
                await asyncio.shield(self._step(inputs.Unlinked()))

    async def _can_join_again(self) -> bool:
        """A hub restored from an old copy has lost us: show it, once, the enrolment it signed."""
        if self._enrolment is not None or self.device.invite:
            self._enrolment = None
            return False
        self._enrolment = await self._on_disk(self._replica.enrolment)
        return self._enrolment is not None

    async def _adopt(self, device: DeviceFile) -> None:
        """The hub has let us in and shown its key: keep both before anything is taken from it."""
        async with self._turn:
            await self._on_disk(lambda: keyring.save(self._profile, device))
            self.device = device
            self.reader.adopt(device)
            self._replica.adopt(device)
            await self._on_disk(self._replica.own)

    async def _take(self, several: Sequence[inputs.Input]) -> None:
        """What came, and then the wish for more: the whole of what may be seen comes by itself."""
        self._idle.disturbed()
        await self._step(*several, inputs.FetchHistory())

    async def _pause(self, seconds: float) -> None:
        """Wait, unless somebody asks to try at once."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._retry_now.wait()
        self._retry_now.clear()

    # Beside it.

    async def _look_around(self) -> None:
        """Notice what other processes of this profile write, and that the machine has slept."""
        suspension = Suspension(time.time(), time.monotonic())
        while True:
            await asyncio.sleep(POLL_SECONDS)
            if suspension.jumped(time.time(), time.monotonic()):
                self.reconnect()
            try:
                async with self._turn:
                    changed = await self._on_disk(self._replica.changed)
                if changed and self._replica.engine is not None:
                    await self._step(inputs.Tick())
                    continue
            except WorldError:
                # It stays changed, and is looked at again.
                continue
            if changed:
                for watch in self._watches:
                    watch.changed(None)

    async def _index_some(self) -> bool:
        async with self._turn:
            return await self._on_disk(self._replica.index_some)

    def _pulls_history(self) -> bool:
        engine = self._replica.engine
        return (
            engine is not None
            and engine.link is not None
            and any(lacking(row) for row in engine.state.streams.values())
        )

    async def _verify_some(self) -> bool:
        if self._replica.engine is None:
            return False
        return bool(await self._step(inputs.VerifySome(VERIFIED_AT_ONCE)))


def _composed(outputs: tuple[inputs.Output, ...]) -> inputs.Composed:
    return next(output for output in reversed(outputs) if isinstance(output, inputs.Composed))


def _now_ms() -> int:
    return int(time.monotonic() * 1_000)
