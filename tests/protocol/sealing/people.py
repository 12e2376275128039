"""Members with devices that seal to each other, and the honest hub between them, as a list.

Seeds and salts come from one counter, so that every run draws the same; HPKE alone draws its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import Final

import pytest

from hobnob_protocol import chain as chains
from hobnob_protocol.account import Chain
from hobnob_protocol.codec import decode
from hobnob_protocol.crypto import Signer, Verifier
from hobnob_protocol.errors import HobnobError, SealError
from hobnob_protocol.event import NOTHING_SEEN, Author, compose, decode_event
from hobnob_protocol.ids import (
    AccountId,
    ConversationId,
    HubId,
    conversation_stream,
    device_id,
    direct_conversation,
    group_conversation,
)
from hobnob_protocol.sealing.body import KIND, Message, Start, decode_body
from hobnob_protocol.sealing.doubts import Doubts
from hobnob_protocol.sealing.group import Group, extend_group, founding
from hobnob_protocol.sealing.keeping import SealKeys, Stored
from hobnob_protocol.sealing.receiving import Opened, ReceivingSide
from hobnob_protocol.sealing.record import SealRecord, SealRecords, make_record
from hobnob_protocol.sealing.roster import Roster, View
from hobnob_protocol.sealing.sending import SendingSide
from hobnob_protocol.testing.keyed import KeyedSigner, KeyedVerifier

HUB: Final = HubId(b"h" * 32)
VERIFIER: Final = KeyedVerifier()
NOW: Final = 1_800_000_000
"""When everything happens, in seconds."""

_drawn = count()


def drawn(length: int) -> bytes:
    """Bytes that nobody had before."""
    return sha256(b"%d" % next(_drawn)).digest()[:length]


@dataclass
class Place:
    """What everybody knows of a conversation: the honest hub shows all of it to all."""

    conversation: ConversationId
    accounts: tuple[AccountId, ...] = ()
    chains: dict[AccountId, Chain] = field(default_factory=dict[AccountId, Chain])
    group: Group | None = None
    hub: HubId = HUB

    @property
    def view(self) -> View:
        """All of it, now."""
        return View(self.hub, self.conversation, dict(self.chains), self.group)

    @property
    def roster(self) -> Roster:
        """Its devices, now."""
        return self.view.roster(self.accounts)


class Device:
    """One device with its keys and both sides of a conversation."""

    def __init__(self, name: str, signer: Signer | None = None, verifier: Verifier = VERIFIER):
        self.name = name
        self.signer = signer or KeyedSigner(name.encode())
        self.verifier = verifier
        self.me = Author(
            AccountId(bytes(20)), device_id(self.signer.public_key), self.signer.public_key
        )
        self.keys = SealKeys(Stored(sha256(name.encode()).digest(), (NOW,)))
        self.records = SealRecords(HUB, verifier)
        self._told: dict[bytes, tuple[bytes, bytes]] = {}
        self.restart()

    def belongs_to(self, account: AccountId) -> None:
        """The account it was added to."""
        self.me = Author(account, self.me.device, self.me.key)
        self.restart()

    def restart(self) -> None:
        """The program stops and starts: what was in memory is gone."""
        self.doubts = Doubts()
        self.sending = SendingSide(self.me, self.doubts)
        self.receiving = ReceivingSide(self.me, self.keys, self.doubts, self.verifier)

    def record(self, chain: Chain) -> tuple[bytes, bytes]:
        """Its seal record and the signature, made once for each key."""
        key = self.keys.present
        if key.kid not in self._told:
            made = make_record(chain, self.signer, key.public, self.keys.since_seconds)
            self._told[key.kid] = made
        return self._told[key.kid]

    def addressed(self, place: Place, now: int = NOW) -> tuple[SealRecord, ...]:
        """Whom it seals to."""
        return self.records.addressed(place.roster, now)

    def begin(self, place: Place, now: int = NOW) -> list[bytes]:
        """The events that begin a session."""
        records = self.addressed(place, now)
        bodies = self.sending.begin(place.view, place.roster, records, now, drawn(16), drawn(32))
        return [self.event(place, body) for body in bodies]

    def say(self, place: Place, text: str, now: int = NOW) -> bytes:
        """The event of one message in the present session."""
        records = self.addressed(place, now)
        body = self.sending.seal(place.view, place.roster, records, now, drawn(16), text.encode())
        return self.event(place, body)

    def event(self, place: Place, body: bytes, kind: int = KIND) -> bytes:
        """A signed event of the conversation."""
        stream = conversation_stream(place.conversation)
        return compose(
            place.hub, stream, self.me, self.signer, kind, body, 1, 0, NOTHING_SEEN, NOW, drawn(16)
        )[0]

    def take(self, place: Place, event: bytes, author: "Device") -> Opened | None:
        """What it makes of an event."""
        return self.receiving.take(event, author.me, place.view)

    def hear(self, place: Place, events: Iterable[bytes], author: "Device") -> list[str]:
        """The texts it opens."""
        found = [self.take(place, event, author) for event in events]
        return [each.text.decode() for each in found if each]

    def refuses(self, place: Place, event: bytes, author: "Device") -> str:
        """The rule for which it refuses an event."""
        with pytest.raises(SealError) as caught:
            self.take(place, event, author)
        return caught.value.rule

    def fails(self, place: Place, event: bytes, author: "Device") -> HobnobError:
        """The error with which it does not open an event."""
        with pytest.raises(HobnobError) as caught:
            self.take(place, event, author)
        return caught.value


def account_of(*devices: Device, verifier: Verifier = VERIFIER) -> Chain:
    """A new account on these devices."""
    first, *others = devices
    chain = chains.extend(None, *chains.genesis(first.signer, HUB, 1), HUB, verifier)
    for other in others:
        chain = with_device(chain, first, other, verifier)
    for device in devices:
        device.belongs_to(chain.account)
    return chain


def with_device(chain: Chain, manager: Device, new: Device, verifier: Verifier = VERIFIER) -> Chain:
    """The account with one device more."""
    new.belongs_to(chain.account)
    return chains.extend(chain, *chains.add(chain, manager.signer, new.signer, 2), HUB, verifier)


def without_device(chain: Chain, manager: Device, gone: Device) -> Chain:
    """The account with one device less."""
    link = chains.revoke(chain, manager.signer, gone.me.device, 3)
    return chains.extend(chain, *link, HUB, VERIFIER)


def meet(place: Place, *devices: Device) -> None:
    """Everybody has everybody's seal records."""
    told = [device.record(place.chains[device.me.account]) for device in devices]
    for device in devices:
        for record in told:
            device.records.take(*record, place.chains)


