"""Channels: how they come to be, what they are called and for, and how they end."""

from collections.abc import Mapping
from typing import ClassVar, Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import DIRECTORY, ChannelId, StreamType
from hobnob_protocol.kind import Body, Fact, Kind, Signer, Write
from hobnob_protocol.limits import NAME_TEXT_MAX, PURPOSE_TEXT_MAX

HISTORIES: Final = ("all", "from_join")
"""What a new member sees of the time before: everything, or nothing."""


@fields.body
class ChannelCreate(Body):
    """A channel begins: a public one in `dir`, a private one as the first event of its stream.

    Public never turns private or back. Fresh members of the hub join an `auto_join` channel.
    """

    channel: ChannelId = fields.channel()
    name: str = fields.text(max=NAME_TEXT_MAX)
    purpose: str = fields.text(max=PURPOSE_TEXT_MAX, lines=True, empty=True, default="")
    auto_join: bool = fields.boolean(default=False)
    history: str = fields.choice(*HISTORIES, default="all")


@fields.body
class ChannelSet(Body):
    """One property of a channel changes; `auto_join` is "yes" or "no"."""

    channel: ChannelId = fields.channel()
    field: str = fields.choice("name", "auto_join", "history")
    value: str = fields.text(max=NAME_TEXT_MAX)

    rules: ClassVar[Mapping[str, str]] = {
        "channel_set.value": "`auto_join` is set to yes or no, `history` to all or from_join"
    }

    def contradiction(self) -> str:
        """Only a name is free text."""
        allowed = {"auto_join": ("yes", "no"), "history": HISTORIES}.get(self.field)
        return "" if allowed is None or self.value in allowed else "channel_set.value"


@fields.body
class ChannelArchive(Body):
    """The channel takes no more messages, or does again; all of it stays readable."""

    channel: ChannelId = fields.channel()
    archived: bool = fields.boolean(default=True)


@fields.body
class Purpose(Body):
    """What a channel is for; `channel` may be left out in the channel's own stream."""

    text: str = fields.text(max=PURPOSE_TEXT_MAX, lines=True, empty=True)
    channel: ChannelId | None = fields.channel(default=None)


def _channel_create(fact: Fact, body: ChannelCreate) -> tuple[Write, ...]:
    written = (
        *_field(fact, body.channel, "name", body.name),
        *_field(fact, body.channel, "purpose", body.purpose),
        *_field(fact, body.channel, "auto_join", body.auto_join),
        *_field(fact, body.channel, "history", body.history),
        *_field(fact, body.channel, "public", fact.stream == DIRECTORY),
        *_field(fact, body.channel, "creator", fact.account),
    )
    if fact.stream == DIRECTORY or not written:
        return written
    # Nobody could invite the creator of a private channel into it.
    return (*written, Write(nouns.MEMBER, fact.account, nouns.JOINED))


def _channel_set(fact: Fact, body: ChannelSet) -> tuple[Write, ...]:
    value = body.value == "yes" if body.field == "auto_join" else body.value
    return _field(fact, body.channel, body.field, value)


def _channel_archive(fact: Fact, body: ChannelArchive) -> tuple[Write, ...]:
    return _field(fact, body.channel, "archived", body.archived)


def _purpose(fact: Fact, body: Purpose) -> tuple[Write, ...]:
    return _field(fact, body.channel, "purpose", body.text)


def _field(
    fact: Fact, named: ChannelId | None, field: str, value: str | bool | bytes
) -> tuple[Write, ...]:
    """The write of a channel's field; none where the stream is neither `dir` nor the channel's."""
    channel = named
    if fact.stream != DIRECTORY:
        channel = ChannelId(fact.stream[2:])
        if named not in (None, channel):
            return ()
    if channel is None:
        return ()
    return (Write(nouns.CHANNEL, nouns.channel_key(channel, field), value),)


KINDS: Final = (
    Kind(
        number=8,
        name="purpose",
        body=Purpose,
        streams=frozenset({StreamType.DIRECTORY, StreamType.CHANNEL}),
        capability="manage_channel",
        writes=writing.acts(Purpose, _purpose),
        signer=Signer.EITHER,
    ),
    Kind(
        number=13,
        name="channel_create",
        body=ChannelCreate,
        streams=frozenset({StreamType.DIRECTORY, StreamType.CHANNEL}),
        capability="create_channel",
        writes=writing.acts(ChannelCreate, _channel_create),
        signer=Signer.EITHER,
        cost=40,
    ),
    Kind(
        number=14,
        name="channel_archive",
        body=ChannelArchive,
        streams=frozenset({StreamType.DIRECTORY, StreamType.CHANNEL}),
        capability="manage_channel",
        writes=writing.acts(ChannelArchive, _channel_archive),
        signer=Signer.EITHER,
    ),
    Kind(
        number=15,
        name="channel_set",
        body=ChannelSet,
        streams=frozenset({StreamType.DIRECTORY, StreamType.CHANNEL}),
        capability="manage_channel",
        writes=writing.acts(ChannelSet, _channel_set),
        signer=Signer.EITHER,
    ),
)
