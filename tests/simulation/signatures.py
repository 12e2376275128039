"""How a world signs: mostly with what is cheap, in some seeds as everybody does outside."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hobnob_protocol.crypto import Ed25519Signer, Ed25519Verifier, Signer, Verifier
from hobnob_protocol.testing.keyed import KeyedSigner, KeyedVerifier


@dataclass(frozen=True, slots=True)
class Signatures:
    """A signer from its 32 bytes of seed, and who checks what it signs."""

    signer: Callable[[bytes], Signer]
    verifier: Callable[[], Verifier]


KEYED: Final = Signatures(KeyedSigner, KeyedVerifier)
REAL: Final = Signatures(Ed25519Signer, Ed25519Verifier)
