"""Typed identifiers: every id is plain bytes of one fixed length, told apart by its type.

An id is never a UUID and never chosen by the hub: it is the hash of what it names,
or the bytes its creator drew. Lengths are the wire lengths.
"""

from enum import StrEnum
from hashlib import sha256
from typing import Final, NewType

HubId = NewType("HubId", bytes)
"""32 bytes: SHA-256 of the hub's first public key, for ever."""
AccountId = NewType("AccountId", bytes)
"""20 bytes: SHA-256 of the account's genesis link, cut."""
DeviceKey = NewType("DeviceKey", bytes)
"""32 bytes: an Ed25519 public key."""
DeviceId = NewType("DeviceId", bytes)
"""8 bytes: SHA-256 of the device key, cut; unique within one hub."""
EventId = NewType("EventId", bytes)
"""32 bytes: SHA-256 of the bytes the author signed."""
TargetId = NewType("TargetId", bytes)
"""16 bytes: the first half of an event id, as one event names another."""
StreamId = NewType("StreamId", bytes)
"""``dir``, ``ppl``, ``mod``, ``u:`` + account, ``c:`` + channel, or ``d:`` + conversation."""
ChannelId = NewType("ChannelId", bytes)
"""16 bytes drawn by the channel's creator."""
ConversationId = NewType("ConversationId", bytes)
"""16 bytes: derived from both accounts for a DM, drawn by the creator for a group."""
GrantId = NewType("GrantId", bytes)
"""8 bytes: the first bytes of the id of the hub-signed event that gave the grant."""
Epoch = NewType("Epoch", bytes)
"""8 bytes drawn at the start of each unbroken life of a hub's log."""
ReplicaId = NewType("ReplicaId", bytes)
"""8 bytes drawn when a replica is created."""
Head = NewType("Head", bytes)
"""32 bytes: the hash chain's value after an event."""
Head8 = NewType("Head8", bytes)
"""8 bytes: a head, cut."""

LENGTHS: Final = {
    "hub": 32,
    "account": 20,
    "device_key": 32,
    "device": 8,
    "event": 32,
    "target": 16,
    "channel": 16,
    "conversation": 16,
    "grant": 8,
    "epoch": 8,
    "replica": 8,
    "head": 32,
    "head8": 8,
}
"""The length in bytes of every fixed-length id."""

EMPTY_HEAD: Final = Head(bytes(32))
"""The head of a stream before its first event."""
NO_GRANT: Final = GrantId(bytes(8))
"""The grant of streams every member holds by right: ``dir``, ``ppl`` and their own ``u:``."""


class StreamType(StrEnum):
    """The six sorts of stream; the value is the id's prefix without its colon."""

    USER = "u"
    DIRECTORY = "dir"
    PEOPLE = "ppl"
    CHANNEL = "c"
    CONVERSATION = "d"
    MODERATION = "mod"


DIRECTORY: Final = StreamId(b"dir")
PEOPLE: Final = StreamId(b"ppl")
MODERATION: Final = StreamId(b"mod")

_BY_PREFIX: Final = {
    b"u:": (StreamType.USER, 22),
    b"c:": (StreamType.CHANNEL, 18),
    b"d:": (StreamType.CONVERSATION, 18),
}
_BY_NAME: Final = {
    DIRECTORY: StreamType.DIRECTORY,
    PEOPLE: StreamType.PEOPLE,
    MODERATION: StreamType.MODERATION,
}


def stream_type(stream: bytes) -> StreamType | None:
    """The sort of `stream`, or None where the bytes are no stream id."""
    found = _BY_PREFIX.get(stream[:2])
    if found is not None and len(stream) == found[1]:
        return found[0]
    return _BY_NAME.get(StreamId(stream))


def user_stream(account: AccountId) -> StreamId:
    """The stream of an account's own devices."""
    return StreamId(b"u:" + account)


def channel_stream(channel: ChannelId) -> StreamId:
    """The stream of a channel."""
    return StreamId(b"c:" + channel)


def conversation_stream(conversation: ConversationId) -> StreamId:
    """The stream of a conversation."""
    return StreamId(b"d:" + conversation)


def direct_conversation(hub: HubId, one: AccountId, other: AccountId) -> ConversationId:
    """The id two members reach alone, so that both may start their DM offline (DESIGN §12); its
    highest bit is 0."""
    first, second = sorted((one, other))
    digest = sha256(b"hobnob/1 dm\0" + hub + first + second).digest()
    return ConversationId(bytes((digest[0] & 0x7F,)) + digest[1:16])


def group_conversation(entropy16: bytes) -> ConversationId:
    """The id of a new group; its highest bit is 1, so that no group takes the place of two members
    who have not met yet."""
    return ConversationId(bytes((entropy16[0] | 0x80,)) + entropy16[1:16])


def is_group(conversation: ConversationId) -> bool:
    """May this be a group's id?"""
    return conversation[0] >= 0x80


def account_id(genesis_link: bytes) -> AccountId:
    """The account a chain's first link founds, so that nobody else can found it."""
    return AccountId(sha256(genesis_link).digest()[:20])


def device_id(key: DeviceKey) -> DeviceId:
    """The id under which events and logins name a device key."""
    return DeviceId(sha256(key).digest()[:8])


def hub_id(first_public_key: DeviceKey) -> HubId:
    """The hub's name for ever: its first public key, hashed."""
    return HubId(sha256(first_public_key).digest())


def hub_account(hub: HubId) -> AccountId:
    """The hub's own account, whose device is the hub key; derived, so nobody can claim it."""
    return AccountId(sha256(b"hobnob/1 hub account\0" + hub).digest()[:20])


def imported_account(source: str, member: str) -> AccountId:
    """Stands for the member `member` of the place `source` until somebody claims it (DESIGN §12).

    An empty `member` is nobody in particular: what was said there without a name.
    """
    named = b"hobnob/1 imported\0" + source.encode() + member.encode()
    return AccountId(sha256(named).digest()[:20])


def target_of(event: EventId) -> TargetId:
    """The name by which other events refer to `event`."""
    return TargetId(event[:16])


def grant_of(event: EventId) -> GrantId:
    """The name of the grant given by the hub-signed event `event`."""
    return GrantId(event[:8])


def head8(head: Head) -> Head8:
    """A head cut to what cursors and headers carry."""
    return Head8(head[:8])
