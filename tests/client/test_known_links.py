"""A link that was verified once is not verified again, and nothing else is taken on trust."""

from hashlib import sha256

import pytest

from hobnob_client.known_links import KNOWN_LINKS_MAX, NAME_BYTES, KnownLinks
from hobnob_client.paths import Profile
from hobnob_client.replica import Replica
from hobnob_client.store import SqliteReplicaStore
from hobnob_protocol import chain, nouns
from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from hobnob_protocol.ids import PEOPLE, account_id
from hobnob_protocol.link import TAG
from hobnob_sync.ports import Cell, ReplicaTransaction
from tests.client.test_replica import DEVICE, profile

__all__ = ["profile"]

SIGNER = Ed25519Signer(b"s" * 32)
LINK = TAG + b"a link"
GOOD = SIGNER.sign(LINK)


class Counting:
    """A verifier that counts what it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        """As a `Verifier`."""
        self.asked += 1
        return Ed25519Verifier().verify(public_key, signature, message)


def test_a_good_link_is_verified_once() -> None:
    """Also by who has learnt of it from a note."""
    asked = Counting()
    links = KnownLinks(asked)
    assert [links.verify(SIGNER.public_key, GOOD, LINK) for _ in range(3)] == [True] * 3
    assert asked.asked == 1
    names = links.news()
    assert names is not None
    assert links.news() is None
    later = KnownLinks(asked)
    later.learn(names + b"half a name")
    assert later.verify(SIGNER.public_key, GOOD, LINK)
    assert asked.asked == 1
    assert later.news() is None


@pytest.mark.parametrize(
    ("key", "signature", "message"),
    [
        (SIGNER.public_key, GOOD, LINK + b"!"),
        (SIGNER.public_key, GOOD[:-1] + b"\0", LINK),
        (Ed25519Signer(b"t" * 32).public_key, GOOD, LINK),
    ],
)
def test_no_other_link_passes_for_it(key: bytes, signature: bytes, message: bytes) -> None:
    """Another link, signature or key is verified, and a bad one each time."""
    asked = Counting()
    links = KnownLinks(asked)
    links.verify(SIGNER.public_key, GOOD, LINK)
    assert not links.verify(key, signature, message)
    assert not links.verify(key, signature, message)
    assert asked.asked == 3


def test_only_links_are_remembered_and_not_without_end() -> None:
    """An event's signature is not; nor is a link beyond the bound."""
    asked = Counting()
    links = KnownLinks(asked)
    event = b"hobnob/1 event\0"
    assert links.verify(SIGNER.public_key, SIGNER.sign(event), event)
    assert links.news() is None
    links.learn(b"".join(n.to_bytes(NAME_BYTES, "big") for n in range(KNOWN_LINKS_MAX)))
    for _ in range(2):
        assert links.verify(SIGNER.public_key, GOOD, LINK)
    assert asked.asked == 3


def test_the_next_start_verifies_no_link_again(profile: Profile) -> None:
    """The replica keeps what was verified; a link that came since is verified."""

    def join(count: int) -> None:
        transaction = ReplicaTransaction()
        for nth in range(count):
            link = chain.genesis(Ed25519Signer(sha256(b"%d" % nth).digest()), DEVICE.hub, 0)
            key = account_id(link[0]) + b"carrier %08d" % nth
            transaction.cells[PEOPLE, nouns.LINK, key] = Cell(nth + 1, tuple(link))
        store = SqliteReplicaStore.open(str(profile.replica))
        store.commit(transaction)
        store.close()

    first, again, later = Counting(), Counting(), Counting()
    for verifier, count in ((first, 20), (again, 20), (later, 25)):
        join(count)
        replica = Replica.open(profile, DEVICE, verifier)
        assert len(replica.own().state.accounts.all) == count
        replica.close()
    assert (first.asked, again.asked, later.asked) == (20, 0, 5)
