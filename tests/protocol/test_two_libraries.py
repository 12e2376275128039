"""Signatures, seals and drawn keys are ours by libsodium and the standard library. What another
library says of them is the same, of everything: an event that one client takes and another refuses
would part them for good."""

import random
from typing import Final

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from hobnob_protocol import aead, hkdf
from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier
from hobnob_protocol.sealing.seal_key import ML_KEM_BYTES, SealKey, is_ml_kem
from tests.protocol import curve, odd_signatures
from tests.protocol.other_library import OtherVerifier, signed

OURS: Final = Ed25519Verifier()
OTHER: Final = OtherVerifier()
SIGNER: Final = Ed25519Signer(bytes(range(32)))
ROUNDS: Final = 300


def test_what_one_bit_more_would_be_does_not_count() -> None:
    """Any bit of the key, the signature and the message, turned."""
    message = b"message"
    claim = (SIGNER.public_key, SIGNER.sign(message), message)
    assert OURS.verify(*claim)
    for place, part in enumerate(claim):
        for bit in range(8 * len(part)):
            turned = bytearray(part)
            turned[bit // 8] ^= 1 << bit % 8
            odd = (*claim[:place], bytes(turned), *claim[place + 1 :])
            assert not OURS.verify(*odd)
            assert not OTHER.verify(*odd)


def test_keys_and_beginnings_of_low_order_are_refused_by_both() -> None:
    """Under such a key one signature fits every message."""
    for claim in odd_signatures.beginning_with_low_order():
        assert not OURS.verify(*claim)
        assert not OTHER.verify(*claim)
    for point in curve.low_order_points():
        forged = curve.encode(curve.NEUTRAL) + bytes(32)
        assert not OURS.verify(curve.encode(point), forged, b"anything")


def test_both_judge_alike_what_libraries_are_known_to_differ_about() -> None:
    """Keys and beginnings that have a part of low order."""
    judged: set[bool] = set()
    for claim in odd_signatures.mixed():
        by_us = OURS.verify(*claim)
        assert by_us == OTHER.verify(*claim), [part.hex() for part in claim]
        judged.add(by_us)
    assert judged == {True, False}


def test_both_judge_any_bytes_alike() -> None:
    """Keys that are no points, signatures that are noise; by a seed, so that a finding stays."""
    noise = random.Random(20)
    for _ in range(1_000):
        claim = (noise.randbytes(32), noise.randbytes(64), noise.randbytes(noise.randrange(64)))
        assert OURS.verify(*claim) is OTHER.verify(*claim) is False


def test_both_sign_alike() -> None:
    """To the byte: a signature is settled by seed and message."""
    noise = random.Random(21)
    for _ in range(ROUNDS):
        seed, message = noise.randbytes(32), noise.randbytes(noise.randrange(600))
        signer = Ed25519Signer(seed)
        assert (signer.public_key, signer.sign(message)) == signed(seed, message)
        assert OTHER.verify(signer.public_key, signer.sign(message), message)


def test_both_seal_alike() -> None:
    """Texts and what they are bound to of any length, none too."""
    noise = random.Random(22)
    for _ in range(ROUNDS):
        key, nonce = noise.randbytes(32), noise.randbytes(12)
        text, bound = (noise.randbytes(noise.choice((0, 1, 63, 64, 65, 700))) for _ in range(2))
        sealed = aead.seal(key, nonce, text, bound)
        assert sealed == ChaCha20Poly1305(key).encrypt(nonce, text, bound)
        assert aead.unseal(key, nonce, sealed, bound) == text


def test_both_refuse_alike_what_was_not_sealed_so() -> None:
    """One bit of it, a byte more or less, another key, nonce or place."""
    key, nonce, bound = bytes(32), bytes(12), b"place"
    sealed = aead.seal(key, nonce, b"text", bound)
    other = b"\1" + bytes(31)
    odd = [
        *((key, nonce, sealed[:length], bound) for length in range(len(sealed))),
        *((key, nonce, _turned(sealed, bit), bound) for bit in range(8 * len(sealed))),
        (key, nonce, sealed + b"\0", bound),
        (other, nonce, sealed, bound),
        (key, other[:12], sealed, bound),
        (key, nonce, sealed, b"places"),
        (key, nonce, sealed, b""),
    ]
    for each_key, each_nonce, each, place in odd:
        assert aead.unseal(each_key, each_nonce, each, place) is None
        with pytest.raises(InvalidTag):
            ChaCha20Poly1305(each_key).decrypt(each_nonce, each, place)


def _turned(data: bytes, bit: int) -> bytes:
    turned = bytearray(data)
    turned[bit // 8] ^= 1 << bit % 8
    return bytes(turned)


def test_both_draw_alike() -> None:
    """With a salt and without."""
    noise = random.Random(23)
    for _ in range(ROUNDS):
        entropy, salt, info = (noise.randbytes(noise.choice((0, 11, 32, 65))) for _ in range(3))
        assert hkdf.derive(entropy, salt, info) == HKDF(SHA256(), 32, salt, info).derive(entropy)
        key = noise.randbytes(32)
        assert hkdf.expand(key, info) == HKDFExpand(SHA256(), 32, info).derive(key)


def test_both_know_alike_what_a_key_of_ml_kem_is() -> None:
    """Any bytes, and keys of which one number, at any place, is the greatest there may be, or one
    more: a device whose record one client refuses is sealed to by others alone."""
    noise = random.Random(24)
    good = SealKey(bytes(32)).public[:ML_KEM_BYTES]
    assert is_ml_kem(good)
    judged: set[bool] = set()
    for place in range(0, 768, 5):
        for number in (0, 3_328, 3_329, 3_330, 4_095):
            judged.add(_judged(_with_number(good, place, number)))
    for _ in range(ROUNDS):
        judged.add(_judged(noise.randbytes(ML_KEM_BYTES)))
        judged.add(_judged(good[:1_152] + noise.randbytes(32)))
    assert judged == {True, False}


def _with_number(key: bytes, place: int, number: int) -> bytes:
    """A key whose number at this place is another; each has 12 bits."""
    bits = int.from_bytes(key, "little") & ~(0xFFF << 12 * place)
    return (bits | number << 12 * place).to_bytes(len(key), "little")


def _judged(key: bytes) -> bool:
    try:
        MLKEM768PublicKey.from_public_bytes(key)
    except ValueError:
        assert not is_ml_kem(key)
        return False
    assert is_ml_kem(key)
    return True
