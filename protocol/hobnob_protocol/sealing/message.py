"""One message: encrypted under its own key, bound to its place, and committed to under a signature.

The event's signature covers SHA-256(salt ‖ body), and the body holds header and ciphertext: so it
covers both, beside hub, conversation, account and device. A second signature would say nothing
more, and a moderator can check this one on its own.
"""

from hashlib import sha256
from typing import Final, NamedTuple

from hobnob_protocol.aead import NONCE_BYTES, seal, unseal
from hobnob_protocol.errors import SealError
from hobnob_protocol.event import Author
from hobnob_protocol.ids import ConversationId, HubId
from hobnob_protocol.sealing.body import Message, encode_message, message_header
from hobnob_protocol.sealing.padding import pad, unpad
from hobnob_protocol.sealing.ratchet import message_key, opening_salt

RULES: Final = {
    "sealed.cipher": "a message decrypts under its key, bound to its place",
    "sealed.commitment": "a message is the one its header commits to",
}
"""Every rule a message must keep, by the name its `SealError` carries."""

_TAG: Final = b"hobnob/1 msg\0"
_NONCE: Final = bytes(NONCE_BYTES)
"""Each key encrypts one message, so they may all have one nonce."""


class Opening(NamedTuple):
    """What opens a commitment: shown to a moderator, it proves what one message said."""

    salt: bytes
    padded: bytes

    @property
    def commitment(self) -> bytes:
        """What the header of the message must hold."""
        return sha256(self.salt + self.padded).digest()


def bound_to(hub: HubId, conversation: ConversationId, sender: Author, header: bytes) -> bytes:
    """What the encryption of a message is bound to."""
    return b"".join((_TAG, hub, conversation, sender.account, sender.key, header))


def seal_message(
    hub: HubId,
    conversation: ConversationId,
    sender: Author,
    sid: bytes,
    roster: bytes,
    index: int,
    chain_key: bytes,
    salt16: bytes,
    text: bytes,
) -> bytes:
    """The body of message `index` of a session, whose chain key this is; `salt16` is fresh."""
    opening = Opening(opening_salt(chain_key, salt16), pad(text))
    header = message_header(sid, roster, index, salt16, opening.commitment)
    bound = bound_to(hub, conversation, sender, header)
    sealed = seal(message_key(chain_key, salt16), _NONCE, opening.padded, bound)
    return encode_message(header, sealed)


def open_message(
    hub: HubId, conversation: ConversationId, sender: Author, message: Message, chain_key: bytes
) -> tuple[bytes, Opening]:
    """The text of a message and what proves it.

    SealError: `sealed.cipher`, then `sealed.commitment`, then `sealed.padding`.
    """
    bound = bound_to(hub, conversation, sender, message.header)
    padded = unseal(message_key(chain_key, message.salt), _NONCE, message.sealed, bound)
    if padded is None:
        raise SealError("sealed.cipher")
    opening = Opening(opening_salt(chain_key, message.salt), padded)
    if opening.commitment != message.commitment:
        raise SealError("sealed.commitment")
    return unpad(padded), opening
