"""Conversations as they read once opened: a log and cells beside the sealed ones.

A replica keeps a second, local stream for each conversation, in the places of the first: what was
opened stands there as an event of its own kind, so that every view that reads a channel reads a
conversation too. What could not be opened stands there as a message without text, with the reason.
Nothing of it travels, and all of it can be made again from the sealed log and the texts.
"""

from dataclasses import replace
from hashlib import sha256
from typing import Final

from hobnob_protocol import writing
from hobnob_protocol.codec import encode
from hobnob_protocol.crypto import SIGNATURE_BYTES
from hobnob_protocol.event import NOTHING_SEEN, Author, Event
from hobnob_protocol.ids import ConversationId, DeviceId, StreamId, StreamType, stream_type
from hobnob_protocol.kind import Body, Fact, Write
from hobnob_protocol.registry import Registry
from hobnob_protocol.sealing.said import Said, said_id
from hobnob_protocol.value import value
from hobnob_sync.ports import Entry, ReplicaStream

PREFIX: Final = b"o:"
"""Begins the name of an opened stream, as `d:` that of the sealed one."""

_UNSIGNED: Final = bytes(SIGNATURE_BYTES)


def is_conversation(stream: StreamId) -> bool:
    """Is this the stream of a conversation?"""
    return stream_type(stream) is StreamType.CONVERSATION


def opened_stream(stream: StreamId) -> StreamId:
    """Where a conversation is kept opened; any other stream is its own."""
    return StreamId(PREFIX + stream[2:]) if is_conversation(stream) else stream


def sealed_stream(stream: StreamId) -> StreamId:
    """The inverse of `opened_stream`."""
    return StreamId(b"d:" + stream[2:]) if stream[:2] == PREFIX else stream


def opened_row(row: ReplicaStream, lo: int, hi: int) -> ReplicaStream:
    """The record of an opened log, of which so much is laid out, beside the sealed one's."""
    return replace(row, stream=opened_stream(row.stream), lo=lo, hi=hi)


def conversation_of(stream: StreamId) -> ConversationId:
    """The conversation of a stream, sealed or opened."""
    return ConversationId(stream[2:])


def written(said: Said, device: DeviceId) -> bytes:
    """What is said, laid out as an event that nobody has signed: its name stands for the salt."""
    body_hash = sha256(said.name + said.body).digest()
    header = encode((said.kind, device, 1, 0, NOTHING_SEEN, said.ts_seconds, body_hash))
    return encode((header, said.body, said.name, _UNSIGNED))


def read_written(event: Event) -> Said:
    """The inverse of `written`."""
    header = event.header
    return Said(header.kind, event.salt, header.ts_seconds, event.body)


@value
class Shown:
    """What stands in one place of an opened log, and what the fold takes of it."""

    entry: Entry
    writes: tuple[Write, ...]


def shown_said(
    stream: StreamId, sealed: Entry, author: Author, said: Said, body: Body, registry: Registry
) -> Shown:
    """What was opened, in the place of the sealed event of `stream`."""
    kind = registry.get(said.kind)
    assert kind is not None, "what is read is of a kind that is known"
    name = said_id(conversation_of(stream), author.account, said.name)
    entry = Entry(sealed.seq, sealed.at_ms, name, sealed.head, written(said, author.device))
    fact = Fact(
        opened_stream(stream), entry.seq, entry.at_ms, name, author.account, author.device,
        said.kind, said.ts_seconds, body,
    )  # fmt: skip
    return Shown(entry, kind.writes(fact))


def shown_closed(sealed: Entry, author: Author, event: Event, stream: StreamId, why: str) -> Shown:
    """A message that cannot be read here, with the reason: a code of `Unopened`, or a rule."""
    header = event.header
    fact = Fact(
        opened_stream(stream), sealed.seq, sealed.at_ms, sealed.event_id, author.account,
        author.device, header.kind, header.ts_seconds, None,
    )  # fmt: skip
    return Shown(sealed, (writing.message(fact, None, None, "", more=(why,)),))


def shown_withdrawn(sealed: Entry, author: Author, event: Event, stream: StreamId) -> Shown:
    """A message that its author has taken back, or that was erased: nothing of it is left."""
    header = event.header
    fact = Fact(
        opened_stream(stream), sealed.seq, sealed.at_ms, sealed.event_id, author.account,
        author.device, header.kind, header.ts_seconds, None,
    )  # fmt: skip
    return Shown(
        sealed, (writing.bare_message(fact), writing.withdrawn(fact.target, author.account))
    )
