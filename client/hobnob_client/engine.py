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
        await engine.presence.type(stream); engine.presence.writing(stream)
        await engine.private.draft(draft, text); await engine.private.share()
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
from collections.abc import Callable, Mapping
from datetime import date, tzinfo
from importlib import import_module
from secrets import token_bytes
from types import TracebackType
from typing import TYPE_CHECKING, Final
from weakref import WeakSet

from hobnob_client import progress as progress_of
from hobnob_client.idle import IdleWork
from hobnob_client.keyring import DeviceFile
from hobnob_client.link import LinkLost
from hobnob_client.link_keeper import LinkKeeper
from hobnob_client.news import Watch
from hobnob_client.not_let_in import NotLetIn, why
from hobnob_client.notes import Noting
from hobnob_client.paths import Profile
from hobnob_client.patience import Suspension
from hobnob_client.presence import Presence
from hobnob_client.private_keeping import PrivateKeeping
from hobnob_client.progress import LinkState, Progress
from hobnob_client.reading import Reader
from hobnob_client.steps import Steps
from hobnob_protocol.errors import WorldError
from hobnob_protocol.event import SALT_BYTES
from hobnob_protocol.ids import StreamId, user_stream
from hobnob_protocol.kind import Body
from hobnob_protocol.registry import STANDARD
from hobnob_sync.client_engine import inputs

if TYPE_CHECKING:
    from hobnob_client.reading.beside import Beside
    from hobnob_protocol.questions import Question

POLL_SECONDS: Final = 0.25
"""So soon another process's writing is looked for again after one has written; each look wakes two
threads."""
POLL_SECONDS_MAX: Final = 1.0
"""... and while none writes, and nothing but time may have jumped."""
VERIFIED_AT_ONCE: Final = 16
"""Signatures of one slice: under 2 ms."""