def direct(one: Iterable[Device], other: Iterable[Device]) -> Place:
    """A conversation between two accounts, everybody introduced."""
    ones, others = list(one), list(other)
    chain, another = account_of(*ones), account_of(*others)
    low, high = sorted((chain.account, another.account))
    place = Place(direct_conversation(HUB, low, high), (low, high))
    place.chains = {chain.account: chain, another.account: another}
    meet(place, *ones, *others)
    return place


def group(founding_link: bytes, founder: Device, *devices: Device) -> Place:
    """A private group of the accounts of single devices, everybody introduced."""
    place = Place(group_conversation(b"g" * 16))
    for device in devices:
        chain = account_of(device)
        place.chains[chain.account] = chain
    place.group = extend_group(None, founding_link, founder.me, HUB, place.conversation)
    meet(place, *devices)
    return place


def two() -> tuple[Place, Device, Device]:
    """A conversation of two with one device each."""
    ada, bob = Device("ada"), Device("bob")
    return direct([ada], [bob]), ada, bob


def start_of(event: bytes) -> Start:
    """The start that an event holds."""
    body = decode_body(decode_event(event).body)
    assert isinstance(body, Start)
    return body


def message_of(event: bytes) -> Message:
    """The message that an event holds."""
    body = decode_body(decode_event(event).body)
    assert isinstance(body, Message)
    return body


def three() -> tuple[Place, Device, Device, Device]:
    """A group of three, whose admin is the first."""
    ada, bob, mallory = Device("ada"), Device("bob"), Device("mallory")
    accounts = [account_of(device).account for device in (ada, bob, mallory)]
    return group(founding(*accounts), ada, ada, bob, mallory), ada, bob, mallory


def header_of(event: bytes) -> bytes:
    """The header of a sealed body as it travels."""
    parts = decode(decode_event(event).body)
    assert isinstance(parts, tuple)
    assert isinstance(parts[0], bytes)
    return parts[0]
