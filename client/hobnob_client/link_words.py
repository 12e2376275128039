"""Eight words that one device shows and another is told: where they meet, and the key there.

88 random bits for one use and two minutes need no slow hash: the hub, which alone could try words
at leisure, would have to try them all. What is made of them is in protocol/README.md, "A device by
words". They are kept nowhere.
"""

import os
from dataclasses import field
from hashlib import sha256
from typing import Final

from hobnob_client.paper import WORD_BITS, word_list
from hobnob_protocol.aead import NONCE_BYTES, seal, unseal
from hobnob_protocol.hkdf import derive
from hobnob_protocol.ids import AccountId, DeviceKey, HubId
from hobnob_protocol.value import value

WORDS: Final = 8
ENTROPY_BYTES: Final = WORDS * WORD_BITS // 8
CHECK_WORDS: Final = 3
_SLOT_TAG: Final = b"hobnob/1 words slot\0"
_KEY_TAG: Final = b"hobnob/1 words key\0"
_MESSAGE_TAG: Final = b"hobnob/1 words message\0"
_CHECK_TAG: Final = b"hobnob/1 words check\0"


class Box:
    """Seals what the two devices say at one hub; `slot` is where they meet, 32 bytes."""

    def __init__(self, entropy: bytes, hub: HubId) -> None:
        self.slot: Final = derive(entropy, hub, _SLOT_TAG)
        self._key: Final = derive(entropy, hub, _KEY_TAG)

    def seal(self, number: int, text: bytes) -> bytes:
        """The message of this number, 1 to 4."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + seal(self._key, nonce, text, _MESSAGE_TAG + bytes([number]))

    def open(self, number: int, sealed: bytes) -> bytes:
        """What it says; ValueError where it is not the message of this number under these words."""
        nonce, text = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        if len(nonce) < NONCE_BYTES:
            raise ValueError("not sealed at all")
        said = unseal(self._key, nonce, text, _MESSAGE_TAG + bytes([number]))
        if said is None:
            raise ValueError("not sealed by these words")
        return said


@value
class LinkWords:
    """The words as bits. They show themselves to nobody but by `words`."""

    entropy: bytes = field(repr=False)

    @property
    def words(self) -> tuple[str, ...]:
        """What is shown and typed."""
        return _words(int.from_bytes(self.entropy), WORDS)

    def box(self, hub: HubId) -> Box:
        """What is made of them at this hub."""
        return Box(self.entropy, hub)


def draw() -> LinkWords:
    """Words nobody knows."""
    return LinkWords(os.urandom(ENTROPY_BYTES))


def read(words: tuple[str, ...]) -> LinkWords:
    """What eight whole words of the list say; ValueError where they are more or fewer."""
    if len(words) != WORDS:
        raise ValueError("not 8 words")
    number = 0
    for word in words:
        number = number << WORD_BITS | word_list().index(word)
    return LinkWords(number.to_bytes(ENTROPY_BYTES))


def check(hub: HubId, account: AccountId, key: DeviceKey) -> str:
    """The three words by which a person sees that both screens mean the same new device."""
    said = sha256(_CHECK_TAG + hub + account + key).digest()
    bits = CHECK_WORDS * WORD_BITS
    return " ".join(_words(int.from_bytes(said) >> 8 * len(said) - bits, CHECK_WORDS))


def _words(number: int, count: int) -> tuple[str, ...]:
    places = range(WORD_BITS * (count - 1), -1, -WORD_BITS)
    return tuple(word_list()[number >> place & (1 << WORD_BITS) - 1] for place in places)
