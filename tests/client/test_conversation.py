"""One connection, from its first message to its last."""

import asyncio
from collections import deque
from collections.abc import Sequence

from hobnob_client.conversation import MESSAGES_AT_ONCE, PAGES_AT_ONCE, Conversation, Ended
from hobnob_client.founding import found
from hobnob_client.keyring import DeviceFile
from hobnob_client.link import LinkLost
from hobnob_protocol.connection import HubConnection, LoginRequested
from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from hobnob_protocol.errors import ByeCode
from hobnob_protocol.event import Author
from hobnob_protocol.frames import Bye, Frame, Opened, Page, Welcome
from hobnob_protocol.ids import DIRECTORY, Epoch, GrantId, Head, HubId, ReplicaId, device_id, hub_id
from hobnob_protocol.invite_link import InviteLink
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.wire import encode_frame
from hobnob_sync.client_engine.engine import ClientEngine
from hobnob_sync.client_engine.inputs import Input
from hobnob_sync.client_engine.state import Identity
from hobnob_sync.testing.memory import MemoryReplicaStore

LINK = InviteLink("127.0.0.1", 4626, HubId(bytes(range(32))), bytes(range(16)))


class EndedWire:
    """The hub has said its last words and closed; nobody has read them yet."""

    certificate: bytes | None = None
    loopback = True

    def __init__(self, *words: bytes) -> None:
        self._words = deque(words)

    async def receive(self) -> bytes:
        """What came before the end, then the end."""
        await asyncio.sleep(0)
        if not self._words:
            raise LinkLost("the connection ended")
        return self._words.popleft()

    async def send(self, message: bytes) -> None:
        """It has ended."""
        raise LinkLost("the connection ended")

    async def close(self) -> None:
        """It has."""


def ended(*words: bytes) -> Ended:
    """What a device makes of a connection that could not be written from the start."""

    async def take(several: Sequence[Input]) -> None:
        raise AssertionError(several)

    async def welcomed(device: DeviceFile) -> None:
        raise AssertionError(device)

    async def story() -> Ended:
        device = found(LINK, "bob", 1_700_000_000)
        key = device.signer.public_key
        author = Author(device.account, device_id(key), key)
        identity = Identity(device.hub, key, author, device.signer, Ed25519Verifier(), STANDARD)
        engine = ClientEngine(MemoryReplicaStore().boot(ClientEngine.NOUNS), identity)
        wire = EndedWire(*words)
        conversation = Conversation(wire, device, ReplicaId(bytes(8)), engine, None)
        return await conversation.run(take, welcomed)

    return asyncio.run(story())


class HubWire:
    """A hub that lets in whoever knocks, says all that follows its welcome at once, and ends it."""

    certificate: bytes | None = None
    loopback = True

    def __init__(self, hub: HubConnection, *after: Frame) -> None:
        self._hub = hub
        self._after = after
        self._said: deque[bytes] = deque()
        self._something = asyncio.Event()

    async def receive(self) -> bytes:
        """The next of what it has said."""
        while not self._said:
            self._something.clear()
            await self._something.wait()
        return self._said.popleft()

    async def send(self, message: bytes) -> None:
        """It hears this."""
        for event in self._hub.receive(message, 0):
            if isinstance(event, LoginRequested):
                self._hub.send(Welcome((Epoch(bytes(8)),), 0, 0, True, 0))
                for frame in self._after:
                    self._hub.send(frame)
                self._hub.close(Bye(ByeCode.DONE, 0))
        self._said.extend(self._hub.to_send())
        self._something.set()

    async def close(self) -> None:
        """Nobody is told."""


def taken_together(*frames: Frame) -> list[int]:
    """How many frames were taken at once, each time, of those that a hub has said at once."""
    counts: list[int] = []

    async def take(several: Sequence[Input]) -> None:
        await asyncio.sleep(0)
        counts.append(len(several))

    async def welcomed(device: DeviceFile) -> None:
        await asyncio.sleep(0)

    async def story() -> None:
        hub_signer = Ed25519Signer(bytes(range(32)))
        link = InviteLink("127.0.0.1", 4626, hub_id(hub_signer.public_key), bytes(16))
        device = found(link, "bob", 1_700_000_000)
        key = device.signer.public_key
        author = Author(device.account, device_id(key), key)
        identity = Identity(device.hub, key, author, device.signer, Ed25519Verifier(), STANDARD)
        engine = ClientEngine(MemoryReplicaStore().boot(ClientEngine.NOUNS), identity)
        hub = HubConnection(link.hub, hub_signer, bytes(32), (), Ed25519Verifier(), 0, 0)
        wire = HubWire(hub, *frames)
        conversation = Conversation(wire, device, ReplicaId(bytes(8)), engine, None)
        await conversation.run(take, welcomed)

    asyncio.run(story())
    return counts


def test_what_comes_at_once_is_taken_at_once() -> None:
    """To open sixty streams is not sixty transactions; behind the welcome, which comes alone."""
    head = Head(bytes(32))
    opened = [Opened(DIRECTORY, GrantId(bytes(8)), n, 0, 0, head, 0, ()) for n in range(60)]
    welcome, *counts = taken_together(*opened)
    assert welcome == 1
    assert sum(counts) == 60
    assert len(counts) <= 3
    assert max(counts) <= MESSAGES_AT_ONCE


def test_few_pages_are_taken_at_once() -> None:
    """While they are written nothing else is."""
    pages = [Page(n, 1, ()) for n in range(10)]
    _, *counts = taken_together(*pages)
    assert sum(counts) == 10
    assert max(counts) <= PAGES_AT_ONCE


def test_the_last_words_of_a_hub_are_heard_where_nothing_can_be_said_any_more() -> None:
    """It says why and closes while something was about to be sent."""
    last = encode_frame(Bye(ByeCode.CROWDED, 30_000))
    assert ended(last) == Ended(ByeCode.CROWDED, 30.0, False)


def test_a_hub_that_has_said_nothing_is_lost() -> None:
    """And how it showed is told."""
    assert ended() == Ended("the connection ended", 0.0, False)
