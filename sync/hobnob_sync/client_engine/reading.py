"""Events as they come from the hub: decoded, placed in the chain, and put before the fold.

An event is taken only if its author's device is known: its id, and so the chain, binds account
and key. What an author could not have signed is kept raw and never folded.
"""

from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.event import Author, Event, decode_event, event_id, verify
from hobnob_protocol.ids import (
    EMPTY_HEAD,
    DeviceId,
    Head,
    StreamId,
    StreamType,
    stream_type,
    user_stream,
)
from hobnob_protocol.kind import Body, Fact, Kind, Signer, Write
from hobnob_protocol.value import value
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.log import next_head
from hobnob_sync.ports import Entry


@value
class Read:
    """One event in its place. `kind` is None where it must not be folded: an unknown kind, or one
    its signer may not use (`flaw` says which rule it breaks, "" for none). `writes` are what the
    fold takes of it."""

    entry: Entry
    event: Event
    author: Author
    fact: Fact
    kind: Kind | None
    flaw: str
    writes: tuple[Write, ...]


def author_of(state: ReplicaState, device: DeviceId) -> Author | None:
    """Who signs with `device`, if we know them."""
    return state.accounts.author(device)


def read_event(
    state: ReplicaState, stream: StreamId, seq: int, at_ms: int, data: bytes, head: Head
) -> Read | None:
    """The event `data` at `seq`, after `head`; None while its author is unknown.

    ProtocolError if the bytes are no event.
    """
    event = decode_event(data)
    author = author_of(state, event.header.device)
    if author is None:
        return None
    found_id = event_id(state.identity.hub, stream, author, event.header_bytes)
    entry = Entry(seq, at_ms, found_id, next_head(head, found_id, seq, at_ms), data)
    return interpret(state, stream, entry, event, author)


def reread(state: ReplicaState, stream: StreamId, entry: Entry) -> Read | None:
    """An event of our own log, once more before the fold; None also where it has rotted, which
    only an inspection mends."""
    try:
        event = decode_event(entry.event)
    except ProtocolError:
        state.suspects[stream] = None
        return None
    author = author_of(state, event.header.device)
    if author is None:
        return None
    return interpret(state, stream, entry, event, author)


def interpret(
    state: ReplicaState, stream: StreamId, entry: Entry, event: Event, author: Author
) -> Read:
    """What the event says, if its kind is known and its signer may say it."""
    header = event.header
    kind = state.identity.registry.get(header.kind)
    body: Body | None = None
    flaw = ""
    if kind is not None:
        by_hub = author.account == state.accounts.hub.account
        if by_hub != (kind.signer is Signer.HUB) and kind.signer is not Signer.EITHER:
            flaw = "signer"
        elif not by_hub and _is_of_another(stream, author):
            flaw = "self"
        elif not event.is_stub and not kind.opaque:
            try:
                body = state.identity.registry.decode(header.kind, event.body)
            except ProtocolError:
                flaw = "body"
    fact = Fact(
        stream,
        entry.seq,
        entry.at_ms,
        entry.event_id,
        author.account,
        author.device,
        header.kind,
        header.ts_seconds,
        body,
    )
    if kind is None or flaw:
        return Read(entry, event, author, fact, None, flaw, ())
    return Read(entry, event, author, fact, kind, "", kind.writes(fact))


def _is_of_another(stream: StreamId, author: Author) -> bool:
    """Is this the stream of somebody's own devices, and the author none of them? A hub that helps
    a member could else put words into it: whom its owner has verified, say."""
    return stream_type(stream) is StreamType.USER and stream != user_stream(author.account)


def read_context(
    state: ReplicaState, stream: StreamId, seq: int, at_ms: int, data: bytes
) -> Entry | None:
    """An event out of its page: it has no place in the chain, so its signature must hold."""
    read = read_event(state, stream, seq, at_ms, data, EMPTY_HEAD)
    if read is None:
        return None
    event = read.event
    identity = state.identity
    if not verify(event, identity.hub, stream, read.author, identity.verifier):
        return None
    return Entry(seq, at_ms, read.entry.event_id, EMPTY_HEAD, data)