class Engine:
    """Use it as an asynchronous context; `connect=False` leaves the hub alone until `connect` is
    called, `brief` says that it is there but to send what was just said."""

    def __init__(
        self,
        profile: Profile,
        device: DeviceFile,
        *,
        connect: bool = True,
        brief: bool = False,
    ) -> None:
        self._profile = profile
        self._connect = connect
        self._brief = brief
        self._idle = IdleWork(self._index_some, self._verify_some, self._pulls_history)
        self._steps = Steps(self._idle)
        self.presence = Presence(self._steps, lambda: self.reader)
        """Who is here and who writes, where one has chosen to take part in that."""
        self.private = PrivateKeeping(self._steps, lambda: self.reader, self)
        """What is private to the account: kept here, and shared with its other devices alone."""
        self._keeper = LinkKeeper(
            profile, device, self._steps, self._idle, self.presence.greeting, brief=brief
        )
        self._tasks: list[asyncio.Task[None]] = []
        self._besides: WeakSet[Beside] = WeakSet()

    async def __aenter__(self) -> "Engine":
        await self._steps.open(self._profile, self.device)
        self.reader = Reader(self._profile, self.device)
        self._replica_id = await self._steps.on_disk(
            lambda: self._steps.replica.replica_id(token_bytes(8))
        )
        if self._connect:
            self.connect()
        return self

    def connect(self) -> None:
        """Keep the replica beside its hub from here on; to be called once."""
        assert not self._tasks, "it is connected"
        self._tasks = [
            asyncio.create_task(self._keeper.run(self._replica_id, self.reader.adopt)),
            asyncio.create_task(self._look_around()),
            asyncio.create_task(self._idle.run(self._has_time)),
        ]
        if not self._brief:
            self._tasks.append(asyncio.create_task(self._tell_shows()))
        for task in self._tasks:
            task.add_done_callback(lambda _: self._steps.moved.set())

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._keeper.release()
        self.reader.close()
        for beside in tuple(self._besides):
            # Who lets go of the file last puts all of it into one, which only who writes can.
            await beside.gone()
        await self._steps.close()

    # What stands on it calls these.

    @property
    def device(self) -> DeviceFile:
        """As whom it speaks; with the hub's key once the hub was reached."""
        return self._keeper.device

    @property
    def link(self) -> LinkState:
        """Where the link stands."""
        return self._keeper.state

    @property
    def detail(self) -> str:
        """What is to be said about that; a code of `ByeCode` where the hub has refused."""
        return self._keeper.detail

    @property
    def lag_ms(self) -> int | None:
        """So long the hub took to answer last; None without a link, or before it has."""
        conversation = self._steps.conversation
        return None if conversation is None else conversation.lag_ms

    @property
    def held_back(self) -> Mapping[StreamId, str]:
        """Why what waits in a conversation cannot be sealed though the hub is there: codes, for
        `under_seal.held_back`. Watches are told when it differs."""
        return self._steps.held_back if self.link is LinkState.ONLINE else {}

    def beside(self, zone: tzinfo, today: Callable[[], date]) -> "Beside":
        """Searches while one types: on a thread and a connection of its own. Close it."""
        # Only who searches pays for importing it.
        from hobnob_client.reading.beside import Beside

        made = Beside(self._profile, self.device, zone, today)
        # Each search has one: those that nobody has any more have let go already.
        self._besides.add(made)
        return made

    def watch(self) -> Watch:
        """Be told from here on."""
        return self._steps.watch(self.link)

    def progress(self) -> Progress | None:
        """How far the replica is; None without the link."""
        engine = self._steps.replica.engine
        seals = self._steps.replica.seals
        if engine is None or seals is None:
            return None if engine is None else progress_of.of(engine)
        return progress_of.of(engine, known=seals.is_known, stuck=seals.stuck)

    async def until(self, reached: Callable[[Progress], bool], *, patient: bool = True) -> Progress:
        """Wait until the progress is what `reached` asks for; bound it with `asyncio.timeout`.

        NotLetIn where the hub refuses this device. Who is not `patient` gets LinkLost where the
        hub was not reached, or where another process has the link.
        """
        while True:
            self._steps.moved.clear()
            for task in self._tasks:
                if task.done() and not task.cancelled():
                    # A bug: nothing would ever move again.
                    task.result()
            # Not within a step, which is ahead of the disk until it ends.
            async with self._steps.turn:
                present = self.progress()
            if present is not None and reached(present):
                return present
            if self.link is LinkState.REFUSED:
                raise NotLetIn(self.detail, self._keeper.retry_seconds)
            if not patient and self.link in (LinkState.WAITING, LinkState.SHARED):
                raise LinkLost(why(self.detail) or self.link.value)
            await self._steps.moved.wait()

    async def indexed(self) -> None:
        """Wait until all that is held can be searched; with the link only."""
        await self._idle.indexed()

    async def compose(
        self, stream: StreamId, body: Body, noting: Noting | None = None
    ) -> inputs.Composed:
        """Say something; durable when it returns, and what is noted with it, both or none.
        OutboxFull, UsageError."""
        kind, data = STANDARD.encode(body)
        said = inputs.Compose(stream, kind, data, token_bytes(SALT_BYTES), int(time.time()))
        return _composed(await self._steps.step(said, noting=noting))

    async def retry(self, n: int) -> inputs.Composed:
        """Send what lies at place `n` of the tray once more. UsageError where nothing does."""
        said = inputs.Retry(n, token_bytes(SALT_BYTES), int(time.time()))
        return _composed(await self._steps.step(said))

    async def discard(self, n: int) -> None:
        """Forget what lies at place `n` of the tray."""
        await self._steps.step(inputs.Discard(n))

    async def ask(self, question: "Question") -> bytes:
        """What the hub answers; `hobnob_client.recognition` reads it. LinkLost without the link,
        NotAnswered where the hub gives no answer."""
        conversation = self._steps.conversation
        if conversation is None:
            raise LinkLost(why(self.detail) or self.link.value)
        return await conversation.ask(question)

    async def backfill(self, stream: StreamId) -> None:
        """Fetch more of a stream's history, whatever else is under way."""
        if self._steps.replica.engine is not None:
            await self._steps.step(inputs.Backfill(stream))

    async def inspect(self, stream: StreamId) -> None:
        """Check a stream of the replica against itself, and heal it."""
        if self._steps.replica.engine is not None:
            await self._steps.step(inputs.Inspect(stream))

    async def notes(self) -> dict[str, bytes]:
        """What was noted on this profile, by name."""
        return await self._steps.in_turn(self._steps.replica.notes.all)

    async def note(self, name: str, value: bytes) -> None:
        """Keep a small value of one's own beside the replica, such as how far one has read.

        It outlives the process; power loss may take the last ones back. No bytes forget it.
        """
        await self._steps.in_turn(lambda: self._steps.replica.notes.put(name, value))

    async def change_note(self, name: str, change: Callable[[bytes], bytes]) -> None:
        """Keep what `change` makes of what was noted, no bytes where nothing was: whatever others
        note meanwhile comes before or after."""
        await self._steps.in_turn(lambda: self._steps.replica.notes.change(name, change))

    def reconnect(self) -> None:
        """Try at once, whatever the link is waiting for; end what there is."""
        self._keeper.reconnect()

    # Beside it.

    async def _tell_shows(self) -> None:
        watch = self.watch()
        while self.link is not LinkState.ONLINE:
            await watch.next()
        # Only who stays, and has reached the hub, pays for importing it, and no key waits for that.
        telling = await asyncio.to_thread(import_module, "hobnob_client.requests.telling")
        await telling.keep_telling(self, watch)

    async def _look_around(self) -> None:
        """Notice what other processes of this profile write, and that the machine has slept."""
        suspension, wait_seconds = Suspension(time.time(), time.monotonic()), POLL_SECONDS
        while True:
            await asyncio.sleep(wait_seconds)
            wait_seconds = min(2 * wait_seconds, POLL_SECONDS_MAX)
            if suspension.jumped(time.time(), time.monotonic()):
                self.reconnect()
            try:
                changed = await self._steps.in_turn(self._steps.replica.changed)
                if changed:
                    wait_seconds = POLL_SECONDS
                if changed and self._steps.replica.engine is not None:
                    await self._steps.step(inputs.Tick())
                    # What is private to the account stands in no log whose news would tell of it.
                    self._steps.tell((inputs.Changed(user_stream(self.reader.me)),))
                    continue
            except WorldError:
                # It stays changed, and is looked at again.
                continue
            if changed:
                self._steps.changed(None)

    def _has_time(self) -> bool:
        """Is what comes behind the pages ours to do? Who is brief leaves it to who stays, or asks
        for what was said; but conversations are laid open."""
        busy = self._brief and self._steps.replica.seals is None
        return self._keeper.has_lock and not busy

    async def rest(self) -> None:
        """Nobody waits for anything: keep no more in memory than what stands needs."""
        await self._steps.in_turn(self._steps.replica.rest)

    async def _index_some(self) -> bool:
        async with self._steps.turn:
            laid = await self._steps.on_disk(self._steps.replica.lay_some)
            if laid is not None:
                self._steps.tell(laid)
                return True
            return await self._steps.on_disk(self._steps.replica.index_some)

    def _pulls_history(self) -> bool:
        engine = self._steps.replica.engine
        if engine is None:
            return False
        # Loaded with the engine.
        from hobnob_sync.client_engine.history import lacking

        rows = engine.state.streams.values()
        return engine.link is not None and any(lacking(row) for row in rows)

    async def _verify_some(self) -> bool:
        if self._steps.replica.engine is None:
            return False
        return bool(await self._steps.step(inputs.VerifySome(VERIFIED_AT_ONCE)))


def _composed(outputs: tuple[inputs.Output, ...]) -> inputs.Composed:
    return next(output for output in reversed(outputs) if isinstance(output, inputs.Composed))
