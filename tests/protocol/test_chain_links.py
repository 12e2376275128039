"""Links: where each belongs, and the one way it is written."""

import pytest

from hobnob_protocol import chain
from hobnob_protocol.codec import encode
from hobnob_protocol.ids import HubId
from hobnob_protocol.limits import (
    CHAIN_LINKS_MAX,
    LINK_BYTES_MAX,
    TIME_SECONDS_MAX,
)
from hobnob_protocol.link import GENESIS, REVOKE
from hobnob_protocol.testing.keyed import KeyedSigner
from tests.protocol.links import (
    HUB,
    LAPTOP,
    PHONE,
    VERIFIER,
    added,
    begun,
    broken,
    device,
    fields,
    refused,
    revoked,
)

# Where a link belongs.


def test_a_link_is_of_one_hub() -> None:
    """An account cannot be carried to another hub."""
    link, signature = chain.genesis(LAPTOP, HUB, 1)
    assert broken(None, link, signature, HubId(b"i" * 32)) == "link.hub"
    account = begun()
    link, signature = chain.add(account, LAPTOP, PHONE, 2)
    assert broken(account, link, signature, HubId(b"i" * 32)) == "link.hub"


@pytest.mark.parametrize(("at", "value"), [(1, 0), (1, 2), (1, -1), (2, bytes(32)), (2, b"")])
def test_a_link_follows_the_one_before(at: int, value: object) -> None:
    """Its number is the next one, and it names the hash it follows."""
    account = begun()
    link = fields(account, REVOKE, device(LAPTOP))
    link[at] = value
    assert refused(account, link) == "link.order"


@pytest.mark.parametrize(("at", "value"), [(1, 1), (2, b"x" * 32), (2, None)])
def test_a_genesis_follows_nothing(at: int, value: object) -> None:
    """Number 0 after 32 zero bytes."""
    link = fields(None, GENESIS, LAPTOP.public_key)
    link[at] = value
    assert refused(None, link) == "link.order"


def test_a_link_counts_once() -> None:
    """Played again it no longer follows."""
    account = begun()
    link, signature = chain.add(account, LAPTOP, PHONE, 2)
    account = chain.extend(account, link, signature, HUB, VERIFIER)
    assert broken(account, link, signature) == "link.order"


def test_an_account_has_so_many_links() -> None:
    """The last allowed one fits, the next does not."""
    account = begun()
    number = 0
    while account.links < CHAIN_LINKS_MAX - 1:
        number += 1
        new = KeyedSigner(b"%d" % number)
        account = revoked(added(account, LAPTOP, new), LAPTOP, new)
    assert account.links == CHAIN_LINKS_MAX - 1
    account = added(account, LAPTOP, PHONE)
    assert account.links == CHAIN_LINKS_MAX
    link, signature = chain.revoke(account, LAPTOP, device(PHONE), 4)
    assert broken(account, link, signature) == "link.count"


# What a link says.


@pytest.mark.parametrize("value", [0, 2, True, None, "1"])
def test_a_link_is_of_version_1(value: object) -> None:
    """True is not 1: a link has one way to be written."""
    link = fields(None, GENESIS, LAPTOP.public_key)
    link[0] = value
    assert refused(None, link) == "link.fields"


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (1, False),
        (1, None),
        (4, False),
        (4, None),
        (5, None),
        (5, LAPTOP.public_key),
        (6, None),
        (6, True),
        (6, -1),
        (6, TIME_SECONDS_MAX + 1),
        (6, "4"),
    ],
)
def test_the_fields_of_a_link_have_their_types(at: int, value: object) -> None:
    """Integers are no booleans, a payload is an array, a time is not before 1970."""
    link = fields(None, GENESIS, LAPTOP.public_key)
    link[at] = value
    assert refused(None, link) == "link.fields"


@pytest.mark.parametrize("ts_seconds", [0, TIME_SECONDS_MAX])
def test_any_time_label_since_1970_is_fine(ts_seconds: int) -> None:
    """Clocks are wrong sometimes; order comes from the chain."""
    link, signature = chain.genesis(LAPTOP, HUB, ts_seconds)
    assert chain.extend(None, link, signature, HUB, VERIFIER).links == 1


def test_a_link_has_exactly_seven_fields() -> None:
    """No fewer, no more, and it is an array."""
    link = fields(None, GENESIS, LAPTOP.public_key)
    assert refused(None, link[:-1]) == "link.fields"
    assert refused(None, [*link, 1]) == "link.fields"
    assert broken(None, encode(7), bytes(64)) == "link.fields"


def test_a_link_is_canonical_and_short() -> None:
    """The codec's rules hold, under a link's own bound."""
    link, signature = chain.genesis(LAPTOP, HUB, 1)
    assert broken(None, link + b"\0", signature) == "trailing"
    assert broken(None, bytes(LINK_BYTES_MAX + 1), signature) == "size"
    assert broken(None, bytes(LINK_BYTES_MAX), signature) == "trailing"
