"""The hub's side: greet, let the engine decide who may enter, count what may be under way."""

from hobnob_protocol.connection.events import ConnectionEvent, LoginRequested, State
from hobnob_protocol.connection.machine import MS, Machine
from hobnob_protocol.crypto import Signer, Verifier
from hobnob_protocol.errors import AuthError, ByeCode, ProtocolError
from hobnob_protocol.frames import Auth, Challenge, Frame, Hello, Join, Welcome
from hobnob_protocol.ids import HubId
from hobnob_protocol.limits import SILENCE_SECONDS
from hobnob_protocol.login import (
    check_certificate,
    choose_version,
    sign_challenge,
    transcript,
)
from hobnob_protocol.wire import CLIENT, encode_frame


class HubConnection(Machine):
    """One client's connection, from its first byte."""

    peer = CLIENT

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
        self._verifier = verifier
        self._time_ms = time_ms
        self._said = b""

    def _log_in(self, frame: Frame, data: bytes, now_ms: int) -> list[ConnectionEvent]:
        if self.state is State.GREETING and isinstance(frame, Hello):
            return self._greet(frame, data)
        if self.state is State.PROVING and isinstance(frame, Auth | Join):
            if not check_certificate(frame, self._certificates):
                raise AuthError("login.certificate", "somebody stands between us and the client")
            self.state = State.WAITING
            return [LoginRequested(frame, self._said)]
        raise ProtocolError("connection.state", type(frame).__name__)

    def _greet(self, hello: Hello, data: bytes) -> list[ConnectionEvent]:
        version = choose_version(hello.versions)
        if version is None:
            return [self._die(ByeCode.VERSION, f"{hello.versions}")]
        challenge = sign_challenge(
            data,
            Challenge(
                version,
                self._hub,
                self._signer.public_key,
                self._nonce,
                self._time_ms,
                self._certificates,
                bytes(64),
            ),
            self._signer,
        )
        encoded = encode_frame(challenge)
        self._said = transcript(data, encoded)
        self._out.append(encoded)
        self.state = State.PROVING
        return []

    def send(self, frame: Frame) -> None:
        """Send a frame; a WELCOME ends the login."""
        if self.state is State.WAITING and isinstance(frame, Welcome):
            self.state = State.OPEN
        super().send(frame)

    def send_encoded(self, data: bytes, frame_type: type[Frame]) -> None:
        """Send a frame that was encoded once for many."""
        if self.state is State.WAITING and frame_type is Welcome:
            self.state = State.OPEN
        if self.state is State.OPEN:
            self._out.append(data)

    def tick(self, now_ms: int) -> list[ConnectionEvent]:
        """Time has passed: drop who is silent or never logs in."""
        if self.state is State.CLOSED:
            return []
        late = self._overdue(now_ms)
        if late is not None:
            return [late]
        if self.state is State.OPEN and now_ms >= self.heard_ms + int(SILENCE_SECONDS * MS):
            return [self._die(ByeCode.TIMEOUT, "silence")]
        return []

    def deadline_ms(self) -> int | None:
        """When to call `tick` next; None once it is over."""
        if self.state is State.CLOSED:
            return None
        if self.state is not State.OPEN:
            return self._login_by_ms
        return self.heard_ms + int(SILENCE_SECONDS * MS)
