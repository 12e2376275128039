"""The keys of one session: a chain key for each message, of which everything else is derived.

With a new salt for each message two copies of one process never seal under one key, though both
hold the same chain key and count alike.
"""

from typing import Final

from hobnob_protocol.errors import SealError
from hobnob_protocol.hkdf import expand
from hobnob_protocol.limits import SKIPS_MAX

CHAIN_KEY_BYTES: Final = 32
MESSAGE_SALT_BYTES: Final = 16

RULES: Final = {
    "sealed.replay": "each message of a session is sent once",
    "sealed.skips": f"at most {SKIPS_MAX} messages of a session are missing",
}
"""Every rule of a message's place in its session, by the name its `SealError` carries."""


def message_key(chain_key: bytes, salt: bytes) -> bytes:
    """What a message is encrypted with."""
    return expand(chain_key, b"mk" + salt)


def opening_salt(chain_key: bytes, salt: bytes) -> bytes:
    """What its commitment is salted with; who shows it shows nothing of the chain key."""
    return expand(chain_key, b"op" + salt)


def next_chain_key(chain_key: bytes) -> bytes:
    """The key of the message after."""
    return expand(chain_key, b"ck")


class ReceivingChain:
    """The chain keys that a reader of a session still needs. Changed only by `use`."""

    def __init__(self, chain_key: bytes) -> None:
        self._next = 0
        self._chain_key = chain_key
        self._skipped: dict[int, bytes] = {}

    def key_of(self, index: int) -> bytes:
        """The chain key of a message that was not read yet.

        SealError `sealed.replay` or `sealed.skips`.
        """
        if index < self._next:
            if index not in self._skipped:
                raise SealError("sealed.replay", f"message {index}")
            return self._skipped[index]
        if index - self._next + len(self._skipped) > SKIPS_MAX:
            raise SealError("sealed.skips", f"message {index}")
        key = self._chain_key
        for _ in range(index - self._next):
            key = next_chain_key(key)
        return key

    def use(self, index: int) -> None:
        """Message `index`, whose key was asked for, has been read: its key is gone for ever."""
        if index < self._next:
            del self._skipped[index]
            return
        while self._next < index:
            self._skipped[self._next] = self._chain_key
            self._advance()
        self._advance()

    def _advance(self) -> None:
        self._chain_key = next_chain_key(self._chain_key)
        self._next += 1
