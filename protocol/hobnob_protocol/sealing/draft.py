"""Drafts among what is private: what was begun in a place and not sent yet.

A name is MessagePack `["draft", stream, thread, other]`: `thread` is no bytes for the stream
itself, `other` for the draft that the place shows, else it tells one apart that lost against that.
The value is the text in UTF-8.
"""

from hashlib import sha256
from typing import Final, NamedTuple

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import StreamId, TargetId, stream_type
from hobnob_protocol.limits import PRIVATE_NAME_BYTES_MAX

SORT: Final = "draft"
OTHER_BYTES: Final = 8


class Draft(NamedTuple):
    """Which draft: where, and which of those that lost there, no bytes for the one that stays."""

    stream: StreamId
    thread: TargetId | None = None
    other: bytes = b""


def encode_draft(draft: Draft) -> bytes:
    """Its name among what is private."""
    return encode((SORT, draft.stream, draft.thread or b"", draft.other))


def decode_draft(name: bytes) -> Draft | None:
    """Which draft has this name; None where it names something else."""
    try:
        fields = decode(name, PRIVATE_NAME_BYTES_MAX)
    except ProtocolError:
        return None
    if type(fields) is not tuple or len(fields) != 4 or fields[0] != SORT:
        return None
    _, stream, thread, other = fields
    if type(stream) is not bytes or type(thread) is not bytes or type(other) is not bytes:
        return None
    if stream_type(stream) is None or len(thread) not in (0, 16):
        return None
    if len(other) not in (0, OTHER_BYTES):
        return None
    return Draft(StreamId(stream), TargetId(thread) if thread else None, other)


def beside(name: bytes, value: bytes) -> bytes | None:
    """Where a value is kept that lost against another one of this name: all devices call it alike.
    None for what is no draft, and for a draft that has lost once already."""
    draft = decode_draft(name)
    if draft is None or draft.other:
        return None
    return encode_draft(draft._replace(other=other_of(value)))


def other_of(value: bytes) -> bytes:
    """What tells a draft apart that lost: the hash of its text, cut."""
    return sha256(value).digest()[:OTHER_BYTES]
