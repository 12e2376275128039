"""The client's side: HELLO, check the hub, prove who we are; then keep the line alive.

The client pings when it has said nothing for `PING_SECONDS`, which keeps the hub and every router
between from forgetting it, and when it has heard nothing for as long, since what it says into a
dead line proves nothing. Any frame within `PONG_SECONDS` is an answer.
"""

from collections.abc import Mapping
from typing import ClassVar, Final

from hobnob_protocol.connection.events import ConnectionEvent, Located, Welcomed
from hobnob_protocol.connection.machine import Handler, Machine, milliseconds
from hobnob_protocol.connection.states import State
from hobnob_protocol.crypto import SIGNATURE_BYTES, Signer, Verifier
from hobnob_protocol.errors import ByeCode, UsageError
from hobnob_protocol.frames import Auth, Challenge, Credit, Frame, Hello, Join, Ping, Pong, Welcome
from hobnob_protocol.ids import AccountId, DeviceKey, Epoch, HubId, ReplicaId, device_id
from hobnob_protocol.limits import CREDIT_BYTES, PING_SECONDS, PONG_SECONDS
from hobnob_protocol.login import (
    VERSIONS,
    check_challenge,
    sign_request,
    ssh_signed_request,
    transcript,
)
from hobnob_protocol.meeting_frames import Await, Meet
from hobnob_protocol.recovery_frames import ChainHead, Recover, SshRecover
from hobnob_protocol.senders import Side
from hobnob_protocol.ssh.signed import SshSigner
from hobnob_protocol.value import value
from hobnob_protocol.wire import encode_frame

_UNSIGNED: Final = bytes(SIGNATURE_BYTES)
"""Stands where the signature will be."""
_PING: Final = Ping(0)
CREDIT_MS: Final = 25
"""A replica that takes half a window more often than this gives back three quarters at once: a hub
ends who sends more than a hundred frames a second, however much of its credit they give back."""


@value
class JoinRequest:
    """What a new account brings: the invite, its genesis link, and the handle it would like."""

    invite: bytes
    link: bytes
    link_signature: bytes
    handle: str


