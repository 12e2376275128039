"""Messages that were first said elsewhere."""

from typing import Final

from hobnob_protocol import fields, nouns
from hobnob_protocol.ids import AccountId, StreamType
from hobnob_protocol.kind import Body, Fact, Kind, Write
from hobnob_protocol.limits import (
    EXTRA_FIELDS_MAX,
    FIELD_NAME_MAX,
    FIELD_TEXT_MAX,
    POST_TEXT_MAX,
    REFERENCES_MAX,
    SOURCE_TEXT_MAX,
)


@fields.body
class Imported(Body):
    """A message brought over from another place, signed by who imports it.

    `account` stands for its author there, `at_ms` is when it was said; `references` are the ids
    there of messages it belongs to or answers; `extra` are fields hobnob has no name for.
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
    extra: tuple[tuple[str, str], ...] = fields.many(
        fields.record(
            fields.text(max=FIELD_NAME_MAX), fields.text(max=FIELD_TEXT_MAX, lines=True, empty=True)
        ),
        max=EXTRA_FIELDS_MAX,
        default=(),
    )


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
    )
    return (nouns.message(fact, None, None, body.text, more=more),)


KINDS: Final = (
    Kind(
        number=30,
        name="imported",
        body=Imported,
        streams=frozenset({StreamType.CHANNEL}),
        capability="import",
        writes=nouns.says(Imported, _imported),
        cost=2,
        root=True,
    ),
)
