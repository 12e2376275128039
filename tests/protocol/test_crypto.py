"""Signatures: what the right key signed counts, and nothing else does."""

from contextlib import suppress
from hashlib import sha256
from typing import Final

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hobnob_protocol.crypto import (
    NOBODY_KEY,
    Ed25519Signer,
    Ed25519Verifier,
    Signer,
    Verifier,
    has_form,
    is_low_order,
)
from hobnob_protocol.errors import UsageError
from hobnob_protocol.testing.keyed import KeyedSigner, KeyedVerifier
from tests.protocol import curve, odd_signatures

SEED: Final = bytes(range(32))
RFC_8032: Final = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
]
PAIRS: Final[list[tuple[Signer, Verifier]]] = [
    (Ed25519Signer(SEED), Ed25519Verifier()),
    (KeyedSigner(SEED), KeyedVerifier()),
]


@pytest.mark.parametrize(("seed", "key", "message", "signature"), RFC_8032)
def test_a_seed_signs_as_the_standard_says(
    seed: str, key: str, message: str, signature: str
) -> None:
    """The first test vectors of RFC 8032 §7.1."""
    signer = Ed25519Signer(bytes.fromhex(seed))
    assert signer.public_key.hex() == key
    assert signer.sign(bytes.fromhex(message)).hex() == signature


@pytest.mark.parametrize(("signer", "verifier"), PAIRS)
def test_only_what_was_signed_counts(signer: Signer, verifier: Verifier) -> None:
    """Another message, another signature or another key does not."""
    signature = signer.sign(b"message")
    assert len(signer.public_key) == 32
    assert len(signature) == 64
    assert signature == signer.sign(b"message")
    assert verifier.verify(signer.public_key, signature, b"message")
    assert not verifier.verify(signer.public_key, signature, b"massage")
    assert not verifier.verify(signer.public_key, signature, b"")
    assert not verifier.verify(NOBODY_KEY, signature, b"message")
    for at in (0, 31, 32, 63):
        turned = bytearray(signature)
        turned[at] ^= 1
        assert not verifier.verify(signer.public_key, bytes(turned), b"message")


@pytest.mark.parametrize(("signer", "verifier"), PAIRS)
def test_bytes_of_another_length_are_no_signature(signer: Signer, verifier: Verifier) -> None:
    """They are refused, never raised about."""
    signature = signer.sign(b"m")
    for wrong in (b"", signature[:-1], signature + b"\0", signature[:32], signature * 2):
        assert not verifier.verify(signer.public_key, wrong, b"m")


@pytest.mark.parametrize(("signer", "verifier"), PAIRS)
def test_bytes_of_another_length_are_no_key(signer: Signer, verifier: Verifier) -> None:
    """They are refused, never raised about."""
    signature = signer.sign(b"m")
    for wrong in (b"", signer.public_key[:-1], signer.public_key + b"\0", bytes(31), bytes(64)):
        assert not verifier.verify(wrong, signature, b"m")


def test_a_campaigns_key_is_the_hash_of_its_seed() -> None:
    """So that seeds of any length make keys of one."""
    assert KeyedSigner(b"laptop").public_key == sha256(b"laptop").digest()


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_seed_has_32_bytes(length: int) -> None:
    """Any other length is a bug of this side."""
    with pytest.raises(UsageError, match="32 bytes"):
        Ed25519Signer(bytes(length))


def test_a_signer_does_not_show_its_seed() -> None:
    """Crash screens print what they find; the public key may be found."""
    signer = Ed25519Signer(SEED)
    assert repr(signer) == f"Ed25519Signer({signer.public_key.hex()[:16]})"
    assert SEED.hex() not in repr(vars(signer))
    assert repr(SEED) not in repr(vars(signer))


# Keys under which anybody signs (security.md §0.8 and §6 row 33).


def test_every_point_of_low_order_is_refused() -> None:
    """The eight points of the curve whose order divides 8, computed here from the curve."""
    points = curve.low_order_points()
    assert len(points) == 8
    for point in points:
        assert curve.multiply(8, point) == curve.NEUTRAL
        assert is_low_order(curve.encode(point))


def test_low_order_is_refused_under_either_sign_bit() -> None:
    """Points on the axis have no second sign, yet some libraries read one."""
    for _, y in curve.low_order_points():
        assert is_low_order(y.to_bytes(32, "little"))
        assert is_low_order((y | curve.SIGN_BIT).to_bytes(32, "little"))


@pytest.mark.parametrize("beyond", range(19))
def test_a_second_way_to_write_a_key_is_refused(beyond: int) -> None:
    """A y of the field or more writes a point that a smaller y writes too."""
    y = curve.FIELD + beyond
    assert is_low_order(y.to_bytes(32, "little"))
    assert is_low_order((y | curve.SIGN_BIT).to_bytes(32, "little"))


def test_neighbours_of_low_order_are_not_refused() -> None:
    """Nothing but those points and encodings."""
    heights = {y for _, y in curve.low_order_points()}
    for y in sorted({low + step for low in heights for step in (-1, 1)} - heights):
        if 0 <= y < curve.FIELD:
            assert not is_low_order(y.to_bytes(32, "little"))
    assert not is_low_order(Ed25519Signer(SEED).public_key)


def test_the_signature_that_fits_every_message_fits_none() -> None:
    """Under the neutral point R = neutral, s = 0 holds for any message: some libraries say
    yes."""
    neutral = curve.encode(curve.NEUTRAL)
    forged = neutral + bytes(32)
    Ed25519PublicKey.from_public_bytes(neutral).verify(forged, b"anything")
    assert not Ed25519Verifier().verify(neutral, forged, b"anything")


def test_a_signature_has_one_form() -> None:
    """Adding the group's order to s leaves the equation true, and is refused."""
    signer = Ed25519Signer(SEED)
    signature = signer.sign(b"m")
    s = int.from_bytes(signature[32:], "little") + curve.ORDER
    again = signature[:32] + s.to_bytes(32, "little")
    assert not Ed25519Verifier().verify(signer.public_key, again, b"m")


def test_what_begins_with_a_point_of_low_order_is_no_signature() -> None:
    """Whoever has the key can make one that holds: some libraries say yes to it, others no."""
    held = 0
    for key, signature, message in odd_signatures.beginning_with_low_order():
        assert not has_form(signature)
        assert not Ed25519Verifier().verify(key, signature, message)
        with suppress(InvalidSignature):
            Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
            held += 1
    assert held >= len(odd_signatures.MESSAGES)


def test_bytes_that_are_no_point_are_no_key() -> None:
    """Half of all bytes are no point of the curve; they are refused, never raised about."""
    nowhere = [y for y in range(2, 40) if curve.point_at(y) is None]
    assert nowhere
    signature = Ed25519Signer(SEED).sign(b"m")
    for y in nowhere:
        assert not Ed25519Verifier().verify(y.to_bytes(32, "little"), signature, b"m")


def test_nobodys_key_costs_a_real_check() -> None:
    """It is a point of the curve of full order; else checks under it would end at once."""
    y = int.from_bytes(NOBODY_KEY, "little") & ~curve.SIGN_BIT
    point = curve.point_at(y)
    assert point is not None
    assert curve.multiply(8, point) != curve.NEUTRAL
    assert not is_low_order(NOBODY_KEY)
    assert sha256(b"hobnob/1 nobody\0").digest() == NOBODY_KEY
