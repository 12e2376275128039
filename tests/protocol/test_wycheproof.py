"""Signatures, and the parts of sealing, against the vectors of project Wycheproof where they are at
hand."""

import hmac
import json
from pathlib import Path
from typing import Any, Final

import pytest

from hobnob_protocol import hkdf
from hobnob_protocol.aead import unseal
from hobnob_protocol.crypto import Ed25519Verifier
from tests.protocol.other_library import OtherVerifier
from tests.protocol.vectors.households import expand

FOLDER: Final = Path(__file__).parents[3] / "shared" / "data" / "vectors" / "wycheproof"

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the third-party vectors are not here")


def suite_of(name: str) -> dict[str, Any]:
    """A file of vectors."""
    zstandard = pytest.importorskip("zstandard")
    with zstandard.open(FOLDER / f"{name}_test.json.zst", "rt", encoding="utf-8") as lines:
        suite: dict[str, Any] = json.load(lines)
    return suite


def test_every_vector_is_judged_as_it_should_be() -> None:
    """Valid signatures count; malleable, truncated, overlong and forged ones do not."""
    suite = suite_of("ed25519")
    verifiers = Ed25519Verifier(), OtherVerifier()
    judged = {"valid": 0, "invalid": 0}
    for group in suite["testGroups"]:
        key = bytes.fromhex(group["publicKey"]["pk"])
        for case in group["tests"]:
            signature, message = bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"])
            for verifier in verifiers:
                found = verifier.verify(key, signature, message)
                assert found is (case["result"] == "valid"), case["tcId"]
            judged[case["result"]] += 1
    assert judged == {"valid": 88, "invalid": 63}


def test_every_ciphertext_is_judged_as_it_should_be() -> None:
    """What sealing encrypts with: tampered tags and texts do not open."""
    judged = {"valid": 0, "invalid": 0}
    for group in suite_of("chacha20_poly1305")["testGroups"]:
        if group["ivSize"] != 96:
            continue
        for case in group["tests"]:
            key, nonce, aad = (bytes.fromhex(case[part]) for part in ("key", "iv", "aad"))
            sealed = bytes.fromhex(case["ct"] + case["tag"])
            opened = unseal(key, nonce, sealed, aad)
            expected = bytes.fromhex(case["msg"]) if case["result"] == "valid" else None
            assert opened == expected, case["tcId"]
            judged[case["result"]] += 1
    assert min(judged.values()) > 50


def test_every_key_is_derived_as_it_should_be() -> None:
    """What sealing derives with, by us and by hand."""
    judged = 0
    for group in suite_of("hkdf_sha256")["testGroups"]:
        for case in group["tests"]:
            if case["result"] == "valid" and case["size"] == 32:
                salt, ikm, info = (bytes.fromhex(case[part]) for part in ("salt", "ikm", "info"))
                assert hkdf.derive(ikm, salt, info).hex() == case["okm"]
                prk = hmac.digest(salt or bytes(32), ikm, "sha256")
                assert expand(prk, info).hex() == case["okm"]
                judged += 1
    assert judged > 5
