"""What a report of a sealed message proves: who said what in which conversation.

The hub asks before it takes one, and each moderator's client asks for itself before it shows one:
a hub that takes what it should not has convinced nobody.
"""

from typing import NamedTuple

from hobnob_protocol.crypto import Verifier
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import Author, decode_event, event_id
from hobnob_protocol.ids import EventId, HubId, StreamId
from hobnob_protocol.kinds.messages import Edit, Post
from hobnob_protocol.registry import Registry
from hobnob_protocol.sealing.message import Opening
from hobnob_protocol.sealing.report import check_report
from hobnob_protocol.sealing.said import decode_said
from hobnob_sync.accounts import Accounts
from hobnob_sync.opened import conversation_of


class Named(NamedTuple):
    """The event that a report shows, and whose it is if its signature holds."""

    event: EventId
    author: Author


def named(hub: HubId, accounts: Accounts, stream: StreamId, event: bytes) -> Named | None:
    """What the event of a report is called; None where it is no event of anybody known."""
    try:
        read = decode_event(event)
    except ProtocolError:
        return None
    author = accounts.author(read.header.device)
    if author is None:
        return None
    return Named(event_id(hub, stream, author, read.header_bytes), author)


def proven(
    hub: HubId,
    author: Author,
    verifier: Verifier,
    stream: StreamId,
    event: bytes,
    opening: Opening,
) -> bytes | None:
    """The text that `author` has sealed in this event of this conversation, as it was sealed; None
    where that is not proved."""
    try:
        return check_report(event, opening, author, hub, conversation_of(stream), verifier)
    except ProtocolError:
        return None


def text_of(sealed: bytes, registry: Registry) -> str:
    """What a sealed text says to a person: its words, or what else was done."""
    try:
        said, body = decode_said(sealed, registry)
    except ProtocolError:
        # It is proved, and of no kind that anybody's program shows.
        return sealed.decode(errors="replace")
    if isinstance(body, Post | Edit):
        return body.text
    kind = registry.get(said.kind)
    assert kind is not None, "what is read is of a kind that is known"
    return f"({kind.name})"
