"""A recovery key on paper: 24 words that somebody can write down, and the key they are.

The words are those of BIP 39 (https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki): 32
bytes and 8 bits of their SHA-256 in words of 11 bits. The list is its English one, unchanged
(`words/english.txt`, MIT licence): no two of its words share their first four letters. What BIP 39
does with a passphrase is left out: the bytes alone are the key (protocol/README.md, Accounts).
"""

import os
from dataclasses import field
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Final

from hobnob_protocol.crypto import Ed25519Signer
from hobnob_protocol.hkdf import derive
from hobnob_protocol.value import value

WORDS: Final = 24
ENTROPY_BYTES: Final = 32
WORD_BITS: Final = 11
_TAG: Final = b"hobnob/1 paper\0"
_CHECK_BITS: Final = 8
_PREFIX_LETTERS: Final = 4
"""So many letters tell a word of the list from every other."""


@value
class Paper:
    """The key behind 24 words. It shows itself to nobody but by `words`."""

    entropy: bytes = field(repr=False)

    @property
    def words(self) -> tuple[str, ...]:
        """What is written down."""
        whole = int.from_bytes(self.entropy) << _CHECK_BITS | _check(self.entropy)
        places = range(WORD_BITS * (WORDS - 1), -1, -WORD_BITS)
        return tuple(word_list()[whole >> place & (1 << WORD_BITS) - 1] for place in places)

    @property
    def signer(self) -> Ed25519Signer:
        """Signs as this recovery key."""
        return Ed25519Signer(derive(self.entropy, b"", _TAG))


def draw() -> Paper:
    """A key nobody knows."""
    return Paper(os.urandom(ENTROPY_BYTES))


def whole(word: str) -> str | None:
    """The word of the list that is meant, in either case, by its first four letters or more; None
    where there is none."""
    typed = word.lower()
    if typed in word_list():
        return typed
    if len(typed) < _PREFIX_LETTERS:
        return None
    return next((each for each in word_list() if each.startswith(typed)), None)


def read(words: tuple[str, ...]) -> Paper:
    """The key behind whole words of the list; ValueError where they do not belong together."""
    if len(words) != WORDS:
        raise ValueError("not 24 words")
    number = 0
    for word in words:
        number = number << WORD_BITS | word_list().index(word)
    entropy = (number >> _CHECK_BITS).to_bytes(ENTROPY_BYTES)
    if number & (1 << _CHECK_BITS) - 1 != _check(entropy):
        raise ValueError("the words do not belong together")
    return Paper(entropy)


def _check(entropy: bytes) -> int:
    return sha256(entropy).digest()[0]


@cache
def word_list() -> tuple[str, ...]:
    """All 2,048, in their order."""
    text = (files("hobnob_client") / "words" / "english.txt").read_text(encoding="ascii")
    return tuple(text.split())
