"""One connection, from its first message to its last."""

import asyncio
from collections import deque
from collections.abc import Sequence

from hobnob_client.conversation import Conversation, Ended
from hobnob_client.founding import found
from hobnob_client.keyring import DeviceFile
from hobnob_client.link import LinkLost
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.errors import ByeCode
from hobnob_protocol.event import Author
from hobnob_protocol.frames import Bye
from hobnob_protocol.ids import HubId, ReplicaId, device_id
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


def test_the_last_words_of_a_hub_are_heard_where_nothing_can_be_said_any_more() -> None:
    """It says why and closes while something was about to be sent."""
    last = encode_frame(Bye(ByeCode.CROWDED, 30_000))
    assert ended(last) == Ended(ByeCode.CROWDED, 30.0, False)


def test_a_hub_that_has_said_nothing_is_lost() -> None:
    """And how it showed is told."""
    assert ended() == Ended("the connection ended", 0.0, False)
