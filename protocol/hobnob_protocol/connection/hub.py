"""The hub's side: greet, let the engine decide who may enter, drop who is silent."""

from collections.abc import Mapping
from typing import ClassVar

from hobnob_protocol.connection.events import (
    ConnectionEvent,
    LoginRequested,
    MeetingRequested,
    RecoveryRequested,
)
from hobnob_protocol.connection.machine import Handler, Machine, milliseconds
from hobnob_protocol.connection.states import OPEN
from hobnob_protocol.crypto import SIGNATURE_BYTES, Signer, Verifier
from hobnob_protocol.errors import AuthError, ByeCode
from hobnob_protocol.frames import Auth, Challenge, Frame, Hello, Join
from hobnob_protocol.ids import HubId
from hobnob_protocol.limits import SILENCE_SECONDS
from hobnob_protocol.login import (
    check_certificate,
    choose_version,
    sign_challenge,
    transcript,
)
from hobnob_protocol.meeting_frames import Await, Meet
from hobnob_protocol.recovery_frames import Recover, SshRecover
from hobnob_protocol.senders import Side
from hobnob_protocol.wire import credited_bytes, encode_frame


class HubConnection(Machine):
    """One client's connection, from its first byte.

    `nonce` is 32 bytes of entropy used nowhere else; `certificates` the SHA-256 of each one clients
    may be shown, none on loopback only; `time_ms` the hub's wall clock, which clients are told.
    Who a client is and what may be under way to it is the engine's to know: it checks logins, so
    that `verifier` goes unused here, and it keeps each session's credit.
    """

    side = Side.HUB

    def __init__(
        self,
        hub: HubId,
        signer: Signer,
        nonce: bytes,
        certificates: tuple[bytes, ...],
        verifier: Verifier,
        now_ms: int,
        time_ms: int = 0,
    ) -> None:
        super().__init__(now_ms)
        self._hub = hub
        self._signer = signer
        self._nonce = nonce
        self._certificates = certificates
        self._time_ms = time_ms
        self._transcript = b""

    def take_credit(self, data: bytes, now_ms: int) -> int:
        """Take one message if it is a CREDIT that has its place: how much it gives back. 0 where
        that takes `receive` to say, which nothing has been taken from then."""
        size_bytes = credited_bytes(data) if self.state is OPEN else 0
        if size_bytes:
            self._now_ms = self._heard_ms = now_ms
        return size_bytes

    def _on_hello(self, hello: Hello, data: bytes) -> list[ConnectionEvent]:
        version = choose_version(hello.versions)
        if version is None:
            raise AuthError("login.version", f"{hello.versions}")
        unsigned = Challenge(
            version,
            self._hub,
            self._signer.public_key,
            self._nonce,
            self._time_ms,
            self._certificates,
            bytes(SIGNATURE_BYTES),
        )
        challenge = encode_frame(sign_challenge(data, unsigned, self._signer))
        self._transcript = transcript(data, challenge)
        self._advance(Challenge)
        self._out.append(challenge)
        return []

    def _on_request(
        self, request: Auth | Join | Recover | SshRecover | Await | Meet, _: bytes
    ) -> list[ConnectionEvent]:
        if not check_certificate(request, self._certificates):
            raise AuthError("login.certificate", "somebody stands between us and the client")
        if isinstance(request, Recover | SshRecover):
            return [RecoveryRequested(request, self._transcript)]
        if isinstance(request, Await | Meet):
            self._stay()
            return [MeetingRequested(request, self._transcript)]
        return [LoginRequested(request, self._transcript)]

    def _due_ms(self) -> int:
        return self._heard_ms + milliseconds(SILENCE_SECONDS)

    def _on_due(self) -> list[ConnectionEvent]:
        return [self._die(ByeCode.TIMEOUT, "nothing was heard for too long")]

    handlers: ClassVar[Mapping[type[Frame], Handler]] = {
        **Machine.handlers,
        Hello: _on_hello,
        Auth: _on_request,
        Join: _on_request,
        Recover: _on_request,
        SshRecover: _on_request,
        Await: _on_request,
        Meet: _on_request,
    }
