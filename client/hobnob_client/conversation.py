"""One connection of the engine: read, feed, act on what came out, flush, re-arm.

The protocol's own machine (`hobnob_protocol.connection`) decides what is said; this loop only
carries it, and holds the two deadlines there are: the connection's and the engine's.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from secrets import token_bytes
from typing import TYPE_CHECKING, Final

from hobnob_client.catalogue import t
from hobnob_client.keyring import DeviceFile
from hobnob_client.link import LinkLost, Wire
from hobnob_client.not_answered import NotAnswered
from hobnob_protocol import __version__
from hobnob_protocol.connection import (
    ClientConnection,
    Closed,
    ConnectionEvent,
    FrameReceived,
    JoinRequest,
    State,
    Welcomed,
)
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.errors import ByeCode
from hobnob_protocol.frames import BackPage, Bye, Page
from hobnob_protocol.ids import ReplicaId
from hobnob_protocol.question_frames import LATER, THERE, Ask, Told
from hobnob_protocol.value import value
from hobnob_sync.client_engine.engine import ClientEngine
from hobnob_sync.client_engine.inputs import (
    Consumed,
    Disconnect,
    Input,
    Linked,
    Output,
    Received,
    Send,
    Tick,
)

if TYPE_CHECKING:
    from hobnob_protocol.questions import Question

FINAL: Final = frozenset(
    {ByeCode.AUTH, ByeCode.CHANNEL, ByeCode.VERSION, ByeCode.REVOKED, ByeCode.WAITING}
)
"""Ends after which only a person can change anything."""
ELSEWHERE_SECONDS: Final = 60.0
"""A copy of this device has logged in: not to fight over the place, the older waits."""
NONCE_BYTES: Final = 32

GOODBYE_SECONDS: Final = 2.0
"""What came before a connection ended is read within this, as long as nobody waits for a close."""

ANSWER_SECONDS: Final = 35.0
"""So long the hub's answer to a question is waited for; the hub gives up before."""

PAGES_AT_ONCE: Final = 4
"""Pages that came together and are taken in one transaction: as many as the hub's credit lets be
under way, and some ten milliseconds in which nothing else is written."""
MESSAGES_AT_ONCE: Final = 32
"""Messages that came together and are taken so: to open what there is brings one a stream."""

Take = Callable[[Sequence[Input]], Awaitable[None]]
"""Puts inputs through the engine, durably, all or none."""


@value
class Ended:
    """How a connection ended: a code of `ByeCode` or a text, and when to come back."""

    code: str
    retry_seconds: float
    final: bool


