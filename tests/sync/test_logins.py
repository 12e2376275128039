"""Who gets in at the hub, and that hostile joins change nothing."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from hobnob_protocol import chain
from hobnob_protocol.codec import encode
from hobnob_protocol.frames import Join
from hobnob_protocol.ids import PEOPLE, ReplicaId, hub_id
from hobnob_protocol.login import sign_request
from hobnob_protocol.registry import STANDARD
from hobnob_protocol.testing.keyed import KeyedSigner, KeyedVerifier
from hobnob_sync.hub_engine.engine import HubEngine
from hobnob_sync.hub_engine.inputs import Close, HubSettings, Input, Login, MakeInvite, Output
from hobnob_sync.ports import Loaded
from hobnob_sync.testing.memory import MemoryEventStore

SAID = bytes(32)
SECRET = b"secret"


class Counter:
    """Entropy that never repeats and never surprises."""

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self, count: int) -> bytes:
        """The next so many bytes."""
        self.drawn += 1
        return sha256(self.drawn.to_bytes(8, "big")).digest()[:count]


class Hub:
    """A hub engine on a store in memory, with one invite."""

    def __init__(self) -> None:
        self.store = MemoryEventStore()
        signer, verifier, entropy = KeyedSigner(b"hub"), KeyedVerifier(), Counter()
        self.name = hub_id(signer.public_key)
        settings = HubSettings()
        self.store.commit(
            HubEngine.bootstrap(self.name, signer, verifier, STANDARD, entropy, settings, 0)
        )
        image = self.store.boot(HubEngine.NOUNS)
        self.engine = HubEngine(image, self.name, signer, verifier, STANDARD, entropy, settings)
        self.step(MakeInvite(sha256(SECRET).digest(), 2, 1_000))

    def step(self, incoming: Input, now_ms: int = 1) -> tuple[Output, ...]:
        """One input, committed."""
        loaded = Loaded({})
        while keys := self.engine.needs([incoming], loaded):
            loaded = loaded.merged(self.store.load(keys))
        self.store.commit(self.engine.decide([incoming], loaded, now_ms).transaction)
        return self.engine.committed()

    def join(self, request: Join, now_ms: int = 1) -> bool:
        """Is the newcomer let in?"""
        outputs = self.step(Login(1, request, SAID), now_ms)
        return not any(isinstance(said, Close) and said.bye.code == "auth" for said in outputs)

    @property
    def people(self) -> int:
        """How many events `ppl` holds."""
        return self.engine.state.streams[PEOPLE].seq


def newcomer(hub: Hub, name: bytes = b"alice", handle: str = "alice") -> tuple[KeyedSigner, Join]:
    """Somebody new, and the JOIN that should let them in."""
    signer = KeyedSigner(name)
    link, signature = chain.genesis(signer, hub.name, 0)
    wish = Join(SECRET, link, signature, handle, None, ReplicaId(b"replica!"), bytes(64))
    return signer, sign_request(SAID, wish, signer)


def test_an_invite_lets_somebody_in() -> None:
    """And makes them known to all."""
    hub = Hub()
    _, wish = newcomer(hub)
    assert hub.join(wish)
    assert hub.people == 1
    assert hub.engine.state.accounts.account_of("alice") is not None


def test_a_join_whose_answer_was_lost_is_a_login() -> None:
    """The same JOIN again lets the same account in and makes no other."""
    hub = Hub()
    _, wish = newcomer(hub)
    assert hub.join(wish)
    assert hub.join(wish)
    assert hub.people == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("invite", b"guess"),
        ("handle", "Bad Handle!"),
        ("handle", "admin"),
        ("link", b"\x90"),
        ("link", b"\xc1"),
        ("link", encode((1, 0, bytes(32), bytes(32), 0, (), 0))),
        ("link_signature", bytes(64)),
    ],
)
def test_a_join_that_is_wrong_changes_nothing(field: str, value: object) -> None:
    """Whatever a stranger sends, the hub stays calm and says no."""
    hub = Hub()
    signer, wish = newcomer(hub)
    changes: dict[str, Any] = {field: value}
    assert not hub.join(sign_request(SAID, replace(wish, **changes), signer))
    assert hub.people == 0


def test_a_join_must_be_signed_here_and_now() -> None:
    """A recorded one is of no use."""
    hub = Hub()
    signer, wish = newcomer(hub)
    assert not hub.join(replace(wish, signature=bytes(64)))
    assert not hub.join(sign_request(b"x" * 32, wish, signer))
    assert hub.people == 0


def test_an_invite_has_its_time_and_its_uses() -> None:
    """Late, and once too often."""
    hub = Hub()
    assert not hub.join(newcomer(hub)[1], now_ms=1_000)
    for nth, name in enumerate((b"one", b"two")):
        assert hub.join(newcomer(hub, name, f"member{nth}")[1])
    assert not hub.join(newcomer(hub, b"three", "member3")[1])


def test_a_handle_is_given_once() -> None:
    """The second who wants it is turned away."""
    hub = Hub()
    assert hub.join(newcomer(hub, b"one")[1])
    assert not hub.join(newcomer(hub, b"two")[1])
    assert hub.people == 1
