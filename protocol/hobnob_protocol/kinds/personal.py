"""What a member keeps for their own devices only, in their own stream."""

from typing import Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import AccountId, DeviceId, StreamId, StreamType, TargetId
from hobnob_protocol.kind import Body, Fact, Kind, ObjectRule, Rule, Write
from hobnob_protocol.limits import DEVICE_NAME_TEXT_MAX


@fields.body
class Save(Body):
    """An event of any stream is kept in one's own list, or no longer."""

    stream: StreamId = fields.stream()
    target: TargetId = fields.target()
    on: bool = fields.boolean(default=True)


@fields.body
class ReadCursor(Body):
    """A stream is read up to `seq`; the greater (gen, seq) holds.

    "Mark unread" raises `gen`, so that the cursor may go back.
    """

    stream: StreamId = fields.stream()
    gen: int = fields.seq()
    seq: int = fields.seq()


@fields.body
class Block(Body):
    """The account's messages are out of one's sight, or no longer; nobody else learns it."""

    account: AccountId = fields.account()
    on: bool = fields.boolean(default=True)


@fields.body
class Mute(Body):
    """A stream, or one thread of it, asks for no attention, or again; nobody else learns it."""

    stream: StreamId = fields.stream()
    thread: TargetId | None = fields.target(default=None)
    on: bool = fields.boolean(default=True)


@fields.body
class DeviceName(Body):
    """What one calls a device of one's own, or a recovery key; None takes the name away."""

    device: DeviceId = fields.device()
    name: str | None = fields.text(max=DEVICE_NAME_TEXT_MAX, default=None)


def _save(_fact: Fact, body: Save) -> tuple[Write, ...]:
    return (Write(nouns.SAVED, nouns.saved_key(body.target, body.stream), body.on),)


def _read_cursor(_fact: Fact, body: ReadCursor) -> tuple[Write, ...]:
    return (Write(nouns.READ, body.stream, (body.gen, body.seq), Rule.MAX),)


def _block(_fact: Fact, body: Block) -> tuple[Write, ...]:
    return (Write(nouns.BLOCKED, body.account, body.on),)


def _mute(_fact: Fact, body: Mute) -> tuple[Write, ...]:
    return (Write(nouns.MUTED, nouns.muted_key(body.thread, body.stream), body.on),)


def _device_name(_fact: Fact, body: DeviceName) -> tuple[Write, ...]:
    return (Write(nouns.DEVICE_NAME, body.device, body.name),)


KINDS: Final = (
    Kind(
        number=10,
        name="save",
        body=Save,
        streams=frozenset({StreamType.USER}),
        capability="personal",
        writes=writing.acts(Save, _save),
        object_rule=ObjectRule.SELF,
    ),
    Kind(
        number=11,
        name="read_cursor",
        body=ReadCursor,
        streams=frozenset({StreamType.USER}),
        capability="personal",
        writes=writing.acts(ReadCursor, _read_cursor),
        object_rule=ObjectRule.SELF,
    ),
    Kind(
        number=28,
        name="block",
        body=Block,
        streams=frozenset({StreamType.USER}),
        capability="personal",
        writes=writing.acts(Block, _block),
        object_rule=ObjectRule.SELF,
    ),
    Kind(
        number=45,
        name="mute",
        body=Mute,
        streams=frozenset({StreamType.USER}),
        capability="personal",
        writes=writing.acts(Mute, _mute),
        object_rule=ObjectRule.SELF,
    ),
    Kind(
        number=50,
        name="device_name",
        body=DeviceName,
        streams=frozenset({StreamType.USER}),
        capability="personal",
        writes=writing.acts(DeviceName, _device_name),
        object_rule=ObjectRule.SELF,
    ),
)
