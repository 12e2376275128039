"""The one place that builds a running hub, and the order in which it starts and stops."""

import asyncio
import gc
import resource
import secrets
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, suppress
from hashlib import sha256
from typing import Final

from hobnob_protocol.connection import HubConnection
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.errors import ByeCode, HobnobError, WorldError
from hobnob_protocol.frames import Bye
from hobnob_protocol.invite_link import InviteLink
from hobnob_server.answering import Answering
from hobnob_server.asked_of_newcomers import AskedOfNewcomers
from hobnob_server.beacon import Beacon
from hobnob_server.board import Switchboard
from hobnob_server.clock import Clock
from hobnob_server.datadir import DataDir
from hobnob_server.delivery import Delivery
from hobnob_server.errors import ConfigError
from hobnob_server.founding import Entropy, found, settings_of
from hobnob_server.gate import Gate
from hobnob_server.guard import Guard
from hobnob_server.limits import (
    COLLECT_OBJECTS,
    DRAIN_SECONDS,
    INVITE_SECRET_BYTES,
    OWNER_INVITE_HOURS,
    SWEEP_SECONDS,
)
from hobnob_server.listener import Listener
from hobnob_server.load.asking import LoadDesk
from hobnob_server.logs import Log
from hobnob_server.match_rules import MatchRules
from hobnob_server.place import TcpPlace, parse_place
from hobnob_server.recognition.asking import Recognition, counting
from hobnob_server.ring import Ring
from hobnob_server.session import Session
from hobnob_server.settings import Config
from hobnob_server.tls import Certificates
from hobnob_server.writer import Writer
from hobnob_server.writes import Together
from hobnob_sync.hub_engine.inputs import Input, MakeInvite, Tick

MS_PER_HOUR: Final = 3_600_000
_FILES_BESIDE: Final = 64
"""Open files that are no connections."""


