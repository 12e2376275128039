"""A hub checks signatures by another library than members do: both say the same, of everything."""

import random
from pathlib import Path
from typing import Final

import pytest

from hobnob_protocol.crypto import NOBODY_KEY, Ed25519Signer, Ed25519Verifier
from hobnob_server.sodium import SodiumVerifier
from tests.protocol import curve, odd_signatures
from tests.protocol.test_crypto import RFC_8032
from tests.protocol.test_wycheproof import FOLDER, suite_of

HUB: Final = SodiumVerifier()
MEMBER: Final = Ed25519Verifier()
SIGNER: Final = Ed25519Signer(bytes(range(32)))


@pytest.mark.parametrize(("_seed", "key", "message", "signature"), RFC_8032)
def test_what_the_standard_signs_counts(_seed: str, key: str, message: str, signature: str) -> None:
    """The first test vectors of RFC 8032 §7.1."""
    assert HUB.verify(*map(bytes.fromhex, (key, signature, message)))


def test_what_one_bit_more_would_be_does_not_count() -> None:
    """Any bit of the key, the signature and the message, turned."""
    message = b"message"
    claim = (SIGNER.public_key, SIGNER.sign(message), message)
    assert HUB.verify(*claim)
    for place, part in enumerate(claim):
        for bit in range(8 * len(part)):
            turned = bytearray(part)
            turned[bit // 8] ^= 1 << bit % 8
            odd = (*claim[:place], bytes(turned), *claim[place + 1 :])
            assert not HUB.verify(*odd)
            assert not MEMBER.verify(*odd)


def test_bytes_of_another_length_are_refused() -> None:
    """As keys and as signatures; nothing is raised about them."""
    key, signature = SIGNER.public_key, SIGNER.sign(b"m")
    for wrong in (b"", signature[:-1], signature + b"\0", signature[:32], signature * 2):
        assert not HUB.verify(key, wrong, b"m")
    for wrong in (b"", key[:-1], key + b"\0", bytes(31), bytes(64)):
        assert not HUB.verify(wrong, signature, b"m")
    assert not HUB.verify(NOBODY_KEY, signature, b"m")


def test_a_signature_has_one_form() -> None:
    """Adding the group's order to s leaves the equation true, and is refused."""
    signature = SIGNER.sign(b"m")
    s = int.from_bytes(signature[32:], "little") + curve.ORDER
    assert not HUB.verify(SIGNER.public_key, signature[:32] + s.to_bytes(32, "little"), b"m")


def test_keys_and_beginnings_of_low_order_are_refused_by_both() -> None:
    """Under such a key one signature fits every message."""
    for claim in odd_signatures.beginning_with_low_order():
        assert not HUB.verify(*claim)
        assert not MEMBER.verify(*claim)
    for point in curve.low_order_points():
        forged = curve.encode(curve.NEUTRAL) + bytes(32)
        assert not HUB.verify(curve.encode(point), forged, b"anything")


def test_both_judge_alike_what_libraries_are_known_to_differ_about() -> None:
    """An event that a hub takes and members refuse, or the other way, would part them for good."""
    judged: set[bool] = set()
    for claim in odd_signatures.mixed():
        by_hub = HUB.verify(*claim)
        assert by_hub == MEMBER.verify(*claim), [part.hex() for part in claim]
        judged.add(by_hub)
    assert judged == {True, False}


def test_both_judge_any_bytes_alike() -> None:
    """Keys that are no points, signatures that are noise; by a seed, so that a finding stays."""
    noise = random.Random(20)
    for _ in range(1_000):
        claim = (noise.randbytes(32), noise.randbytes(64), noise.randbytes(noise.randrange(64)))
        assert HUB.verify(*claim) is MEMBER.verify(*claim) is False
        key, _, message = claim
        signer = Ed25519Signer(key)
        assert HUB.verify(signer.public_key, signer.sign(message), message)


@pytest.mark.skipif(not Path(FOLDER).exists(), reason="the third-party vectors are not here")
def test_every_vector_is_judged_as_it_should_be() -> None:
    """Those of project Wycheproof."""
    for group in suite_of("ed25519")["testGroups"]:
        key = bytes.fromhex(group["publicKey"]["pk"])
        for case in group["tests"]:
            found = HUB.verify(key, bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"]))
            assert found is (case["result"] == "valid"), case["tcId"]
