"""What was first said elsewhere, by whom and where: signed by who imports it, never as theirs."""

from typing import Any, Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import AccountId, StreamType, TargetId, imported_account
from hobnob_protocol.kind import Body, Fact, Kind, Write
from hobnob_protocol.limits import (
    EMOJI_TEXT_MAX,
    EXTRA_FIELDS_MAX,
    FIELD_NAME_MAX,
    FIELD_TEXT_MAX,
    IMPORTED_MEMBERS_MAX,
    IMPORTED_REACTIONS_MAX,
    MEMBER_FIELDS_MAX,
    MENTIONS_MAX,
    POST_TEXT_MAX,
    REFERENCES_MAX,
    SEQ_MAX,
    SOURCE_TEXT_MAX,
)


def _extra(most: int) -> Any:
    """Fields hobnob has no name for: pairs of a name and a value."""
    pair = fields.record(
        fields.text(max=FIELD_NAME_MAX), fields.text(max=FIELD_TEXT_MAX, lines=True, empty=True)
    )
    return fields.many(pair, max=most, default=())


@fields.body
class Imported(Body):
    """A message brought over from another place, signed by who imports it.

    `account` stands for its author there, `at_ms` is when it was said; `references` are the ids
    there of messages it answers; `extra` are fields hobnob has no name for. `thread`, `reply` and
    `mentions` are as a post's. `reactions` are counts, and nobody's vote here. One that has
    `deleted_ms` was withdrawn there and is shown as withdrawn.
    """

    source: str = fields.text(max=SOURCE_TEXT_MAX)
    source_id: str = fields.text(max=SOURCE_TEXT_MAX)
    account: AccountId = fields.account()
    at_ms: int = fields.time_ms()
    text: str = fields.text(max=POST_TEXT_MAX, lines=True, empty=True)
    references: tuple[str, ...] = fields.many(
        fields.text(max=SOURCE_TEXT_MAX), max=REFERENCES_MAX, default=()
    )
    edited_ms: int | None = fields.time_ms(default=None)
    deleted_ms: int | None = fields.time_ms(default=None)
    extra: tuple[tuple[str, str], ...] = _extra(EXTRA_FIELDS_MAX)
    thread: TargetId | None = fields.target(default=None)
    reply: TargetId | None = fields.target(default=None)
    mentions: tuple[AccountId, ...] = fields.many(
        fields.account(), max=MENTIONS_MAX, distinct=True, default=()
    )
    reactions: tuple[tuple[str, int], ...] = fields.many(
        fields.record(fields.text(max=EMOJI_TEXT_MAX), fields.integer(1, SEQ_MAX)),
        max=IMPORTED_REACTIONS_MAX,
        default=(),
    )


@fields.body
class ImportedMembers(Body):
    """Who members of another place are: each an id there, a name, whether a bot, and other fields.

    Each stands here as the account that source and id make ([Names](#names)) until it is claimed.
    """

    source: str = fields.text(max=SOURCE_TEXT_MAX)
    members: tuple[tuple[str, str, bool, tuple[tuple[str, str], ...]], ...] = fields.many(
        fields.record(
            fields.text(max=SOURCE_TEXT_MAX),
            fields.text(max=SOURCE_TEXT_MAX, empty=True),
            fields.boolean(),
            _extra(MEMBER_FIELDS_MAX),
        ),
        min=1,
        max=IMPORTED_MEMBERS_MAX,
    )


@fields.body
class ImportedChannel(Body):
    """This channel holds what was said in a channel elsewhere, whose id and name these are."""

    source: str = fields.text(max=SOURCE_TEXT_MAX)
    source_id: str = fields.text(max=SOURCE_TEXT_MAX)
    name: str = fields.text(max=SOURCE_TEXT_MAX)
    extra: tuple[tuple[str, str], ...] = _extra(EXTRA_FIELDS_MAX)


def _imported(fact: Fact, body: Imported) -> tuple[Write, ...]:
    more = (
        body.source,
        body.source_id,
        body.account,
        body.at_ms,
        body.references,
        body.edited_ms,
        body.deleted_ms,
        body.extra,
        body.reactions,
    )
    text = body.text if body.deleted_ms is None else ""
    return (writing.message(fact, body.thread, body.reply, text, body.mentions, more),)


def _members(_fact: Fact, body: ImportedMembers) -> tuple[Write, ...]:
    return tuple(
        Write(
            nouns.IMPORTED_MEMBER,
            imported_account(body.source, member),
            (body.source, member, name, bot, extra),
        )
        for member, name, bot, extra in body.members
    )


def _channel(_fact: Fact, body: ImportedChannel) -> tuple[Write, ...]:
    key = nouns.imported_channel_key(body.source, body.source_id)
    value = (body.source, body.source_id, body.name, body.extra)
    return (Write(nouns.IMPORTED_CHANNEL, key, value),)


KINDS: Final = (
    Kind(
        number=30,
        name="imported",
        body=Imported,
        streams=frozenset({StreamType.CHANNEL}),
        capability="import",
        writes=writing.says(Imported, _imported),
        cost=2,
        root=True,
    ),
    Kind(
        number=33,
        name="imported_members",
        body=ImportedMembers,
        streams=frozenset({StreamType.PEOPLE}),
        capability="import",
        writes=writing.acts(ImportedMembers, _members),
        cost=2,
    ),
    Kind(
        number=34,
        name="imported_channel",
        body=ImportedChannel,
        streams=frozenset({StreamType.CHANNEL}),
        capability="import",
        writes=writing.acts(ImportedChannel, _channel),
        cost=2,
    ),
)
