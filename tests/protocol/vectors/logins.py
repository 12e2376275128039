"""Whole logins, frame by frame: what each side knows, what both send, and who refuses what.

A transcript is told by its frames. Who is not hostile has an entry that says what it knows, so that
an implementation put in its place sends these very bytes.
"""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Final

from tests.protocol.vectors.by_hand import array
from tests.protocol.vectors.chain_links import NOBODY
from tests.protocol.vectors.chain_links import TAG as CHAIN_TAG
from tests.protocol.vectors.people import HUB, HUB_DEVICE, LAPTOP, PHONE, Person
from tests.protocol.vectors.rows import Row, plain, told
from tests.protocol.vectors.ssh_holders import DESK, RECOVER, Plain, wrapped

HUB_TAG: Final = b"hobnob/1 hub\0"
AUTH_TAG: Final = b"hobnob/1 auth\0"
CERTIFICATE: Final = sha256(b"certificate").digest()
OLD_CERTIFICATE: Final = sha256(b"the one before").digest()
PROXYS: Final = sha256(b"proxy").digest()
GENESIS: Final = array(*NOBODY.link(0, LAPTOP.key).values())
ACCOUNT: Final = sha256(GENESIS).digest()[:20]
INVITE: Final = b"invite"
CLIENT_NONCE: Final = sha256(b"client nonce").digest()
HUB_NONCE: Final = sha256(b"hub nonce").digest()
EPOCH: Final = b"epoch--1"
TIME_MS: Final = 1_700_000_000_000
WELCOME: Final = array(5, [EPOCH], TIME_MS, 3, False, 4)
BYE_RETRY_MS: Final = 0
CHAIN_HEAD: Final = array(12, ACCOUNT, 3, sha256(b"head").digest())
DONE: Final = array(63, "done", 0)


@dataclass(frozen=True)
class Login:
    """One login as both sides would say it; hostile ones differ in a part."""

    expected_hub: bytes | None = HUB
    hub_key: bytes | None = None
    seen: bytes | None = CERTIFICATE
    loopback: bool = False
    versions: tuple[int, ...] = (1,)
    client_nonce: bytes = CLIENT_NONCE
    epoch: bytes | None = EPOCH
    digest: bytes | None = b"d" * 16
    account: bytes = ACCOUNT
    device: Person = LAPTOP
    named_device: bytes = LAPTOP.device
    joins: bool = False
    recovers: bool = False
    ssh: Plain | None = None
    invite: bytes = INVITE
    handle: str = "ada"
    hub: bytes = HUB
    hub_device: Person = HUB_DEVICE
    version: int = 1
    hub_nonce: bytes = HUB_NONCE
    certificates: tuple[bytes, ...] = (CERTIFICATE, OLD_CERTIFICATE)
    known: tuple[tuple[bytes, bytes], ...] = ((ACCOUNT, LAPTOP.key),)
    later: tuple[object, ...] = field(default=())

    # What is sent.

    def hello(self) -> bytes:
        """HELLO."""
        return array(1, self.versions, self.client_nonce, self.expected_hub, "test", *self.later)

    def challenge_fields(self) -> tuple[object, ...]:
        """CHALLENGE without its signature."""
        key = self.hub_device.key
        named = (self.version, self.hub, key, self.hub_nonce, TIME_MS, self.certificates)
        return (2, *named)

    def hub_signs(self) -> bytes:
        """What the hub's signature covers."""
        said = sha256(self.hello() + array(*self.challenge_fields())).digest()
        return HUB_TAG + said

    def challenge(self, signature: bytes | None = None, *later: object) -> bytes:
        """CHALLENGE."""
        signature = self.hub_device.sign(self.hub_signs()) if signature is None else signature
        return array(*self.challenge_fields(), signature, *later)

    def transcript(self) -> bytes:
        """What both have said, in 32 bytes."""
        return sha256(self.hello() + self.challenge()).digest()

    def request_fields(self) -> tuple[object, ...]:
        """AUTH, JOIN or RECOVER without its signature; what leads to a slot is in `meetings`."""
        if self.ssh is not None:
            return (20, self.handle, sha256(self.ssh.public_key).digest()[:8], self.seen)
        if self.recovers:
            return (11, self.handle, self.named_device, self.seen)
        if self.joins:
            signature = self.device.sign(CHAIN_TAG, GENESIS)
            wish = (self.invite, GENESIS, signature, self.handle)
            return (4, *wish, self.seen, b"replica!")
        here = (b"replica!", self.epoch, self.digest)
        return (3, self.account, self.named_device, self.seen, *here)

    def client_signs(self) -> bytes:
        """What the device's signature covers."""
        return AUTH_TAG + self.transcript() + array(*self.request_fields())

    def request(self, signature: bytes | None = None) -> bytes:
        """AUTH, JOIN, RECOVER or SSHRECOVER."""
        if signature is None and self.ssh is not None:
            signature = self.ssh.sign(wrapped(self.client_signs(), RECOVER))
        signature = self.device.sign(self.client_signs()) if signature is None else signature
        return array(*self.request_fields(), signature)

    # What a row tells.

    def client_told(self) -> Row:
        """All that the client knows."""
        link_signature = self.device.sign(CHAIN_TAG, GENESIS)
        wish = {
            "invite": self.invite,
            "link": GENESIS,
            "link_signature": link_signature,
            "handle": self.handle,
        }
        knows: dict[str, Any] = {
            "expected_hub": self.expected_hub,
            "hub_key": self.hub_key,
            "certificate": self.seen,
            "loopback": self.loopback,
            "nonce": self.client_nonce,
            "client": "test",
            "device_seed": self.device.seed,
            "account": None if self.joins or self.recovers else self.account,
            "join": wish if self.joins else None,
            "replica": b"replica!",
            "epoch": self.epoch,
            "digest": self.digest,
            **({"recover": self.handle} if self.recovers else {}),
            **({"ssh_seed": self.ssh.person.seed} if self.ssh is not None else {}),
        }
        return {name: plain(value) for name, value in knows.items()}

    def hub_told(self) -> Row:
        """All that the hub knows."""
        knows: dict[str, Any] = {
            "hub": self.hub,
            "device_seed": self.hub_device.seed,
            "nonce": self.hub_nonce,
            "time_ms": TIME_MS,
            "certificates": self.certificates,
            "accounts": [{"account": name, "device_key": key} for name, key in self.known],
            "invites": [INVITE],
            **({"recovery": self.recovery_told()} if self.recovers else {}),
        }
        return {name: plain(value) for name, value in knows.items()}

    def recovery_told(self) -> list[Row]:
        """The recovery keys that the hub knows of: one of SSH where one is shown."""
        key = PHONE.key if self.ssh is None else DESK.public_key
        return [{"handle": "ada", "key": key, **({"ssh": True} if self.ssh is not None else {})}]


