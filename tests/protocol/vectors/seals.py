"""Sessions and messages put together by hand, and rows that tell what a reader makes of them."""

from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tests.protocol.vectors.by_hand import array
from tests.protocol.vectors.households import (
    Household,
    Seat,
    entropy,
    event,
    expand,
    joined,
    u64,
    wrapped,
)
from tests.protocol.vectors.people import HUB
from tests.protocol.vectors.rows import Row, plain

NO_GROUP: Final = (0, bytes(32))


def padded(text: bytes) -> bytes:
    """0x80 and zeros, up to the Padmé length and 64 at least."""
    length = len(text) + 1
    if length <= 64:
        return (text + b"\x80").ljust(64, b"\0")
    exponent = length.bit_length() - 1
    lost = exponent - exponent.bit_length()
    whole = -(-length // (1 << lost)) * (1 << lost)
    return (text + b"\x80").ljust(whole, b"\0")


@dataclass(frozen=True)
class Said:
    """One event and who has signed it."""

    event: bytes
    seat: Seat


@dataclass(frozen=True)
class Talk:
    """A session: where it is, who began it, and to whom; `links` cuts households to so many."""

    sender: Seat
    households: tuple[Household, ...]
    seats: tuple[Seat, ...]
    conversation: bytes
    group: tuple[int, bytes] = NO_GROUP
    name: str = "session"
    links: dict[bytes, int] = field(default_factory=dict[bytes, int])

    @property
    def sid(self) -> bytes:
        """Its name."""
        return entropy(f"{self.name} sid", 16)

    @property
    def first(self) -> bytes:
        """Its first chain key."""
        return entropy(f"{self.name} chain key", 32)

    def _sorted(self) -> list[Household]:
        return sorted(self.households, key=lambda each: each.account)

    def roster(self) -> bytes:
        """The hash of its roster."""
        members = [each.member(self.links.get(each.account, 0)) for each in self._sorted()]
        place = (HUB, self.conversation, u64(self.group[0]), self.group[1])
        return joined(b"hobnob/1 roster\0", *place, *members)

    def info(self, seat: Seat) -> bytes:
        """What a slice is bound to."""
        sender = (self.sender.account, self.sender.person.key, self.sid)
        recipient = (seat.account, seat.person.key, seat.kid)
        place = (HUB, self.conversation, self.roster())
        return joined(b"hobnob/1 seal\0", *place, *sender, *recipient)

    def slices(self, secret: bytes = b"") -> list[list[Any]]:
        """A slice for each device, in the order of their ids."""
        found: list[list[Any]] = []
        for seat in self.seats:
            drawn = entropy(f"{self.name} to {seat.name}", 64)
            sealed = wrapped(seat.public, secret or self.first, self.info(seat), drawn)
            found.append([seat.person.device, seat.kid, sealed])
        return sorted(found)

    def start_header(self, part: int = 0, parts: int = 1) -> dict[str, Any]:
        """The fields of its start's header."""
        return {
            "suite": 1,
            "form": 1,
            "sid": self.sid,
            "roster": self.roster(),
            "group_links": self.group[0],
            "group_head": self.group[1],
            "heads": [each.claim(self.links.get(each.account, 0)) for each in self._sorted()],
            "part": part,
            "parts": parts,
        }

    def start(self, slices: Any = None, **changed: Any) -> Said:
        """Its start, in one part."""
        header = array(*{**self.start_header(), **changed}.values())
        return self.signed(array(header, self.slices() if slices is None else slices), "start")

    def starts(self, most: int) -> list[Said]:
        """Its start in parts of so many slices."""
        slices = self.slices()
        parts = [slices[at : at + most] for at in range(0, len(slices), most)]
        return [
            self.signed(
                array(array(*self.start_header(number, len(parts)).values()), part),
                f"part {number}",
            )
            for number, part in enumerate(parts)
        ]

    def chain_key(self, index: int) -> bytes:
        """The chain key of a message."""
        key = self.first
        for _ in range(index):
            key = expand(key, b"ck")
        return key

    def opening(self, index: int, text: bytes) -> tuple[bytes, bytes]:
        """What opens a message's commitment."""
        salt = entropy(f"{self.name} message {index}", 16)
        return expand(self.chain_key(index), b"op" + salt), padded(text)

    def message(self, index: int, text: bytes, /, **changed: Any) -> Said:
        """A message; `changed` are fields of its header, `plaintext`, `sealed`, `bound` or the
        `signer`."""
        signer: Seat = changed.pop("signer", self.sender)
        salt = entropy(f"{self.name} message {index}", 16)
        plaintext = changed.pop("plaintext", padded(text))
        key = self.chain_key(index)
        fields = {
            "suite": 1,
            "form": 2,
            "sid": self.sid,
            "roster": self.roster(),
            "index": index,
            "salt": salt,
            "commitment": joined(expand(key, b"op" + salt), plaintext),
        }
        bound_header = array(*fields.values())
        sealed, unbound = changed.pop("sealed", None), changed.pop("unbound", False)
        header = array(*{**fields, **changed}.values())
        if sealed is None:
            author = (self.sender.account, self.sender.person.key)
            told = bound_header if unbound else header
            bound = b"".join((b"hobnob/1 msg\0", HUB, self.conversation, *author, told))
            cipher = ChaCha20Poly1305(expand(key, b"mk" + salt))
            sealed = cipher.encrypt(bytes(12), plaintext, bound)
        return self.signed(array(header, sealed), f"message {index}", signer)

    def signed(self, body: bytes, what: str, signer: Seat | None = None) -> Said:
        """An event of the conversation with this body."""
        seat = signer or self.sender
        return Said(event(seat, self.conversation, body, f"{self.name} {what}"), seat)


@dataclass(frozen=True)
class Reader:
    """One device that reads: which seal keys it holds, and what it knows."""

    seat: Seat
    households: tuple[Household, ...]
    conversation: bytes
    changes: tuple[Said, ...] = ()
    steps: tuple[int, ...] = (0,)
    links: dict[bytes, int] = field(default_factory=dict[bytes, int])

    def told(self) -> Row:
        """As a row gives it."""
        seeds = [Seat(self.seat.name, b"", step).seed.hex() for step in self.steps]
        return {
            "hub": HUB.hex(),
            "conversation": self.conversation.hex(),
            "accounts": [each.told(self.links.get(each.account, 0)) for each in self.households],
            "changes": [told_event(change) for change in self.changes],
            **self.seat.told(),
            "seal_seeds": seeds,
        }


def told_event(said: Said, **expected: Any) -> Row:
    """One event of a transcript, and what comes of it."""
    return {"event": said.event.hex(), **said.seat.told(), **expected}


def transcript(why: str, reader: Reader, *events: tuple[Said, dict[str, Any]], **more: Any) -> Row:
    """A whole conversation as a device takes it; the last event may break a rule."""
    return {
        "name": "transcript",
        "why": why,
        "given": reader.told(),
        "events": [told_event(said, **expected) for said, expected in events],
        **more,
    }


STARTS: Final[dict[str, Any]] = {"starts": True}


def opens(text: bytes, departed: bool = False) -> dict[str, Any]:
    """The event is a message that opens."""
    return {"opens": plain(text), **({"departed": True} if departed else {})}


def fails(**what: str) -> dict[str, Any]:
    """`breaks` a rule, `awaits` something, or is `closed`."""
    return dict(what)
