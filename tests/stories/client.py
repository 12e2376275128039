"""A member without a screen: the real client engine on a store in memory, over a real WebSocket."""

import asyncio
import secrets
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from ssl import SSLContext, SSLSocket
from typing import Any, Final, cast

from websockets.asyncio.client import ClientConnection as WebSocket
from websockets.asyncio.client import connect as open_websocket
from websockets.asyncio.client import unix_connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.frames import Frame as CloseFrame
from websockets.frames import Opcode
from websockets.protocol import OPEN

from hobnob_protocol import chain
from hobnob_protocol.connection import (
    ClientConnection,
    Closed,
    FrameReceived,
    JoinRequest,
    State,
    Welcomed,
)
from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from hobnob_protocol.event import Author
from hobnob_protocol.ids import (
    AccountId,
    DeviceKey,
    EventId,
    HubId,
    ReplicaId,
    StreamId,
    account_id,
    device_id,
)
from hobnob_protocol.invite_link import InviteLink
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.question_frames import Told
from hobnob_protocol.registry import STANDARD
from hobnob_sync.client_engine.engine import ClientEngine
from hobnob_sync.client_engine.inputs import (
    Alarm,
    Backfill,
    Compose,
    Composed,
    Consumed,
    Disconnect,
    Input,
    Linked,
    NotSent,
    Output,
    Received,
    Send,
    Tick,
    Unlinked,
)
from hobnob_sync.client_engine.state import Identity
from hobnob_sync.keys import Loaded
from hobnob_sync.testing.memory import MemoryReplicaStore
from tests.stories.sight import Sight
from tests.stories.waiting import until

ROUNDS_MAX: Final = 4
TICK_SECONDS: Final = 0.02
_HALF: Final = 8
"""CLOSE_WAIT of Linux: the other side has said that it writes no more."""


def now_ms() -> int:
    """Since 1970."""
    return time.time_ns() // 1_000_000


def heard(client: "Client", count: int) -> Callable[[], bool]:
    """Does this replica hold so many posts of the first channel?"""
    return lambda: len(client.texts()) >= count


