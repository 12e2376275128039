"""What is said in a conversation, before it is sealed and after it is opened.

It is of the kinds that channels have, so that one fold makes the same of it. Its name is drawn by
its author and bound to the account: a text that is sealed anew, because the first sealing was never
sent, keeps its name, and nobody can take the name of what somebody else has said.
"""

from hashlib import sha256
from typing import Final, NamedTuple

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import SealError, UsageError
from hobnob_protocol.ids import AccountId, ConversationId, EventId
from hobnob_protocol.kind import Body
from hobnob_protocol.limits import SEALED_BYTES_MAX, TIME_SECONDS_MAX
from hobnob_protocol.registry import Registry

NAME_BYTES: Final = 16
VERSION: Final = 1
KINDS: Final = (
    "post", "edit", "delete", "react", "thread_title", "thread_resolve", "accept_answer",
)  # fmt: skip
"""What may be said under seal, by the names of the kinds: nothing that only a hub can judge."""

RULES: Final = {
    "said.fields": f"what is said is `[{VERSION}, kind, name, ts_seconds, body]`, then what later "
    "versions add",
    "said.kind": "its kind is one of those that may be said under seal",
}
"""Every rule of what is said, by the name its `SealError` carries; the codec's and those of the
body's kind beside them."""

_TAG: Final = b"hobnob/1 said\0"


class Said(NamedTuple):
    """One thing said: the number of its kind, its name (16 bytes of entropy), its author's clock,
    and the body of its kind, encoded."""

    kind: int
    name: bytes
    ts_seconds: int
    body: bytes


def may_be_said(registry: Registry, kind: int) -> bool:
    """Is this a kind that may be said under seal?"""
    found = registry.get(kind)
    return found is not None and found.name in KINDS


def encode_said(said: Said) -> bytes:
    """What is sealed; UsageError where it is too long to be."""
    data = encode((VERSION, said.kind, said.name, said.ts_seconds, said.body))
    if len(data) >= SEALED_BYTES_MAX:
        raise UsageError(f"a sealed text has at most {SEALED_BYTES_MAX} bytes with all around it")
    return data


def decode_said(data: bytes, registry: Registry) -> tuple[Said, Body]:
    """What was sealed, and its body read; SealError, or what the codec raises."""
    fields = decode(data, SEALED_BYTES_MAX)
    if type(fields) is not tuple or len(fields) < 5:
        raise SealError("said.fields")
    version, kind, name, ts_seconds, body = fields[:5]
    if type(version) is not int or version != VERSION or type(kind) is not int:
        raise SealError("said.fields")
    if type(name) is not bytes or len(name) != NAME_BYTES or type(body) is not bytes:
        raise SealError("said.fields")
    if type(ts_seconds) is not int or not 0 <= ts_seconds <= TIME_SECONDS_MAX:
        raise SealError("said.fields")
    if not may_be_said(registry, kind):
        raise SealError("said.kind", str(kind))
    read = registry.decode(kind, body)
    assert read is not None, "none of these kinds is opaque"
    return Said(kind, name, ts_seconds, body), read


def said_id(conversation: ConversationId, account: AccountId, name: bytes) -> EventId:
    """How others name what this account has said under `name` in this conversation."""
    return EventId(sha256(_TAG + conversation + account + name).digest())
