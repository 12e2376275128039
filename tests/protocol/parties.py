"""An honest client and an honest hub, and the wire between them."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from hobnob_protocol.chain import genesis
from hobnob_protocol.connection import (
    ClientConnection,
    Closed,
    HubConnection,
    JoinRequest,
    LoginRequested,
    State,
)
from hobnob_protocol.crypto import Signer, Verifier
from hobnob_protocol.errors import ByeCode
from hobnob_protocol.frames import Auth, Bye, Frame, Welcome
from hobnob_protocol.ids import AccountId, DeviceKey, Epoch, HubId, ReplicaId, device_id, hub_id
from hobnob_protocol.login import check_request
from hobnob_protocol.senders import Side
from hobnob_protocol.ssh.signed import SshSigner
from hobnob_protocol.testing.keyed import KeyedSigner, KeyedVerifier
from hobnob_protocol.testing.wire import Wire
from hobnob_protocol.wire import decode_frame

VERIFIER: Final = KeyedVerifier()
HUB_SIGNER: Final = KeyedSigner(b"hub")
HUB: Final = hub_id(HUB_SIGNER.public_key)
ROGUE_SIGNER: Final = KeyedSigner(b"rogue")
ROGUE: Final = hub_id(ROGUE_SIGNER.public_key)
DEVICE: Final = KeyedSigner(b"device")
OTHER_DEVICE: Final = KeyedSigner(b"other device")
ACCOUNT: Final = AccountId(b"a" * 20)
CERTIFICATE: Final = sha256(b"certificate").digest()
WELCOME: Final = Welcome((Epoch(b"epoch--1"),), 1_800_000_000_000, 65_535, True, 0)
INVITE: Final = b"invite"


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """What a hub's engine decides at the door: one account with one device, and one invite."""

    verifier: Verifier = VERIFIER
    key: DeviceKey = DEVICE.public_key

    def __call__(self, login: LoginRequested) -> Welcome | Bye:
        """WELCOME to whom we know or invited; the same BYE to everybody else."""
        frame = login.frame
        if isinstance(frame, Auth):
            known = (frame.account, frame.device) == (ACCOUNT, device_id(self.key))
        else:
            known = frame.invite == INVITE
        signed = check_request(login.transcript, frame, self.key, self.verifier)
        return WELCOME if known and signed else Bye(ByeCode.AUTH, 0)


JUDGE: Final = Doorkeeper()


def client(
    *,
    expected: HubId | None = HUB,
    signer: Signer = DEVICE,
    account: AccountId | None = ACCOUNT,
    join: JoinRequest | None = None,
    nonce: bytes = b"c" * 32,
    certificate: bytes | None = CERTIFICATE,
    loopback: bool = False,
    verifier: Verifier = VERIFIER,
    now_ms: int = 0,
    hub_key: DeviceKey | None = None,
    recover: str | None = None,
    ssh: SshSigner | None = None,
    slot: bytes | None = None,
) -> ClientConnection:
    """A client that has just connected."""
    return ClientConnection(
        hub_expected=expected,
        signer=signer,
        account=account if join is None and recover is None else None,
        join=join,
        replica=ReplicaId(b"replica!"),
        epoch=Epoch(b"epoch--1"),
        digest=b"d" * 16,
        nonce=nonce,
        client_name="test",
        certificate=certificate,
        loopback=loopback,
        verifier=verifier,
        now_ms=now_ms,
        hub_key=hub_key,
        recover=recover,
        ssh=ssh,
        slot=slot,
    )


def hub(
    *,
    name: HubId = HUB,
    signer: Signer = HUB_SIGNER,
    nonce: bytes = b"h" * 32,
    certificates: tuple[bytes, ...] = (CERTIFICATE,),
    now_ms: int = 0,
    time_ms: int = 0,
) -> HubConnection:
    """A hub that has just accepted a connection."""
    return HubConnection(name, signer, nonce, certificates, VERIFIER, now_ms, time_ms)


def wish() -> JoinRequest:
    """What a newcomer brings."""
    link, signature = genesis(DEVICE, HUB, 0)
    return JoinRequest(INVITE, link, signature, "ada")


def opened(now_ms: int = 0) -> Wire:
    """Both sides, logged in."""
    wire = Wire(client(now_ms=now_ms), hub(now_ms=now_ms), JUDGE, now_ms)
    wire.deliver_all()
    return wire


def state_of(end: ClientConnection | HubConnection) -> State:
    """Where one side stands now; type checkers would take the attribute itself for unchanged."""
    return end.state


def said(end: ClientConnection | HubConnection) -> list[Frame]:
    """What one side has to say now."""
    return [decode_frame(data) for data in end.to_send()]


def closed(wire: Wire, side: Side) -> Closed:
    """How one side saw the end."""
    (end,) = [event for event in wire.events[side] if isinstance(event, Closed)]
    return end