class Conversation:
    """One connection, from its first message to its last."""

    def __init__(
        self,
        wire: Wire,
        device: DeviceFile,
        replica: ReplicaId,
        engine: ClientEngine,
        enrolment: JoinRequest | None,
    ) -> None:
        join = enrolment or _join(device)
        self._wire = wire
        self._device = device
        self._connection = ClientConnection(
            hub_expected=device.hub,
            signer=device.signer,
            account=device.account if join is None else None,
            join=join,
            replica=replica,
            epoch=engine.state.epoch,
            digest=engine.digest(),
            nonce=token_bytes(NONCE_BYTES),
            client_name=f"hobnob {__version__}",
            certificate=wire.certificate,
            loopback=wire.loopback,
            verifier=Ed25519Verifier(),
            now_ms=_now_ms(),
            hub_key=None,
        )
        self._deadline_ms: int | None = None
        self._inbox: deque[bytes] = deque()
        self._something = asyncio.Event()
        self._room = asyncio.Event()
        self._lost = False
        self._ended: Ended | None = None
        self._questions = 0
        """The greatest number of a question that the hub answers."""
        self._asked: dict[int, asyncio.Future[Told]] = {}
        self._asked_number = 0

    async def run(self, take: Take, welcomed: Callable[[DeviceFile], Awaitable[None]]) -> Ended:
        """Converse to the end."""
        receiving = asyncio.create_task(self._receive())
        try:
            while self._ended is None:
                await self._flush()
                await self._wait(receiving)
                if self._inbox:
                    await self._take_messages(take, welcomed)
                elif receiving.done():
                    receiving.result()
                else:
                    for event in self._connection.tick(_now_ms()):
                        await self._take(event, take, welcomed)
                if self._deadline_ms is not None and _now_ms() >= self._deadline_ms:
                    await take((Tick(),))
                if self._lost and self._ended is None:
                    self._connection.close(Bye(ByeCode.DONE, 0))
                    self._ended = Ended(ByeCode.DONE, 0.0, False)
            await self._flush()
        except LinkLost as lost:
            await self._hear_out(receiving, take, welcomed)
            return self._ended or Ended(str(lost), 0.0, False)
        finally:
            receiving.cancel()
            await asyncio.gather(receiving, return_exceptions=True)
            for answer in self._asked.values():
                if not answer.done():
                    answer.set_exception(LinkLost(t("the connection ended")))
        return self._ended

    def act(self, outputs: Iterable[Output], deadline_ms: int | None) -> None:
        """Do what a durable step says, on this connection."""
        for output in outputs:
            if isinstance(output, Send):
                if self._connection.state is State.OPEN:
                    self._connection.send(output.frame)
            elif isinstance(output, Consumed):
                self._connection.consumed(output.size_bytes)
            elif isinstance(output, Disconnect):
                self._lost = True
        self._deadline_ms = deadline_ms
        self._something.set()

    async def ask(self, question: "Question") -> bytes:
        """The hub's answer to a question. NotAnswered where it gives none, LinkLost where the
        connection ends before."""
        # Only who asks pays for importing what can be asked.
        from hobnob_protocol.questions import encode_question, number_of

        if number_of(question) > self._questions:
            raise NotAnswered("old" if self._connection.state is State.OPEN else "away")
        self._asked_number += 1
        number, answer = self._asked_number, asyncio.get_running_loop().create_future()
        self._asked[number] = answer
        self._connection.send(Ask(number, encode_question(question)))
        self._something.set()
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                told: Told = await answer
        except TimeoutError:
            raise LinkLost(t("no answer came")) from None
        finally:
            del self._asked[number]
        if told.status != THERE:
            raise NotAnswered("later" if told.status == LATER else "no")
        return told.answer

    @property
    def lag_ms(self) -> int | None:
        """So long the hub took to answer last; None before it has."""
        return self._connection.lag_ms

    def cut(self) -> None:
        """End it; the loop notices at once."""
        self._lost = True
        self._something.set()

    async def _receive(self) -> None:
        """Read ahead of the engine; ends with LinkLost."""
        try:
            while True:
                self._inbox.append(await self._wire.receive())
                self._something.set()
                while len(self._inbox) >= MESSAGES_AT_ONCE:
                    self._room.clear()
                    await self._room.wait()
        finally:
            self._something.set()

    async def _take_messages(
        self, take: Take, welcomed: Callable[[DeviceFile], Awaitable[None]]
    ) -> None:
        """Take what has come: frames that came together at once."""
        together: list[Input] = []
        pages = 0
        while self._inbox and pages < PAGES_AT_ONCE and len(together) < MESSAGES_AT_ONCE:
            for event in self._connection.receive(self._inbox.popleft(), _now_ms()):
                if isinstance(event, FrameReceived) and not isinstance(event.frame, Told):
                    together.append(Received(event.frame, event.size_bytes))
                    pages += isinstance(event.frame, Page | BackPage)
                    continue
                if together:
                    await take(together)
                    together, pages = [], 0
                await self._take(event, take, welcomed)
        self._room.set()
        if together:
            await take(together)

    async def _take(
        self,
        event: ConnectionEvent,
        take: Take,
        welcomed: Callable[[DeviceFile], Awaitable[None]],
    ) -> None:
        if isinstance(event, Welcomed):
            await welcomed(replace(self._device, hub_key=self._connection.proven_key, invite=b""))
            self._questions = event.welcome.questions
            await take((Linked(event.welcome),))
        elif isinstance(event, FrameReceived) and isinstance(event.frame, Told):
            answer = self._asked.get(event.frame.number)
            if answer is not None and not answer.done():
                answer.set_result(event.frame)
        elif isinstance(event, Closed):
            wait_seconds = event.retry_ms / 1_000
            if event.code == ByeCode.ELSEWHERE:
                wait_seconds = max(wait_seconds, ELSEWHERE_SECONDS)
            self._ended = Ended(event.code, wait_seconds, event.code in FINAL)

    async def _hear_out(
        self,
        receiving: "asyncio.Task[None]",
        take: Take,
        welcomed: Callable[[DeviceFile], Awaitable[None]],
    ) -> None:
        """Nothing can be written any more: the last words of the hub may wait to be read."""
        while self._ended is None:
            if self._inbox:
                await self._take_messages(take, welcomed)
            elif receiving.done():
                return
            else:
                self._something.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(GOODBYE_SECONDS):
                        await self._something.wait()
                if not self._something.is_set():
                    return

    async def _flush(self) -> None:
        for data in self._connection.to_send():
            await self._wire.send(data)

    async def _wait(self, receiving: "asyncio.Task[None]") -> None:
        """Until a message is there or something else is due."""
        deadlines = (self._connection.deadline_ms(), self._deadline_ms)
        due = min((found for found in deadlines if found is not None), default=None)
        seconds = None if due is None else max(0.0, (due - _now_ms()) / 1_000)
        if not self._inbox and not receiving.done():
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._something.wait()
        self._something.clear()


def _join(device: DeviceFile) -> JoinRequest | None:
    if not device.invite:
        return None
    return JoinRequest(device.invite, device.link, device.link_signature, device.handle)


def _now_ms() -> int:
    return int(time.monotonic() * 1_000)
