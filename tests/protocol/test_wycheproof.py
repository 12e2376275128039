"""Ed25519 against the vectors of project Wycheproof, where they are at hand."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from hobnob_protocol.crypto import Ed25519Verifier

VECTORS: Final = (
    Path(__file__).parents[3] / "shared" / "data" / "vectors" / "wycheproof"
) / "ed25519_test.json.zst"


@pytest.mark.skipif(not VECTORS.exists(), reason="the third-party vectors are not here")
def test_every_vector_is_judged_as_it_should_be() -> None:
    """Valid signatures count; malleable, truncated, overlong and forged ones do not."""
    zstandard = pytest.importorskip("zstandard")
    with zstandard.open(VECTORS, "rt", encoding="utf-8") as lines:
        suite: dict[str, Any] = json.load(lines)
    verifier = Ed25519Verifier()
    judged = {"valid": 0, "invalid": 0}
    for group in suite["testGroups"]:
        key = bytes.fromhex(group["publicKey"]["pk"])
        for case in group["tests"]:
            signature, message = bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"])
            found = verifier.verify(key, signature, message)
            assert found is (case["result"] == "valid"), case["tcId"]
            judged[case["result"]] += 1
    assert judged == {"valid": 88, "invalid": 63}
