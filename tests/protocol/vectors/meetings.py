"""Two devices that meet at a slot, each by a connection of its own, and who is turned away there.

A row is one of the two connections; what the other side says comes to it as CARRYs of the hub.
"""

import hmac
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tests.protocol.vectors.by_hand import array
from tests.protocol.vectors.chain_links import POSSESSION
from tests.protocol.vectors.logins import (
    ACCOUNT,
    DONE,
    GENESIS,
    HONEST,
    PROXYS,
    WELCOME,
    Login,
    frames,
    right,
    wrong,
)
from tests.protocol.vectors.people import HUB, HUB_DEVICE, LAPTOP, PHONE, STRANGER, Person
from tests.protocol.vectors.rows import Row, told
from tests.protocol.vectors.values import BOB

WORDS: Final = bytes(range(11))
"""What eight words say, 11 bits each."""
_DRAWN: Final = hmac.digest(HUB, WORDS, "sha256")
SLOT: Final = hmac.digest(_DRAWN, b"hobnob/1 words slot\0\1", "sha256")
KEY: Final = hmac.digest(_DRAWN, b"hobnob/1 words key\0\1", "sha256")
"""By HKDF-SHA256 (RFC 5869), each of one block."""
_HEAD: Final = sha256(GENESIS).digest()
TEXTS: Final = (
    b"",
    array("hub.example", 4_626, HUB, HUB_DEVICE.key, ACCOUNT, "ada", _HEAD),
    array(ACCOUNT, PHONE.key, PHONE.sign(POSSESSION, _HEAD, PHONE.key)),
    b"added",
)
"""What the two say in turns, who comes first."""
OTHER_NONCE: Final = sha256(b"another nonce").digest()


@dataclass(frozen=True)
class Waiting(Login):
    """A device of an account, at a slot."""

    slot: bytes = SLOT

    def request_fields(self) -> tuple[object, ...]:
        """AWAIT without its signature."""
        return (13, self.slot, self.account, self.named_device, self.seen)

    def client_told(self) -> Row:
        """All that the client knows."""
        return {**super().client_told(), "slot": self.slot.hex()}


@dataclass(frozen=True)
class Coming(Login):
    """Whoever knows the words, and has no account yet."""

    slot: bytes = SLOT
    device: Person = PHONE

    def request_fields(self) -> tuple[object, ...]:
        """MEET."""
        return (14, self.slot, self.seen)

    def request(self, signature: bytes | None = None) -> bytes:
        """The same: it has no signature."""
        return array(*self.request_fields())

    def client_told(self) -> Row:
        """All that the client knows."""
        return {**super().client_told(), "account": None, "slot": self.slot.hex()}

    def hub_told(self) -> Row:
        """All that the hub knows: at which slots somebody waits, too."""
        return {**super().hub_told(), "slots": [SLOT.hex()]}


WAITING: Final = Waiting()
COMING: Final = Coming()


def _carried(number: int) -> bytes:
    """CARRY with the message of this number, sealed."""
    nonce = sha256(b"nonce %d" % number).digest()[:12]
    place = b"hobnob/1 words message\0" + bytes((number,))
    return array(15, nonce + ChaCha20Poly1305(KEY).encrypt(nonce, TEXTS[number - 1], place))


def _begun(login: Login) -> list[Row]:
    """Up to the slot's being there."""
    return frames(login.hello(), login.challenge(), login.request(), array(15, b""))


def _met(name: str, login: Login, *said: tuple[str, bytes]) -> Row:
    """A meeting from its beginning to its end, with what either side says at the slot."""
    row = right(name, login)
    signed = {} if isinstance(login, Coming) else {"client_signs": row["fields"]["client_signs"]}
    texts = [text.hex() for text in TEXTS] if len(said) > 1 else []
    return {
        **row,
        "frames": [*_begun(login), *({"from": side, **told(data)} for side, data in said)],
        "ends": "done",
        "fields": {
            **{part: row["fields"][part] for part in ("hub_signs", "transcript")},
            **signed,
            "words": WORDS.hex(),
            "key": KEY.hex(),
            "texts": texts,
        },
    }


def meetings() -> list[Row]:
    """Each side of one meeting, and one that nobody comes to."""
    talk = [_carried(number) for number in range(1, 5)]
    bare = Waiting(seen=None, certificates=(), loopback=True)
    return [
        _met(
            "a device waits at a slot, and another comes",
            WAITING,
            *zip(("hub", "client", "hub", "client"), talk, strict=True),
            ("hub", DONE),
        ),
        _met(
            "a device comes to a slot at which one waits",
            COMING,
            *zip(("client", "hub", "client", "hub"), talk, strict=True),
            ("client", DONE),
        ),
        _met("a device waits on a loopback, and nobody comes", bare, ("client", DONE)),
    ]


def _turned_away(breaks: str, bye: str, why: str, login: Login, request: bytes = b"") -> Row:
    """The hub refuses an AWAIT or a MEET."""
    said = frames(login.hello(), login.challenge(), request or login.request())
    return wrong(breaks, bye, "hub", why, login, said)


def false_meetings() -> list[Row]:
    """AWAITs, MEETs and CARRYs with which nobody meets anybody."""
    elsewhere = replace(WAITING, slot=bytes(32)).client_signs()
    replayed = replace(WAITING, hub_nonce=OTHER_NONCE).client_signs()
    push, early = array(32, []), _carried(1)
    rows = [
        _turned_away("auth", "auth", why, login)
        for why, login in (
            ("a device of an unknown account waits", replace(WAITING, account=BOB)),
            ("a device waits under another's name", replace(WAITING, device=STRANGER)),
            ("a slot at which nobody waits", replace(COMING, slot=bytes(32))),
        )
    ]
    rows += [
        _turned_away("auth", "auth", why, WAITING, WAITING.request(LAPTOP.sign(signed)))
        for why, signed in (
            ("an AWAIT, signed for another slot", elsewhere),
            ("an AWAIT, replayed", replayed),
        )
    ]
    rows += [
        _turned_away("login.certificate", "channel", why, replace(login, seen=PROXYS))
        for why, login in (
            ("who waits saw a proxy's", WAITING),
            ("who comes saw a proxy's", COMING),
        )
    ]
    state = ("connection.state", "protocol")
    for why, login, last in (
        ("AUTH at a slot", WAITING, HONEST.request()),
        ("MEET at a slot", WAITING, COMING.request()),
        ("PUSH at a slot", COMING, push),
    ):
        said = [*_begun(login), *frames(last)]
        rows.append(wrong(*state, "hub", why, login, said))
    carried = frames(COMING.hello(), COMING.challenge(), early)
    rows.append(wrong(*state, "hub", "CARRY for MEET", COMING, carried))
    for why, login in (("WELCOME for AWAIT", WAITING), ("WELCOME for MEET", COMING)):
        said = frames(login.hello(), login.challenge(), login.request(), WELCOME)
        rows.append(wrong(*state, "client", why, login, said))
    said = [*_begun(WAITING), *frames(array(16, 1, 1, []), first="hub")]
    rows.append(wrong(*state, "client", "PAGE at a slot", WAITING, said))
    return rows