class App:
    """One hub in this process. `directory` is held by the caller while it runs."""

    def __init__(
        self,
        config: Config,
        directory: DataDir,
        clock: Clock,
        log: Log,
        entropy: Entropy = secrets.token_bytes,
        open_ring: Callable[[], Ring] = Ring,
    ) -> None:
        self.config: Final = config
        self.directory: Final = directory
        self.clock: Final = clock
        self.log: Final = log
        self.entropy: Final = entropy
        self._open_ring: Final = open_ring
        self.place = parse_place(config.listen)
        self.owner_invite: InviteLink | None = None
        """Made at the very first start."""
        self.started_ms = clock.monotonic_ms()
        self._stopping = asyncio.Event()
        self._broken: BaseException | None = None

    # Starting.

    async def start(self) -> None:
        """Listen; once this returns, clients may come. What was begun is undone where it fails."""
        self._loop = asyncio.get_running_loop()
        async with AsyncExitStack() as undo:
            self.certificates = Certificates(self.config, self.log)
            self._open_log(undo)
            # A restored log gets its new epoch, overdue checkpoints their signatures, first of all.
            self.board.put(Tick())
            if self.hub.restored:
                self.log.warning("hub.restored", why="the beacon is ahead of the database")
            _raise_file_limit(self.config.connections_max)
            self.listener = Listener(
                self.config, self.gate, self.certificates, self.log, self._new_session
            )
            self.place = await self.listener.open(self.place)
            undo.callback(self.listener.close)
            if self.hub.fresh:
                self.owner_invite = await self.invite(1, OWNER_INVITE_HOURS, owner=True)
            sweeper = self._loop.create_task(self._sweep())
            undo.callback(sweeper.cancel)
            self._undo = undo.pop_all()
        # What is built now stays: the collector need not look at it again.
        gc.freeze()
        gc.set_threshold(COLLECT_OBJECTS)
        self.log.info("hub.start", listen=str(self.place), hub=self.hub.hub.hex())

    def _open_log(self, undo: AsyncExitStack) -> None:
        settings = settings_of(self.config)
        now_ms = self.clock.wall_ms()
        self.hub = found(self.directory, self.config, self.entropy, now_ms, settings)
        undo.callback(self.hub.store.close)
        beacon = Beacon(self.directory.beacon, self.hub.total)
        undo.callback(beacon.close)
        self.gate = Gate(self.config, self.clock)
        self.writer = Writer(
            self.hub.store, self.hub.boot, beacon, self.clock, self.log, self._deliver, self._died
        )
        self.recognition = Recognition(
            counting(self.directory.database, self.config.log_level, self.config.log_format),
            self.log,
            self.clock,
        )
        rules = MatchRules(self.directory.match, self.log)
        self.load = LoadDesk(self.writer.ask, self.clock, self.log, rules.caps)
        self.welcome = AskedOfNewcomers(self.directory.welcome, self.log)
        self.writes = Together(self.log, self._open_ring)
        undo.callback(self.writes.close)
        self.board = Switchboard(
            self._to_writer,
            self._loop,
            self.clock,
            self.log,
            Answering(self.recognition.ask, self.load.ask, self.welcome.ask, rules.ask).answer,
            self.writes,
        )
        self.writer.start()
        undo.callback(self.writer.join)
        undo.callback(self.writer.stop)

    def _new_session(self, guard: Guard) -> Session:
        connection = HubConnection(
            self.hub.hub,
            self.hub.signer,
            self.entropy(32),
            self.certificates.hashes,
            Ed25519Verifier(),
            self.clock.monotonic_ms(),
            self.clock.wall_ms(),
        )
        session = Session(self.board.number(), guard, connection, self.board, self.clock)
        self.board.add(session)
        return session

    # Running.

    async def invite(self, uses: int, hours: float, *, owner: bool = False) -> InviteLink:
        """A new invite, durable when this returns."""
        secret = self.entropy(INVITE_SECRET_BYTES)
        ends_ms = self.clock.wall_ms() + int(hours * MS_PER_HOUR)
        self.writer.put(MakeInvite(sha256(secret).digest(), uses, ends_ms, owner))
        await asyncio.wrap_future(self.writer.ask(lambda engine, store: None))
        host, port = self.reached_by()
        return InviteLink(host, port, self.hub.hub, secret)

    def reached_by(self) -> tuple[str, int]:
        """What stands in links."""
        named = parse_place(self.config.address) if self.config.address else self.place
        if isinstance(named, TcpPlace):
            return named.host, named.port
        raise ConfigError("who comes through a proxy needs its name: set address")

    def _to_writer(self, incoming: Sequence[Input]) -> None:
        self.writer.put(*incoming)

    def _deliver(self, delivery: Delivery) -> None:
        # From the writer's thread, which outlives the loop in no case but a broken end.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self.board.deliver, delivery)

    def _died(self, ended: BaseException) -> None:
        self._broken = ended
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._stopping.set)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            self.board.sweep()
            self.certificates.reload()

    # Stopping.

    def stop(self) -> None:
        """Begin to stop: `run` goes on to the end."""
        self._stopping.set()

    async def run(self, before_end: Callable[[], Awaitable[None]]) -> None:
        """Until somebody stops it: SIGTERM and SIGINT do, SIGHUP reloads certificates."""
        for number in (signal.SIGTERM, signal.SIGINT):
            self._loop.add_signal_handler(number, self.stop)
        self._loop.add_signal_handler(signal.SIGHUP, self.certificates.reload)
        await self._stopping.wait()
        await before_end()
        await self.drain()
        if self._broken is not None:
            raise _as_error(self._broken)

    async def drain(self) -> None:
        """Accept nobody, commit and acknowledge what came, say BYE, end."""
        self.log.info("hub.stop", connections=self.board.count)
        self.listener.close()
        self.board.close()
        self.writer.stop()
        await self._loop.run_in_executor(None, self.writer.join)
        # The last delivery was put into the loop before the thread ended.
        await asyncio.sleep(0)
        self.board.bye_all(Bye(ByeCode.SHUTDOWN, 1_000))
        with suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                await self.listener.wait_closed()
        self.board.abort_all()
        await self.recognition.stop()
        await self.load.stop()
        await self._undo.aclose()
        self.log.info("hub.end")


def _as_error(broken: BaseException) -> HobnobError:
    return broken if isinstance(broken, HobnobError) else WorldError(type(broken).__name__)


def _raise_file_limit(connections: int) -> None:
    """Let the process have a file for each connection, as far as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _FILES_BESIDE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
