"""A hub of its smallest size for tests of the client: a real engine on a store in memory, on real
sockets of the loopback. It can be stopped, started again on the same port, and cut its lines."""

import asyncio
import time
from hashlib import sha256
from secrets import token_bytes
from typing import Final

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from hobnob_protocol.connection import (
    Closed,
    FrameReceived,
    HubConnection,
    LoginRequested,
    MeetingRequested,
    RecoveryRequested,
)
from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from hobnob_protocol.frames import Ack, Frame
from hobnob_protocol.ids import DIRECTORY, AccountId, StreamId, hub_id
from hobnob_protocol.invite_link import InviteLink
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.roles import RoleGrant
from hobnob_protocol.limits import FRAME_BYTES_MAX
from hobnob_protocol.question_frames import NO, THERE, Ask, Told
from hobnob_protocol.questions import (
    QUESTIONS,
    BadgesQuestion,
    BoardQuestion,
    RankingQuestion,
    WelcomeQuestion,
    decode_question,
    encode_answer,
)
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.wire import encode_frame
from hobnob_server.load.settling import Said, Settling
from hobnob_server.store import open_memory_sqlite
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.hub_engine.inputs import (
    Arrange,
    Asked,
    Close,
    Gone,
    HubSettings,
    Input,
    Locate,
    Login,
    MakeInvite,
    Operate,
    Received,
    Send,
    Tick,
)
from hobnob_sync.ports import Loaded
from hobnob_sync.testing.memory import MemoryEventStore

PAUSE: Final = 3
UNSETTLED: Final = (BoardQuestion, BadgesQuestion, WelcomeQuestion, RankingQuestion)
"""What no load ledger answers."""
GENEROUS: Final = HubSettings(
    budget_capacity=1e9, budget_per_second=1e9, questions=max(QUESTIONS), shown_first_ms=0
)


