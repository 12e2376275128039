"""Who is who: the signed transcript of a login (security.md §3, DESIGN §12 Login).

::

    hub    signs "hobnob/1 hub\\0"  ‖ SHA-256(HELLO as sent ‖ CHALLENGE without its last field)
    client signs "hobnob/1 auth\\0" ‖ T ‖ AUTH, JOIN, RECOVER or AWAIT without its last field
                                        T = SHA-256(HELLO as sent ‖ CHALLENGE as sent)

A frame without its last field is the same array, one element shorter: the signature is left out.
Its first element is the frame's op, so an AUTH is never taken for a JOIN, nor what a recovery key
signs for either; an SSH key signs the same by SSHSIG, in a namespace of its own. Both sides' nonces
are in T, so a recorded login is of no use; the hub's name and the certificate the client saw are
signed, so neither is one relayed by another hub or through a proxy.
"""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final, TypeVar

from hobnob_protocol.chain import is_genesis
from hobnob_protocol.crypto import Signer, Verifier
from hobnob_protocol.errors import AuthError
from hobnob_protocol.frames import Auth, Challenge, Join
from hobnob_protocol.ids import AccountId, DeviceKey, HubId, account_id, hub_id
from hobnob_protocol.meeting_frames import Await, Meet
from hobnob_protocol.recovery_frames import Recover, SshRecover
from hobnob_protocol.ssh import signed
from hobnob_protocol.ssh.signed import SshSigner
from hobnob_protocol.wire import encode_unsigned

VERSIONS: Final = (1,)
"""Protocol versions this library speaks, the best first."""

RULES: Final = {
    "login.version": "the hub chose a version the client offered",
    "login.hub": "the hub is the one that was meant",
    "login.hub_key": "the hub's key is its first one, hashed to its id, or the one that follows it",
    "login.signature": "the hub signed what both sides have said",
    "login.certificate": "the connection ends at the hub itself",
}
"""Every rule a challenge must keep, by the name its `AuthError` carries."""

_HUB_TAG: Final = b"hobnob/1 hub\0"
_AUTH_TAG: Final = b"hobnob/1 auth\0"

Request = TypeVar("Request", bound=Auth | Join | Recover | Await)


def account_of(request: Auth | Join) -> AccountId:
    """Whose login it would be, if it holds: a JOIN's genesis founds an account, any other link goes
    to the one it names. What a stranger names so may be no account, and need not have its length.
    """
    if isinstance(request, Auth):
        return request.account
    return account_id(request.link) if is_genesis(request.link) else AccountId(request.invite)


def choose_version(offered: Sequence[int]) -> int | None:
    """The best version both sides speak, or None."""
    return next((version for version in VERSIONS if version in offered), None)


def transcript(hello: bytes, challenge: bytes) -> bytes:
    """What both sides have said so far: 32 bytes over the frames as they were sent."""
    return sha256(hello + challenge).digest()


def sign_challenge(hello: bytes, challenge: Challenge, signer: Signer) -> Challenge:
    """The challenge with the hub's signature over HELLO and itself."""
    signature = signer.sign(_HUB_TAG + transcript(hello, encode_unsigned(challenge)))
    return replace(challenge, signature=signature)


def check_challenge(
    hello: bytes,
    challenge: Challenge,
    expected: HubId | None,
    certificate: bytes | None,
    loopback: bool,
    verifier: Verifier,
    successor: DeviceKey | None = None,
) -> None:
    """Is this the hub we mean, at the other end of this very connection?

    `expected` is the pinned hub, None at first use; `certificate` the SHA-256 of the peer's. Only a
    loopback or Unix socket may go without certificates. `successor` is the hub's present key where
    signed succession has led away from the first; the first is then worth nothing. AuthError where
    anything differs: there is no "continue anyway".
    """
    if challenge.version not in VERSIONS:
        raise AuthError("login.version", f"{challenge.version}")
    if expected is not None and challenge.hub != expected:
        raise AuthError("login.hub", "another hub answered")
    if successor is None:
        right = hub_id(challenge.hub_key) == challenge.hub
    else:
        # A succession is of one hub, so it says nothing of a hub that was not pinned.
        right = expected is not None and challenge.hub_key == successor
    if not right:
        raise AuthError("login.hub_key", "the key is not of this hub")
    signed = _HUB_TAG + transcript(hello, encode_unsigned(challenge))
    if not verifier.verify(challenge.hub_key, challenge.signature, signed):
        raise AuthError("login.signature", "the hub did not sign")
    if not challenge.certificates and not loopback:
        raise AuthError("login.certificate", "the hub names no certificate")
    if challenge.certificates and certificate not in challenge.certificates:
        raise AuthError("login.certificate", "somebody stands between us and the hub")


def sign_request(said: bytes, request: Request, signer: Signer) -> Request:
    """A request with its key's signature; `said` is the transcript before it."""
    return replace(request, signature=signer.sign(_AUTH_TAG + said + encode_unsigned(request)))


def ssh_signed_request(said: bytes, request: SshRecover, ssh: SshSigner) -> SshRecover:
    """The same with an SSH key's signature."""
    message = _AUTH_TAG + said + encode_unsigned(request)
    return replace(request, proof=ssh.sign(signed.to_sign(signed.RECOVER, message)))


def check_ssh_request(said: bytes, request: SshRecover, key: bytes) -> bool:
    """Did this SSH key sign this, now and here?"""
    message = _AUTH_TAG + said + encode_unsigned(request)
    return signed.is_signed(key, request.proof, signed.RECOVER, message)


def check_request(
    said: bytes, request: Auth | Join | Recover | Await, device_key: DeviceKey, verifier: Verifier
) -> bool:
    """Did the device or recovery key sign this, now and here?"""
    signed = _AUTH_TAG + said + encode_unsigned(request)
    return verifier.verify(device_key, request.signature, signed)


def check_certificate(
    request: Auth | Join | Recover | SshRecover | Await | Meet, certificates: Sequence[bytes]
) -> bool:
    """Did the client see one of the hub's certificates? None is right only where there is none."""
    return request.certificate in certificates if certificates else request.certificate is None
