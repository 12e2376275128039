"""The connection at whose other end, behind the hub, is a device that knows the same words."""

import asyncio
from contextlib import suppress
from secrets import token_bytes
from typing import Final

from hobnob_client.link import LinkLost, Wire, dial
from hobnob_protocol import __version__
from hobnob_protocol.connection import ClientConnection, Closed, FrameReceived
from hobnob_protocol.crypto import Ed25519Verifier, Signer
from hobnob_protocol.errors import WorldError
from hobnob_protocol.ids import AccountId, DeviceKey, HubId, ReplicaId
from hobnob_protocol.limits import MEETING_SECONDS
from hobnob_protocol.meeting_frames import Carry

ANSWER_SECONDS: Final = 20.0
"""From the first packet to the hub's word that the slot is there."""
GRACE_SECONDS: Final = 10.0
"""A hub ends a meeting itself; one that does not is not waited for much longer."""
GLANCE_SECONDS: Final = 0.1
"""A look at what has come already."""
_NONCE_BYTES: Final = 32


class MeetingOver(WorldError):
    """The hub has ended it: `code` is the BYE's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Meeting:
    """An open connection at a slot."""

    def __init__(self, wire: Wire, connection: ClientConnection) -> None:
        self._wire = wire
        self._connection = connection
        self._heard: list[bytes] = []

    async def say(self, data: bytes) -> None:
        """Bytes for the other device. LinkLost."""
        self._connection.send(Carry(data))
        await self._flush()

    async def hear(self) -> bytes:
        """The other device's next bytes. MeetingOver, LinkLost, TimeoutError."""
        async with asyncio.timeout(MEETING_SECONDS + GRACE_SECONDS):
            while not self._heard:
                await self._flush()
                for event in self._connection.receive(await self._wire.receive(), 0):
                    if isinstance(event, Closed):
                        raise MeetingOver(event.code)
                    if isinstance(event, FrameReceived) and isinstance(event.frame, Carry):
                        self._heard.append(event.frame.data)
        return self._heard.pop(0)

    async def is_over(self) -> bool:
        """Is the other device gone, or says it what is not its turn?"""
        try:
            async with asyncio.timeout(GLANCE_SECONDS):
                self._heard.append(await self.hear())
        except TimeoutError:
            return False
        except (MeetingOver, LinkLost):
            return True
        return True

    async def close(self) -> None:
        """End it; nothing happens where it has ended."""
        await self._wire.close()

    async def _flush(self) -> None:
        for data in self._connection.to_send():
            await self._wire.send(data)


async def at_slot(
    host: str,
    port: int,
    hub: HubId,
    slot: bytes,
    signer: Signer,
    account: AccountId | None = None,
    hub_key: DeviceKey | None = None,
) -> Meeting:
    """Wait at this slot as a device of `account`, or without one come to it. MeetingOver where the
    hub has none for us; LinkLost, TimeoutError."""
    async with asyncio.timeout(ANSWER_SECONDS):
        wire = await dial(host, port)
        connection = ClientConnection(
            hub_expected=hub,
            signer=signer,
            account=account,
            join=None,
            slot=slot,
            replica=ReplicaId(bytes(8)),
            epoch=None,
            digest=None,
            nonce=token_bytes(_NONCE_BYTES),
            client_name=f"hobnob {__version__}",
            certificate=wire.certificate,
            loopback=wire.loopback,
            verifier=Ed25519Verifier(),
            now_ms=0,
            hub_key=hub_key,
        )
        meeting = Meeting(wire, connection)
        try:
            # The hub's own first word is empty.
            await meeting.hear()
        except BaseException:
            with suppress(LinkLost):
                await wire.close()
            raise
        return meeting
