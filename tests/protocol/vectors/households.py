"""Accounts whose devices seal: chains, seal keys and events, put together by hand."""

import hmac
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from tests.protocol.vectors import hpke
from tests.protocol.vectors.by_hand import array
from tests.protocol.vectors.chain_links import ADD, GENESIS, POSSESSION, REVOKE, SECONDS, TAG
from tests.protocol.vectors.people import HUB, Person
from tests.protocol.vectors.rows import Row, plain

SEALED: Final = 31
CHANGE: Final = 48
"""The kind of event that carries a change of a group."""


def entropy(name: str, length: int) -> bytes:
    """Bytes that were drawn for this once, and for ever."""
    found = b"".join(sha256(b"%s %d" % (name.encode(), part)).digest() for part in range(2))
    return found[:length]


def joined(*parts: bytes) -> bytes:
    """SHA-256 of these, joined."""
    return sha256(b"".join(parts)).digest()


def u64(value: int) -> bytes:
    """`uint64`."""
    return value.to_bytes(8, "big")


def expand(key: bytes, info: bytes) -> bytes:
    """HKDF-Expand to 32 bytes: one block of HMAC."""
    return hmac.digest(key, info + b"\x01", "sha256")


@lru_cache(maxsize=256)
def _public(seed: bytes) -> bytes:
    return hpke.x_wing_public(seed)


@lru_cache(maxsize=256)
def wrapped(public: bytes, secret: bytes, info: bytes, drawn: bytes) -> bytes:
    """A secret sealed to a key; each once, it takes its time."""
    return hpke.seal(public, secret, info, drawn)


@dataclass(frozen=True)
class Seat:
    """One device of an account, with a seal key."""

    name: str
    account: bytes = b""
    step: int = 0

    @property
    def person(self) -> Person:
        """What signs."""
        return Person(self.name.encode().ljust(32, b"."))

    @property
    def seed(self) -> bytes:
        """The seed of its seal key, so many steps from the first."""
        seed = entropy(f"{self.name} seals", 32)
        for _ in range(self.step):
            seed = expand(seed, b"hobnob/1 next seal key\0")
        return seed

    @property
    def public(self) -> bytes:
        """What others seal to."""
        return _public(self.seed)

    @property
    def kid(self) -> bytes:
        """Its name."""
        return joined(b"hobnob/1 seal key\0", self.public)[:8]

    def told(self) -> Row:
        """As a row names the author of something."""
        return {"account": self.account.hex(), "device_key": self.person.key.hex()}


@dataclass
class Household:
    """One account: its links, and the keys that were active after each."""

    links: list[tuple[bytes, bytes]] = field(default_factory=list[tuple[bytes, bytes]])
    active: list[tuple[bytes, ...]] = field(default_factory=list[tuple[bytes, ...]])

    def _append(self, signer: Person, kind: int, payload: list[object], keys: list[bytes]) -> None:
        head = sha256(self.links[-1][0]).digest() if self.links else bytes(32)
        link = array(1, len(self.links), head, HUB, kind, payload, SECONDS)
        self.links.append((link, signer.sign(TAG, link)))
        self.active.append(tuple(sorted(keys)))

    def begin(self, name: str) -> Seat:
        """Its first device."""
        person = Person(name.encode().ljust(32, b"."))
        self._append(person, GENESIS, [person.key], [person.key])
        return Seat(name, self.account)

    def add(self, by: Seat, name: str) -> Seat:
        """One device more."""
        person = Person(name.encode().ljust(32, b"."))
        possession = person.sign(POSSESSION, self.head(), person.key)
        keys = [*self.active[-1], person.key]
        self._append(by.person, ADD, [person.key, True, possession], keys)
        return Seat(name, self.account)

    def revoke(self, by: Seat, gone: Seat) -> None:
        """One device less."""
        keys = [key for key in self.active[-1] if key != gone.person.key]
        self._append(by.person, REVOKE, [gone.person.device], keys)

    @property
    def account(self) -> bytes:
        """Its id."""
        return sha256(self.links[0][0]).digest()[:20]

    def head(self, links: int = 0) -> bytes:
        """The hash of its last link, or of the last of so many."""
        return sha256(self.links[(links or len(self.links)) - 1][0]).digest()

    def claim(self, links: int = 0) -> list[Any]:
        """Where a start says that it stands."""
        links = links or len(self.links)
        return [self.account, links, self.head(links)]

    def member(self, links: int = 0) -> bytes:
        """Its part of a roster."""
        account, links, head = self.claim(links)
        keys = self.active[links - 1]
        return b"".join((account, u64(links), head, bytes((len(keys),)), *keys))

    def told(self, links: int = 0) -> list[Any]:
        """As a row tells its links."""
        return [list(plain(pair)) for pair in self.links[: links or len(self.links)]]


def event(
    seat: Seat, conversation: bytes, body: bytes, name: str, kind: int = SEALED, hub: bytes = HUB
) -> bytes:
    """A signed event of a conversation."""
    salt = entropy(f"{name} salts", 16)
    place = (kind, seat.person.device, 1, 0, bytes(8), SECONDS)
    header = array(*place, joined(salt, body))
    stream = b"d:" + conversation
    tag = b"hobnob/1 event\0"
    signed = (tag, hub, stream, seat.account, seat.person.key, header)
    return array(header, body, salt, seat.person.sign(*signed))