class Client(Sight):
    """One device of one member. `link` tells where the hub is and who it is."""

    def __init__(self, handle: str, link: InviteLink, hub_key: DeviceKey) -> None:
        self.handle = handle
        self.place: tuple[str, int] | str = (link.host, link.port)
        self.hub: HubId = link.hub
        self.signer = Ed25519Signer(sha256(handle.encode()).digest())
        self.ssl: SSLContext | None = None
        self.receive_buffer_bytes = 0
        """What the kernel keeps for this client, where it is not its usual."""
        self._reads = asyncio.Event()
        self._reads.set()
        self.store = MemoryReplicaStore()
        genesis = chain.genesis(self.signer, self.hub, 0)
        self.account = account_id(genesis[0])
        self.join: JoinRequest | None = JoinRequest(link.invite, *genesis, handle)
        self.replica = ReplicaId(secrets.token_bytes(8))
        self.identity, self.engine = self._speaking_for(self.account, hub_key)
        self.connection: ClientConnection | None = None
        self.composed: list[EventId] = []
        self.refused: list[str] = []
        self.told: list[Told] = []
        self.alarms: list[Alarm] = []
        self.byes: list[str] = []
        self.broken: Exception | None = None
        self.epochs: list[bytes] = []
        self._deadline_ms: int | None = None
        self._wants_out = False
        self._socket: WebSocket | None = None
        self._task: asyncio.Task[None] | None = None

    def _speaking_for(
        self, account: AccountId, hub_key: DeviceKey
    ) -> tuple[Identity, ClientEngine]:
        author = Author(account, device_id(self.signer.public_key), self.signer.public_key)
        found = Identity(self.hub, hub_key, author, self.signer, Ed25519Verifier(), STANDARD)
        return found, ClientEngine(self.store.boot(ClientEngine.NOUNS), found)

    def added_by(self, other: "Client") -> None:
        """Instead of founding an account, come in as a further device of somebody who is in."""
        present = other.engine.state.accounts.chain(other.account)
        assert present is not None
        self.account = other.account
        link = chain.add(present, other.signer, self.signer, 0)
        self.join = JoinRequest(self.account, *link, other.handle)
        self.identity, self.engine = self._speaking_for(self.account, self.identity.hub_key)

    # The connection.

    async def connect(self) -> None:
        """Come in, and go on until the connection ends; returns once all streams are open."""
        await self.leave()
        self._task = asyncio.create_task(self._run())
        await until(lambda: self.ready or (self._task is not None and self._task.done()))
        assert self.ready, f"{self.handle} did not get in: {self.byes} {self.broken}"

    async def try_to_connect(self) -> str:
        """Come in, or be told why not: the code of the BYE, "" if we are in."""
        await self.leave()
        self._task = asyncio.create_task(self._run())
        task = self._task
        await until(lambda: self.ready or task.done())
        return "" if self.ready else (self.byes[-1] if self.byes else f"cut: {self.broken}")

    @property
    def ready(self) -> bool:
        """Logged in, all announced, and everything up to date?"""
        link = self.engine.link
        return self.connection is not None and link is not None and link.ready

    @property
    def connected(self) -> bool:
        """Is there a connection?"""
        return self._task is not None and not self._task.done()

    async def leave(self) -> None:
        """Cut the connection without a word."""
        task, self._task = self._task, None
        if task is not None:
            if self._socket is not None:
                self._socket.transport.abort()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _run(self) -> None:
        try:
            async with await self._opening() as web:
                self._socket = web
                await self._talk(web)
        except (WebSocketException, OSError) as broken:
            self.broken = broken
        finally:
            self._socket = None
            self.connection = None
            self._step(Unlinked())

    async def _opening(self) -> open_websocket:
        options: dict[str, Any] = {"compression": None, "ping_interval": None, "max_queue": 1}
        if isinstance(self.place, str):
            return unix_connect(self.place, uri="ws://hub/", **options)
        if self.receive_buffer_bytes:
            plain = socket.socket()
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self.receive_buffer_bytes)
            plain.setblocking(False)
            await asyncio.get_running_loop().sock_connect(plain, self.place)
            options["sock"] = plain
        scheme = "wss" if self.ssl else "ws"
        return open_websocket(
            f"{scheme}://{self.place[0]}:{self.place[1]}/", ssl=self.ssl, **options
        )

    def stall(self) -> None:
        """Read nothing more."""
        self._reads.clear()

    def go_on(self) -> None:
        """Read again."""
        self._reads.set()

    async def send_raw(self, data: bytes) -> None:
        """Send what no client of ours would."""
        assert self._socket is not None
        await self._socket.send(data)

    async def close_and_stay(self) -> None:
        """Take leave as WebSockets do, without a BYE, and hold the connection, which the hub has
        half closed then."""
        assert self._socket is not None
        transport = self._socket.transport
        transport.pause_reading()
        transport.write(CloseFrame(Opcode.CLOSE, b"").serialize(mask=True))
        plain = transport.get_extra_info("socket")
        await until(lambda: plain.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] == _HALF)

    async def _talk(self, web: WebSocket) -> None:
        connection = self._begin(web)
        self.connection = connection
        await self._flush(web)
        while connection.state is not State.CLOSED and not self._wants_out:
            await self._reads.wait()
            try:
                async with asyncio.timeout(TICK_SECONDS):
                    data = await web.recv()
            except TimeoutError:
                self._tick()
            else:
                assert isinstance(data, bytes)
                for event in connection.receive(data, now_ms()):
                    self._on(event)
            await self._flush(web)
        self._wants_out = False

    def _begin(self, web: WebSocket) -> ClientConnection:
        shown = cast("SSLSocket | None", web.transport.get_extra_info("ssl_object"))
        der = shown.getpeercert(binary_form=True) if shown is not None else None
        return ClientConnection(
            hub_expected=self.hub,
            signer=self.signer,
            account=self.identity.author.account if self.join is None else None,
            join=self.join,
            replica=self.replica,
            epoch=self.engine.state.epoch,
            digest=self.engine.digest(),
            nonce=secrets.token_bytes(32),
            client_name="story",
            certificate=sha256(der).digest() if der else None,
            loopback=True,
            verifier=self.identity.verifier,
            now_ms=now_ms(),
        )

    async def _flush(self, web: WebSocket) -> None:
        if self.connection is not None:
            for data in self.connection.to_send():
                # Where it has ended, what came before is still to be read, and reading tells:
                # sending would wait for an end that waits for the reader.
                if web.state is OPEN:
                    with suppress(ConnectionClosed):
                        await web.send(data)

    def _on(self, event: object) -> None:
        if isinstance(event, Welcomed):
            self.join = None
            self.epochs = list(event.welcome.lineage)
            self._step(Linked(event.welcome))
        elif isinstance(event, FrameReceived) and isinstance(event.frame, Told):
            self.told.append(event.frame)
        elif isinstance(event, FrameReceived):
            self._step(Received(event.frame, event.size_bytes))
        elif isinstance(event, Closed):
            self.byes.append(event.code)

    def _tick(self) -> None:
        if self.connection is not None:
            for event in self.connection.tick(now_ms()):
                self._on(event)
        if self._deadline_ms is not None and now_ms() >= self._deadline_ms:
            self._step(Tick())

    # The engine.

    def _step(self, incoming: Input) -> tuple[Output, ...]:
        engine = self.engine
        loaded = Loaded({})
        for _ in range(ROUNDS_MAX):
            keys = engine.needs(incoming, loaded)
            if not keys:
                break
            loaded = loaded.merged(self.store.load(keys))
        decision = engine.decide(incoming, loaded, now_ms())
        if decision.transaction:
            self.store.commit(decision.transaction)
        self._deadline_ms = decision.deadline_ms
        outputs = engine.committed()
        for output in outputs:
            self._do(output)
        return outputs

    def _do(self, output: Output) -> None:
        if isinstance(output, Send) and self.connection is not None:
            self.connection.send(output.frame)
        elif isinstance(output, Consumed) and self.connection is not None:
            self.connection.consumed(output.size_bytes)
        elif isinstance(output, Disconnect):
            self._wants_out = True
        elif isinstance(output, NotSent):
            self.refused.append(output.code)
        elif isinstance(output, Composed):
            self.composed.append(output.event_id)
        elif isinstance(output, Alarm):
            self.alarms.append(output)

    # What a member does.

    def say(self, stream: StreamId, body: Body) -> EventId:
        """Compose an event: it is in the outbox when this returns, and sent when it can be."""
        number, data = STANDARD.encode(body)
        self._step(Compose(stream, number, data, secrets.token_bytes(16), now_ms() // 1_000))
        return self.composed[-1]

    def post(self, text: str, channel: str = "general") -> EventId:
        """Say something in a channel."""
        return self.say(self.channel(channel), Post(text))

    def backfill(self, stream: StreamId) -> None:
        """Ask for older events."""
        self._step(Backfill(stream))

    @property
    def settled(self) -> bool:
        """Is everything that was said in our own log?"""
        return not self.engine.state.outbox