def frames(*sent: bytes, first: str = "client") -> list[Row]:
    """Frames in the order they are sent, by both sides in turn."""
    sides = ("client", "hub") if first == "client" else ("hub", "client")
    return [{"from": sides[at % 2], **told(data)} for at, data in enumerate(sent)]


def right(name: str, login: Login, client: bool = True) -> Row:
    """A login that ends with WELCOME; without `client` only the hub is tried on it."""
    return {
        "name": name,
        "client": login.client_told() if client else None,
        "hub": login.hub_told(),
        "frames": frames(login.hello(), login.challenge(), login.request(), WELCOME),
        "fields": {
            "hub_signs": login.hub_signs().hex(),
            "transcript": login.transcript().hex(),
            "client_signs": login.client_signs().hex(),
        },
    }


def recovery(name: str, login: Login) -> Row:
    """A recovery key that is told where its account stands; both sides end there."""
    said = frames(login.hello(), login.challenge(), login.request(), CHAIN_HEAD)
    return {
        **right(name, login),
        "frames": [*said, *frames(DONE, first="hub")],
        "ends": "done",
    }


def wrong(breaks: str, bye: str, refused_by: str, why: str, login: Login, said: list[Row]) -> Row:
    """A login whose last frame the side `refused_by` refuses, saying BYE with the code `bye`."""
    here = refused_by == "client"
    return {
        "name": why,
        "client": login.client_told() if here else None,
        "hub": None if here else login.hub_told(),
        "frames": said,
        "refused_by": refused_by,
        "breaks": breaks,
        "bye": bye,
    }


HONEST: Final = Login()
JOINING: Final = replace(HONEST, joins=True, epoch=None, digest=None)
RECOVERING: Final = replace(HONEST, recovers=True, device=PHONE, named_device=PHONE.device)
"""PHONE stands for a recovery key of the account; here it is no device."""
BY_SSH: Final = replace(RECOVERING, ssh=DESK)
BARE: Final = replace(HONEST, seen=None, certificates=(), loopback=True)
