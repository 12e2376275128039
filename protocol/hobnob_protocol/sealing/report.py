"""Reports: one sealed message shown to a moderator, who checks by itself what its author signed.

The event proves who sealed which commitment to which conversation; the opening, what it commits to.
Neither shows a key, so nothing else is opened by it: neither a made-up report nor a message that
reads otherwise to each of its readers gets through.
"""

from hobnob_protocol.crypto import Verifier
from hobnob_protocol.errors import SealError
from hobnob_protocol.event import Author, decode_event, verify
from hobnob_protocol.ids import ConversationId, HubId, conversation_stream
from hobnob_protocol.sealing.body import KIND, Message, decode_body
from hobnob_protocol.sealing.message import Opening
from hobnob_protocol.sealing.padding import unpad


def check_report(
    data: bytes,
    opening: Opening,
    author: Author,
    hub: HubId,
    conversation: ConversationId,
    verifier: Verifier,
) -> bytes:
    """The text that `author` has sealed in the event `data` of this conversation.

    SealError, or the codec's error, where it has not; `author` is who the event's device is by the
    verified chains.
    """
    event = decode_event(data)
    if event.header.kind != KIND or event.is_stub:
        raise SealError("sealed.event")
    if not verify(event, hub, conversation_stream(conversation), author, verifier):
        raise SealError("sealed.signature")
    body = decode_body(event.body)
    if not isinstance(body, Message):
        raise SealError("sealed.form")
    if opening.commitment != body.commitment:
        raise SealError("sealed.commitment")
    return unpad(opening.padded)