class ClientConnection(Machine):
    """One connection to a hub; give it an `account`, a `join` for a new one, or to `recover` the
    handle of one that the signer is a recovery key of, or waits for; with an `ssh` key beside it,
    that key is shown instead. With a `slot` the account's device waits there instead, and without
    an account somebody comes to it.

    `hub_expected` is the pinned hub (None at first use) and `hub_key` its present key where signed
    succession has led away from the first; `nonce` is 32 bytes of entropy used nowhere else;
    `certificate` the SHA-256 of the one the transport was shown, and only a `loopback` may go
    without. UsageError where not one of `account`, `join` and `recover` is given, or beside a
    `slot` any but the first.
    """

    side = Side.CLIENT

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
        hub_key: DeviceKey | None = None,
        recover: str | None = None,
        ssh: SshSigner | None = None,
        slot: bytes | None = None,
    ) -> None:
        super().__init__(now_ms)
        self.proven_key: DeviceKey | None = None
        """The key the hub has signed its challenge with; None before."""
        self._expected = hub_expected
        self._hub_key = hub_key
        self._signer = signer
        self._ssh = ssh
        self._certificate = certificate
        self._loopback = loopback
        self._verifier = verifier
        self._request: Auth | Join | Recover | SshRecover | Await | Meet
        if slot is not None:
            if join is not None or recover is not None:
                raise UsageError("a client at a slot has an account or nothing")
        elif [account, join, recover].count(None) != 2:
            raise UsageError("a client logs in with an account, joins or recovers, one of these")
        signing = device_id(signer.public_key)
        if slot is not None and account is not None:
            self._request = Await(slot, account, signing, certificate, _UNSIGNED)
        elif slot is not None:
            self._request = Meet(slot, certificate)
        elif account is not None:
            self._request = Auth(account, signing, certificate, replica, epoch, digest, _UNSIGNED)
        elif join is not None:
            wish = (join.invite, join.link, join.link_signature, join.handle)
            self._request = Join(*wish, certificate, replica, _UNSIGNED)
        elif ssh is not None:
            assert recover is not None
            shown = device_id(DeviceKey(ssh.public_key))
            self._request = SshRecover(recover, shown, certificate, b"")
        else:
            assert recover is not None
            self._request = Recover(recover, signing, certificate, _UNSIGNED)
        self._spoke_ms = self._asked_ms = now_ms
        self.lag_ms: int | None = None
        """So long the hub took to answer, the line included: the hello at first, then each ping;
        None before its first answer."""
        self._pinged_ms: int | None = None
        self._owed_bytes = 0
        self._credited_ms = now_ms - CREDIT_MS
        self._hello = encode_frame(Hello(VERSIONS, nonce, hub_expected, client_name))
        self._advance(Hello)
        self._out.append(self._hello)

    def _on_challenge(self, challenge: Challenge, data: bytes) -> list[ConnectionEvent]:
        check_challenge(
            self._hello,
            challenge,
            self._expected,
            self._certificate,
            self._loopback,
            self._verifier,
            self._hub_key,
        )
        self.proven_key = challenge.hub_key
        self.lag_ms = self._now_ms - self._asked_ms
        request = self._request
        said = transcript(self._hello, data)
        if isinstance(request, SshRecover):
            assert self._ssh is not None
            request = ssh_signed_request(said, request, self._ssh)
        elif not isinstance(request, Meet):
            request = sign_request(said, request, self._signer)
        if isinstance(request, Await | Meet):
            self._stay()
        self._advance(type(request))
        self._out.append(encode_frame(request))
        return []

    def _on_welcome(self, welcome: Welcome, _: bytes) -> list[ConnectionEvent]:
        return [Welcomed(welcome)]

    def _on_chain_head(self, place: ChainHead, _: bytes) -> list[ConnectionEvent]:
        return [Located(place)]

    def receive(self, data: bytes, now_ms: int) -> list[ConnectionEvent]:
        """Take one message's bytes; what it means, in order."""
        self._pinged_ms = None
        return super().receive(data, now_ms)

    def to_send(self) -> list[bytes]:
        """The messages to write now, each once."""
        out = super().to_send()
        if out:
            # As of the last time we were told: at worst the next ping is early.
            self._spoke_ms = self._now_ms
        return out

    def consumed(self, size_bytes: int) -> None:
        """So many bytes of pages were taken in (`flow.page_cost_bytes`): the hub gets its credit
        back in portions of half a window; of more, soon after the last one."""
        self._owed_bytes += size_bytes
        is_soon = self._now_ms < self._credited_ms + CREDIT_MS
        if self._owed_bytes >= (CREDIT_BYTES * 3 // 4 if is_soon else CREDIT_BYTES // 2):
            self.return_credit()

    def return_credit(self) -> None:
        """Give the hub back at once whatever is owed; before the login is over it stays owed."""
        if self._owed_bytes and self.state is State.OPEN:
            self.send(Credit(self._owed_bytes))
            self._owed_bytes = 0
            self._credited_ms = self._now_ms

    def _due_ms(self) -> int:
        if self._pinged_ms is not None:
            return self._pinged_ms + milliseconds(PONG_SECONDS)
        return min(self._spoke_ms, self._heard_ms) + milliseconds(PING_SECONDS)

    def _on_due(self) -> list[ConnectionEvent]:
        if self._pinged_ms is not None:
            return [self._die(ByeCode.TIMEOUT, "the hub does not answer")]
        self._pinged_ms = self._asked_ms = self._now_ms
        self.send(_PING)
        return []

    def _on_pong(self, _: Pong, __: bytes) -> list[ConnectionEvent]:
        self.lag_ms = self._now_ms - self._asked_ms
        return []

    handlers: ClassVar[Mapping[type[Frame], Handler]] = {
        **Machine.handlers,
        Challenge: _on_challenge,
        ChainHead: _on_chain_head,
        Welcome: _on_welcome,
        Pong: _on_pong,
    }