class SmallHub:
    """Use it as an asynchronous context; `link()` makes an invite."""

    def __init__(self, settings: HubSettings = GENEROUS) -> None:
        self.signer = Ed25519Signer(token_bytes(32))
        self.hub = hub_id(self.signer.public_key)
        self.settings = settings
        self.settling: Settling | None = None
        """With it the hub keeps a load ledger, in memory."""
        self.ledger = open_memory_sqlite().ledger
        self.answers: dict[bytes, bytes] = {}
        """What it answers, by question."""
        self.asked: list[bytes] = []
        """The questions that came, in order; a client asks some by itself."""
        self.silent = False
        """It hears questions, and says nothing to them."""
        self.withholds: tuple[type[Frame], ...] = ()
        """Kinds of frames it says only when it lets them go."""
        self._withheld: list[Send] = []
        self.ahead_ms = 0
        """How far its clock is ahead of the machine's."""
        self.store = MemoryEventStore()
        self.store.commit(
            HubEngine.bootstrap(
                self.hub,
                self.signer,
                Ed25519Verifier(),
                STANDARD,
                token_bytes,
                settings,
                self._now_ms(),
            )
        )
        self.port = 0
        self.logins = 0
        self.received: list[Frame] = []
        """What came, in order, once somebody was let in."""
        self.pauses = 0
        """How often a client was asked for patience."""
        self._server: Server | None = None
        self._sockets: dict[int, ServerConnection] = {}
        self._connections: dict[int, HubConnection] = {}
        self._count = 0
        self.engine = self._boot()

    def _boot(self) -> HubEngine:
        return HubEngine(
            self.store.boot(HubEngine.NOUNS),
            self.hub,
            self.signer,
            Ed25519Verifier(),
            STANDARD,
            token_bytes,
            self.settings,
        )

    async def __aenter__(self) -> "SmallHub":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen, on the port of the last time."""
        self.engine = self._boot()
        self._server = await serve(
            self._handle,
            "127.0.0.1",
            self.port,
            compression=None,
            ping_interval=None,
            max_size=FRAME_BYTES_MAX,
            close_timeout=0.2,
        )
        self.port = next(iter(self._server.sockets)).getsockname()[1]

    async def stop(self) -> None:
        """Stop listening; every line is cut."""
        if self._server is not None:
            server, self._server = self._server, None
            self.cut()
            server.close()
            await server.wait_closed()

    def cut(self) -> None:
        """Cut every line, without a word."""
        for socket in self._sockets.values():
            socket.transport.abort()

    def link(self, owner: bool = False, uses: int = 1) -> InviteLink:
        """An invite, for one if nothing else is said."""
        secret = token_bytes(16)
        expires_ms = self._now_ms() + 3_600_000
        self._step([MakeInvite(sha256(secret).digest(), uses, expires_ms, owner)])
        return InviteLink("127.0.0.1", self.port, self.hub, secret)

    def make_bot(self, account: AccountId) -> None:
        """Give an account the role of a bot."""
        self.operate(DIRECTORY, RoleGrant(account, "bot"))

    def operate(self, stream: StreamId, body: Body) -> None:
        """Do something as the operator."""
        self._step([Operate(0, stream, body)])

    async def let_go(self) -> None:
        """Say what was withheld, and withhold nothing any more."""
        self.withholds = ()
        withheld, self._withheld = self._withheld, []
        for output in withheld:
            self._send(output)
        await self.tell()

    async def tell(self) -> None:
        """Write what is to be said, though nobody has said anything; what an operator does is told
        so."""
        while await self._flush():
            self._step([Tick()])

    async def _handle(self, socket: ServerConnection) -> None:
        self._count += 1
        number = self._count
        connection = HubConnection(
            self.hub,
            self.signer,
            token_bytes(32),
            (),
            Ed25519Verifier(),
            self._now_ms(),
            self._now_ms(),
        )
        self._sockets[number], self._connections[number] = socket, connection
        try:
            async for data in socket:
                assert isinstance(data, bytes)
                batch: list[Input] = []
                for event in connection.receive(data, self._now_ms()):
                    if isinstance(event, LoginRequested):
                        self.logins += 1
                        batch.append(Login(number, event.frame, event.transcript))
                    elif isinstance(event, RecoveryRequested):
                        batch.append(Locate(number, event.frame, event.transcript))
                    elif isinstance(event, MeetingRequested):
                        batch.append(Arrange(number, event.frame, event.transcript))
                    elif isinstance(event, FrameReceived):
                        if not isinstance(event.frame, Ask):
                            self.received.append(event.frame)
                        batch.append(Received(number, event.frame, event.size_bytes))
                    elif isinstance(event, Closed):
                        return
                if batch:
                    self._step(batch)
                await self.tell()
        except ConnectionClosed:
            pass
        finally:
            del self._sockets[number], self._connections[number]
            self._step([Gone(number)])
            await self._flush()

    def _answer(self, number: int, connection: HubConnection, asked: Ask) -> None:
        self.asked.append(asked.question)
        if self.silent:
            return
        told = self.answers.get(asked.question)
        if told is None and self.settling is not None:
            told = self._settled(self.settling, number, asked.question)
        status = NO if told is None else THERE
        connection.send(Told(asked.number, status, told or b""))

    def _settled(self, settling: Settling, number: int, asked: bytes) -> bytes | None:
        here, question = self.engine.sessions.by_conn[number], decode_question(asked)
        if isinstance(question, UNSETTLED):
            return None
        said = [Said(here.account, here.device, question)]
        told = None
        while told is None:
            told = settling.settle(self.engine.state, self.store, self.ledger, said, self._now_ms())
        return None if told[0] is None else encode_answer(told[0])

    def _step(self, batch: list[Input]) -> None:
        loaded = Loaded({})
        while keys := self.engine.needs(batch, loaded):
            loaded = loaded.merged(self.store.load(keys))
        decision = self.engine.decide(batch, loaded, self._now_ms())
        if decision.transaction:
            self.store.commit(decision.transaction)
        self._again = decision.again
        for output in self.engine.committed():
            if isinstance(output, Send):
                if isinstance(output.frame, Ack):
                    self.pauses += sum(answer.status == PAUSE for answer in output.frame.answers)
                if isinstance(output.frame, self.withholds):
                    self._withheld.append(output)
                else:
                    self._send(output)
            elif isinstance(output, Asked) and output.conn in self._connections:
                self._answer(output.conn, self._connections[output.conn], output.question)
            elif isinstance(output, Close) and output.conn in self._connections:
                self._connections[output.conn].close(output.bye)

    def _send(self, output: Send) -> None:
        data = encode_frame(output.frame)
        for number in output.conns:
            if number in self._connections:
                self._connections[number].send_encoded(data, type(output.frame))

    async def _flush(self) -> bool:
        """Write what is to be said; True where the engine has more."""
        again = self._again
        for number, connection in list(self._connections.items()):
            for data in connection.to_send():
                try:
                    await self._sockets[number].send(data)
                except (ConnectionClosed, KeyError):
                    break
        await asyncio.sleep(0)
        return again

    def _now_ms(self) -> int:
        return int(time.time() * 1_000) + self.ahead_ms
