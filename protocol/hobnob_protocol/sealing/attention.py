"""What asks for one's attention, among what is private: levels, keywords and quiet hours.

Names are MessagePack. `["level", stream, thread]`, `thread` no bytes for the stream itself, with
the value `[level, until_ms]`; `["keyword", digest]`, the SHA-256 of the keyword in UTF-8 cut to 16,
with `[keyword, pings]`; `["quiet"]` with `[hours, zone]`. What these mean is the client's affair:
the hub sees none of it.
"""

from hashlib import sha256
from typing import Final, NamedTuple

from hobnob_protocol.codec import Wire, decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import StreamId, TargetId, stream_type
from hobnob_protocol.limits import PRIVATE_NAME_BYTES_MAX, SEALED_BYTES_MAX

LEVEL: Final = "level"
KEYWORD: Final = "keyword"
QUIET: Final = "quiet"
DIGEST_BYTES: Final = 16
THREAD_BYTES: Final = 16
KEYWORDS: Final = encode((KEYWORD, b""))[: 2 + len(KEYWORD)]
"""What the name of each keyword begins with."""


class KeptLevel(NamedTuple):
    """How loud a stream is, or a thread of it: `level` is a word, "" for what holds without;
    nothing of it asks for attention before `until_ms`, 0 where it may."""

    stream: StreamId
    thread: TargetId | None
    level: str
    until_ms: int


class KeptKeyword(NamedTuple):
    """What one wants to hear of wherever it is said, or where not `pings` never."""

    keyword: str
    pings: bool


class KeptQuiet(NamedTuple):
    """In which hours nothing pings, in words, by the clock of a time zone; "" for the device's."""

    hours: str
    zone: str


Kept = KeptLevel | KeptKeyword | KeptQuiet


def name_of(kept: Kept) -> bytes:
    """Under which name it is kept: what is set twice, on two devices too, is one."""
    if isinstance(kept, KeptLevel):
        return encode((LEVEL, kept.stream, kept.thread or b""))
    if isinstance(kept, KeptKeyword):
        digest = sha256(kept.keyword.encode(errors="replace")).digest()
        return encode((KEYWORD, digest[:DIGEST_BYTES]))
    return encode((QUIET,))


def value_of(kept: Kept) -> bytes:
    """Its value; no bytes where it is what holds without it."""
    if isinstance(kept, KeptLevel):
        return encode((kept.level, kept.until_ms)) if kept.level or kept.until_ms else b""
    if isinstance(kept, KeptKeyword):
        return encode((kept.keyword, kept.pings))
    return encode((kept.hours, kept.zone)) if kept.hours else b""


def read(name: bytes, value: bytes) -> Kept | None:
    """What is kept under this name; None where it is something else, or does not fit: a later
    version's."""
    try:
        key, said = decode(name, PRIVATE_NAME_BYTES_MAX), decode(value, SEALED_BYTES_MAX)
    except ProtocolError:
        return None
    if type(key) is not tuple or type(said) is not tuple or len(said) != 2:
        return None
    found = _read(key, *said)
    return found if found is not None and name_of(found) == name else None


def _read(key: tuple[Wire, ...], first: Wire, second: Wire) -> Kept | None:
    if type(first) is not str:
        return None
    if len(key) == 3 and key[0] == LEVEL and type(second) is int and second >= 0:
        _, stream, thread = key
        if type(stream) is bytes and type(thread) is bytes and stream_type(stream) is not None:
            root = TargetId(thread) if len(thread) == THREAD_BYTES else None
            return KeptLevel(StreamId(stream), root, first, second)
    if key[:1] == (KEYWORD,) and type(second) is bool:
        return KeptKeyword(first, second)
    if key == (QUIET,) and type(second) is str:
        return KeptQuiet(first, second)
    return None
