"""The links of accounts that this device has verified before, so that a start need not do it again.

Whoever builds the accounts of a hub checks one signature a link: with thousands of members that
would be felt in every verb. What was found good is noted in the replica, which is its member's own
file and trusted as such; what was found bad, or never seen, is checked.
"""

from hashlib import sha256
from typing import Final

from hobnob_protocol.crypto import Verifier
from hobnob_protocol.link import POSSESSION_TAG, TAG

NAME_BYTES: Final = 32
KNOWN_LINKS_MAX: Final = 32_768
"""A mebibyte of names; links beyond these are verified at every start."""
_TAGS: Final = (TAG, POSSESSION_TAG)


class KnownLinks:
    """A `Verifier` that remembers which signatures of links were good; all others pass through."""

    def __init__(self, verifier: Verifier) -> None:
        self._verifier = verifier
        self._known: dict[bytes, None] = {}
        self._noted = 0

    def learn(self, names: bytes) -> None:
        """Take what was noted; a part that is no name is left out."""
        whole = len(names) - len(names) % NAME_BYTES
        for start in range(0, whole, NAME_BYTES):
            self._known[names[start : start + NAME_BYTES]] = None
        self._noted = len(self._known)

    def news(self) -> bytes | None:
        """What is to be noted instead of what was; None where that is all the same."""
        if len(self._known) == self._noted:
            return None
        self._noted = len(self._known)
        return b"".join(self._known)

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        """As a `Verifier`."""
        if not message.startswith(_TAGS):
            return self._verifier.verify(public_key, signature, message)
        # Both before the message are of one length each: no two triples make one name.
        name = sha256(public_key + signature + message).digest()
        if name in self._known:
            return True
        good = self._verifier.verify(public_key, signature, message)
        if good and len(self._known) < KNOWN_LINKS_MAX:
            self._known[name] = None
        return good
