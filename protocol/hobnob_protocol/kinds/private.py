"""What one's own devices keep from everybody else: a key for all of them, and cells under it."""

from typing import Final, NamedTuple, NewType

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import DeviceId, StreamType
from hobnob_protocol.kind import Body, Fact, Kind, ObjectRule, Rule, Write
from hobnob_protocol.limits import (
    CHAIN_LINKS_MAX,
    DEVICES_MAX,
    PRIVATE_AHEAD_MS,
    SEALED_BYTES_MAX,
    SEALED_PADDING_MIN,
    SEQ_MAX,
)

OwnKeyId = NewType("OwnKeyId", bytes)
"""16 bytes: the hash of an own key under its tag, cut."""
BlindName = NewType("BlindName", bytes)
"""16 bytes: the name of a private cell, as only those who hold its key can make it."""

ID_BYTES: Final = 16
WRAPPED_BYTES: Final = 1_168
"""An own key sealed to one device: what HPKE adds, and its 32 bytes."""
AROUND_BYTES: Final = 32
"""A salt before what is sealed, a tag behind it."""


@fields.body
class Private(Body):
    """What the account's own devices alone can read, under a name that they alone can make; of what
    one device has sealed under a name the greatest `number` holds."""

    key: OwnKeyId = fields.blob(min=ID_BYTES, max=ID_BYTES)
    name: BlindName = fields.blob(min=ID_BYTES, max=ID_BYTES)
    number: int = fields.integer(1, SEQ_MAX)
    sealed: bytes = fields.blob(
        min=SEALED_PADDING_MIN + AROUND_BYTES, max=SEALED_BYTES_MAX + AROUND_BYTES
    )


@fields.body
class OwnKey(Body):
    """A key for what is private, sealed to each of the account's devices: `[device, kid, sealed]`.
    `links` and `head` are where its author holds the account's chain."""

    key: OwnKeyId = fields.blob(min=ID_BYTES, max=ID_BYTES)
    links: int = fields.integer(1, CHAIN_LINKS_MAX)
    head: bytes = fields.blob(min=32, max=32)
    slices: tuple[tuple[DeviceId, bytes, bytes], ...] = fields.many(
        fields.record(
            fields.device(),
            fields.blob(min=8, max=8),
            fields.blob(min=WRAPPED_BYTES, max=WRAPPED_BYTES),
        ),
        min=1,
        max=DEVICES_MAX,
        ascending=True,
    )


class PrivateValue(NamedTuple):
    """What a device has sealed under a name, and the number that orders what all have sealed."""

    number: int
    sealed: bytes


class OwnKeyValue(NamedTuple):
    """Where its author held the account's chain, and the key as each device was given it."""

    links: int
    head: bytes
    slices: tuple[tuple[DeviceId, bytes, bytes], ...]


def private_place(key: OwnKeyId, name: BlindName, device: DeviceId) -> bytes:
    """The cell that a device has sealed under a blinded name."""
    return key + name + device


def own_key_place(key: OwnKeyId, device: DeviceId) -> bytes:
    """The cell of an own key as a device has shared it."""
    return key + device


def _private(fact: Fact, body: Private) -> tuple[Write, ...]:
    # Nobody could write after a number of next year.
    if body.number > fact.at_ms + PRIVATE_AHEAD_MS:
        return ()
    place = private_place(body.key, body.name, fact.device)
    return (Write(nouns.PRIVATE, place, (body.number, body.sealed), Rule.MAX),)


def _own_key(fact: Fact, body: OwnKey) -> tuple[Write, ...]:
    place = own_key_place(body.key, fact.device)
    return (Write(nouns.OWN_KEY, place, (body.links, body.head, body.slices), Rule.FIRST),)


KINDS: Final = (
    Kind(
        number=54,
        name="private",
        body=Private,
        streams=frozenset({StreamType.USER}),
        capability="personal",
        writes=writing.acts(Private, _private),
        object_rule=ObjectRule.SELF,
    ),
    Kind(
        number=55,
        name="own_key",
        body=OwnKey,
        streams=frozenset({StreamType.USER}),
        capability="personal",
        writes=writing.acts(OwnKey, _own_key),
        object_rule=ObjectRule.SELF,
    ),
)
