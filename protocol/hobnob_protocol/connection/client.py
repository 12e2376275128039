"""The client's side: HELLO, check the hub, prove who we are; then keep the line alive."""

from dataclasses import dataclass
from typing import Final

from hobnob_protocol.connection.events import Closed, ConnectionEvent, State, Welcomed
from hobnob_protocol.connection.machine import MS, Machine
from hobnob_protocol.crypto import Signer, Verifier
from hobnob_protocol.errors import ByeCode, ProtocolError, UsageError
from hobnob_protocol.frames import Auth, Challenge, Credit, Frame, Hello, Join, Ping, Welcome
from hobnob_protocol.ids import AccountId, Epoch, HubId, ReplicaId, device_id
from hobnob_protocol.limits import CREDIT_BYTES, PING_SECONDS, PONG_SECONDS
from hobnob_protocol.login import VERSIONS, check_challenge, sign_request, transcript
from hobnob_protocol.wire import HUB, encode_frame

UNSIGNED: Final = bytes(64)
"""Stands where a signature will be."""


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """What a new account brings: the invite, its genesis link, and the handle it would like."""

    invite: bytes
    link: bytes
    link_signature: bytes
    handle: str


class ClientConnection(Machine):
    """One connection to a hub; give it an `account`, or a `join` for a new one."""

    peer = HUB

    def __init__(
        self,
        *,
        hub_expected: HubId | None,
        signer: Signer,
        account: AccountId | None,
        join: JoinRequest | None,
        replica: ReplicaId,
        epoch: Epoch | None,
        digest: bytes | None,
        nonce: bytes,
        client_name: str,
        certificate: bytes | None,
        loopback: bool,
        verifier: Verifier,
        now_ms: int,
    ) -> None:
        super().__init__(now_ms)
        if (account is None) == (join is None):
            raise UsageError("a client logs in with an account or joins, one of both")
        self._expected = hub_expected
        self._signer = signer
        self._account = account
        self._join = join
        self._replica = replica
        self._epoch = epoch
        self._digest = digest
        self._certificate = certificate
        self._loopback = loopback
        self._verifier = verifier
        self._pinged_ms: int | None = None
        self._owed_bytes = 0
        self._hello = encode_frame(Hello(VERSIONS, nonce, hub_expected, client_name))
        self._out.append(self._hello)

    def _log_in(self, frame: Frame, data: bytes, now_ms: int) -> list[ConnectionEvent]:
        if self.state is State.GREETING and isinstance(frame, Challenge):
            check_challenge(
                self._hello,
                frame,
                self._expected,
                self._certificate,
                self._loopback,
                self._verifier,
            )
            self._out.append(encode_frame(self._request(transcript(self._hello, data))))
            self.state = State.WAITING
            self.spoke_ms = now_ms
            return []
        if self.state is State.WAITING and isinstance(frame, Welcome):
            self.state = State.OPEN
            return [Welcomed(frame)]
        raise ProtocolError("connection.state", type(frame).__name__)

    def _request(self, said: bytes) -> Auth | Join:
        if self._join is not None:
            wish = self._join
            return sign_request(
                said,
                Join(
                    wish.invite,
                    wish.link,
                    wish.link_signature,
                    wish.handle,
                    self._certificate,
                    self._replica,
                    UNSIGNED,
                ),
                self._signer,
            )
        assert self._account is not None
        return sign_request(
            said,
            Auth(
                self._account,
                device_id(self._signer.public_key),
                self._certificate,
                self._replica,
                self._epoch,
                self._digest,
                UNSIGNED,
            ),
            self._signer,
        )

    def consumed(self, size_bytes: int) -> None:
        """A page was taken in: the hub gets its credit back, in portions of half a window."""
        self._owed_bytes += size_bytes
        if self.state is State.OPEN and self._owed_bytes >= CREDIT_BYTES // 2:
            self.send(Credit(self._owed_bytes))
            self._owed_bytes = 0

    def tick(self, now_ms: int) -> list[ConnectionEvent]:
        """Time has passed: ping a silent hub, give up on a dead one."""
        if self.state is State.CLOSED:
            return []
        late = self._overdue(now_ms)
        if late is not None:
            return [late]
        if self.state is not State.OPEN:
            return []
        if self._pinged_ms is not None and self.heard_ms >= self._pinged_ms:
            self._pinged_ms = None
        if self._pinged_ms is None:
            if now_ms >= self.spoke_ms + int(PING_SECONDS * MS):
                self._out.append(encode_frame(Ping(0)))
                self._pinged_ms = self.spoke_ms = now_ms
        elif now_ms >= self._pinged_ms + int(PONG_SECONDS * MS):
            self.state = State.CLOSED
            return [Closed(ByeCode.TIMEOUT, 0, "the hub does not answer")]
        return []

    def deadline_ms(self) -> int | None:
        """When to call `tick` next; None once it is over."""
        if self.state is State.CLOSED:
            return None
        if self.state is not State.OPEN:
            return self._login_by_ms
        if self._pinged_ms is not None and self.heard_ms < self._pinged_ms:
            return self._pinged_ms + int(PONG_SECONDS * MS)
        return self.spoke_ms + int(PING_SECONDS * MS)
