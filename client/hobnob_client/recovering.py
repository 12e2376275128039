"""How somebody without a device comes back: the hub is met, the recovery key shown, a link signed.

Two short connections before the new device joins. The first learns which hub answers, so that the
person can compare its fingerprint before anything is signed. The second shows that hub the recovery
key, and learns how far the account's chain goes.
"""

import asyncio
import re
import time
from collections.abc import Callable, Coroutine
from secrets import token_bytes
from typing import Any, Final

from hobnob_client.failures import Exit, Failure
from hobnob_client.keyring import DeviceFile
from hobnob_client.link import LinkLost, Wire, dial
from hobnob_protocol import __version__
from hobnob_protocol.chain import is_genesis, recover
from hobnob_protocol.connection import ClientConnection, Closed, Located
from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier, Signer
from hobnob_protocol.errors import ByeCode, ProtocolError
from hobnob_protocol.frames import Challenge, Hello
from hobnob_protocol.ids import HubId, ReplicaId
from hobnob_protocol.invite_link import PORT, PORT_MAX, from_base32
from hobnob_protocol.limits import PREAUTH_FRAME_BYTES_MAX
from hobnob_protocol.link import RETURN, SEAT, read
from hobnob_protocol.login import VERSIONS, check_challenge
from hobnob_protocol.recovery_frames import ChainHead
from hobnob_protocol.ssh.signed import SshSigner
from hobnob_protocol.value import value
from hobnob_protocol.wire import decode_frame, encode_frame

ANSWER_SECONDS: Final = 20.0
"""From the first packet to the hub's last word."""
_NONCE_BYTES: Final = 32

Asked = Callable[["Place", Coroutine[Any, Any, ChainHead | None]], ChainHead | None]
"""Asks a hub, in words for the person where it is not reached."""
_FORM: Final = re.compile(
    r"(?:hobnob://)?(?:(?P<handle>[A-Za-z][A-Za-z0-9_-]{1,31})@)?"
    r"(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?"
    r"(?:/?#(?P<hub>[A-Za-z2-7]{52}))?",
    re.ASCII,
)


@value
class Place:
    """Whose account it was, and where: `HANDLE@HOST[:PORT][/#HUB]`; `hub` is None where it was not
    said, and `handle` empty where a hub alone was."""

    handle: str
    host: str
    port: int
    hub: HubId | None


def parse(text: str) -> Place:
    """The place that a text names; Failure where it names none."""
    place = _place(text)
    if place is None or not place.handle:
        said = f"{text!r} is no account: say HANDLE@HOST, as it stands on the sheet."
        raise Failure(said, Exit.USAGE)
    return place


def parse_hub(text: str) -> Place:
    """The same for a hub alone, `HOST[:PORT][/#HUB]`."""
    place = _place(text)
    if place is None or place.handle:
        said = f"{text!r} is no hub: say HOST, as it stands on the other device."
        raise Failure(said, Exit.USAGE)
    return place


def _place(text: str) -> Place | None:
    found = _FORM.fullmatch(text.strip())
    port = int(found["port"] or PORT) if found is not None else 0
    if found is None or not 0 < port <= PORT_MAX:
        return None
    try:
        hub = HubId(from_base32(found["hub"])) if found["hub"] else None
    except ValueError as broken:
        raise Failure("What follows # is no hub, or not all of it.", Exit.USAGE) from broken
    return Place((found["handle"] or "").lower(), found["host"].strip("[]").lower(), port, hub)


async def hub_at(place: Place) -> HubId:
    """Who answers there, as it proves itself. LinkLost; Failure where it does not."""
    hello = encode_frame(Hello(VERSIONS, token_bytes(_NONCE_BYTES), place.hub, _name()))
    async with asyncio.timeout(ANSWER_SECONDS):
        wire = await dial(place.host, place.port)
        try:
            await wire.send(hello)
            challenge = decode_frame(await wire.receive(), PREAUTH_FRAME_BYTES_MAX)
            if not isinstance(challenge, Challenge):
                raise _no_hub(place)
            seen = (wire.certificate, wire.loopback)
            check_challenge(hello, challenge, place.hub, *seen, Ed25519Verifier())
        except ProtocolError as broken:
            raise _no_hub(place) from broken
        finally:
            await wire.close()
    return challenge.hub


async def located(place: Place, hub: HubId, recovery: Signer) -> ChainHead | None:
    """Where the account stands that `recovery` is a key of, or a device that waits for; None where
    the hub knows no such key. LinkLost."""
    return await _asked(place, hub, recovery, None)


async def shown(place: Place, hub: HubId, ssh: SshSigner) -> ChainHead | None:
    """The same by an SSH key, which may be touched for it meanwhile."""
    return await _asked(place, hub, Ed25519Signer(token_bytes(_NONCE_BYTES)), ssh)


async def _asked(
    place: Place, hub: HubId, recovery: Signer, ssh: SshSigner | None
) -> ChainHead | None:
    async with asyncio.timeout(ANSWER_SECONDS):
        wire = await dial(place.host, place.port)
        try:
            return await _located(wire, place, hub, recovery, ssh)
        finally:
            await wire.close()


async def _located(
    wire: Wire, place: Place, hub: HubId, recovery: Signer, ssh: SshSigner | None
) -> ChainHead | None:
    connection = ClientConnection(
        hub_expected=hub,
        signer=recovery,
        account=None,
        join=None,
        recover=place.handle,
        ssh=ssh,
        replica=ReplicaId(bytes(8)),
        epoch=None,
        digest=None,
        nonce=token_bytes(_NONCE_BYTES),
        client_name=_name(),
        certificate=wire.certificate,
        loopback=wire.loopback,
        verifier=Ed25519Verifier(),
        now_ms=0,
    )
    found: ChainHead | None = None
    while True:
        for data in connection.to_send():
            await wire.send(data)
        for event in connection.receive(await wire.receive(), 0):
            if isinstance(event, Located):
                found = event.place
            elif isinstance(event, Closed):
                if event.code in (ByeCode.DONE, ByeCode.AUTH):
                    return found
                raise LinkLost(f"the hub said {event.code}")


def device_of(
    place: Place, hub: HubId, at: ChainHead, recovery: Ed25519Signer, seed: bytes
) -> DeviceFile:
    """A new device that joins by the link which the recovery key signs for it."""
    link = recover(hub, at.links, at.head, recovery, Ed25519Signer(seed), int(time.time()))
    return device_file(place, hub, at, seed, link)


def is_coming_back(device: DeviceFile) -> bool:
    """Is it a device that an SSH key has named and that the hub has not let in yet?"""
    if not device.invite or is_genesis(device.link):
        return False
    return read(device.link).type in (RETURN, SEAT)


def device_file(
    place: Place, hub: HubId, at: ChainHead, seed: bytes, signed: tuple[bytes, bytes]
) -> DeviceFile:
    """A device that joins by a further link of the account, with the link's signature."""
    link, signature = signed
    return DeviceFile(
        host=place.host,
        port=place.port,
        hub=hub,
        account=at.account,
        handle=place.handle,
        seed=seed,
        link=link,
        link_signature=signature,
        invite=at.account,
    )


def _name() -> str:
    return f"hobnob {__version__}"


def _no_hub(place: Place) -> Failure:
    said = "has not proved to be the hub that is meant, or somebody stands between."
    return Failure(f"What answers at {place.host} {said}")
