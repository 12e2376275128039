"""When a text that another device of the account has handed over is believed.

It is what its event commits to, under the signature of whoever sealed it; so not even one's own
device can put words into anybody's mouth. One's own words are kept without what opens their
commitment: these are believed, for a device of one's own has handed them over, and nobody else's.
"""

from hobnob_client.sealing.tables import OpenedText
from hobnob_protocol.crypto import Verifier
from hobnob_protocol.errors import ProtocolError, UsageError
from hobnob_protocol.event import Author, Event, verify
from hobnob_protocol.ids import AccountId, HubId, StreamId
from hobnob_protocol.sealing.body import Message, decode_body
from hobnob_protocol.sealing.message import Opening
from hobnob_protocol.sealing.padding import pad
from hobnob_sync.reports import proven


def is_believed(
    text: OpenedText,
    data: bytes,
    event: Event,
    author: Author,
    me: AccountId,
    hub: HubId,
    stream: StreamId,
    verifier: Verifier,
) -> bool:
    """Is this what the sealed event `data`, which reads as `event`, says?"""
    if not text.salt:
        own = author.account == me and verify(event, hub, stream, author, verifier)
        return own and _is_message(event)
    try:
        opening = Opening(text.salt, pad(text.said))
    except UsageError:
        return False
    return proven(hub, author, verifier, stream, data, opening) is not None


def _is_message(event: Event) -> bool:
    try:
        return isinstance(decode_body(event.body), Message)
    except ProtocolError:
        return False
