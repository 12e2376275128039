"""Accounts and their links to try things on."""

from typing import Final

import pytest

from hobnob_protocol import chain
from hobnob_protocol.account import Chain
from hobnob_protocol.chain import RULES
from hobnob_protocol.codec import encode
from hobnob_protocol.crypto import Signer, Verifier
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import DeviceId, HubId, device_id
from hobnob_protocol.link import POSSESSION_TAG, TAG
from hobnob_protocol.testing.keyed import KeyedSigner, KeyedVerifier

VERIFIER: Final = KeyedVerifier()
HUB: Final = HubId(b"h" * 32)
LAPTOP: Final = KeyedSigner(b"laptop")
PHONE: Final = KeyedSigner(b"phone")
TABLET: Final = KeyedSigner(b"tablet")
STRANGER: Final = KeyedSigner(b"stranger")


def device(signer: Signer) -> DeviceId:
    """The id of a device."""
    return device_id(signer.public_key)


def begun(signer: Signer = LAPTOP, verifier: Verifier = VERIFIER) -> Chain:
    """A new account on one device."""
    return chain.extend(None, *chain.genesis(signer, HUB, 1), HUB, verifier)


def added(before: Chain, signer: Signer, new: Signer, manage: bool = True) -> Chain:
    """The account with one device more."""
    return chain.extend(before, *chain.add(before, signer, new, 2, manage), HUB, VERIFIER)


def revoked(before: Chain, signer: Signer, gone: Signer) -> Chain:
    """The account with one device less."""
    return chain.extend(before, *chain.revoke(before, signer, device(gone), 3), HUB, VERIFIER)


def broken(before: Chain | None, link: bytes, signature: bytes, hub: HubId = HUB) -> str:
    """The rule that a link breaks; the table of the specification has it."""
    with pytest.raises(ProtocolError) as caught:
        chain.extend(before, link, signature, hub, VERIFIER)
    return caught.value.rule


def fields(before: Chain | None, link_type: int, *payload: object) -> list[object]:
    """The fields of a link as they should be."""
    seq, head = (before.links, before.head) if before else (0, bytes(32))
    return [1, seq, head, HUB, link_type, payload, 4]


def refused(before: Chain | None, link: list[object], signer: Signer = LAPTOP) -> str:
    """The rule that these fields break though they are signed."""
    data = encode(link)
    rule = broken(before, data, signer.sign(TAG + data))
    assert rule in RULES
    return rule


def possession(before: Chain, signer: Signer) -> bytes:
    """A new key's own signature for its place in a chain."""
    return signer.sign(POSSESSION_TAG + before.head + signer.public_key)
