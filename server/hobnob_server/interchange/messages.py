"""A message as a record and as the events that bring it: one says what the other does.

`Restored` is what a record comes out as, if it is made from its event alone. The difference goes
along (`extras`), so that import and export are each other's inverse whatever a record holds.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from hobnob_protocol.bodies import encode_body
from hobnob_protocol.ids import AccountId, TargetId
from hobnob_protocol.kinds.imports import Imported
from hobnob_protocol.limits import (
    BODY_BYTES_MAX,
    EMOJI_TEXT_MAX,
    EXTRA_FIELDS_MAX,
    IMPORTED_REACTIONS_MAX,
    MENTIONS_MAX,
    POST_TEXT_MAX,
    REFERENCES_MAX,
    SOURCE_TEXT_MAX,
    TITLE_TEXT_MAX,
)
from hobnob_server.interchange.cleaning import clean, clean_line
from hobnob_server.interchange.extras import AUTHOR, PART, Pairs, corrections
from hobnob_server.interchange.records import Record

MS: Final = 1_000
_ROOM: Final = BODY_BYTES_MAX - 2_400
"""Bytes for text and extra fields: the fields beside them are kept below the rest."""
_FIXED_MAX: Final = 2_000
_PIECE: Final = 3_000
"""A text that must be cut is cut so short that each piece fits, all emoji or not."""


@dataclass(frozen=True, slots=True)
class Thread:
    """The topic that a thread's root names and all its messages share; one of both may be None."""

    topic_id: str | None
    topic: str | None

    @property
    def key(self) -> str:
        """What tells it from other topics of its channel."""
        return self.topic_id or self.topic or ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record belongs: the root of its thread, the topic that this one names, and what it
    answers; None where there is none or the log lacks it."""

    target: TargetId | None = None
    thread: Thread | None = None
    reply: TargetId | None = None


def time_ms(seconds: float) -> int:
    """Seconds of a record as whole milliseconds."""
    return round(seconds * MS)


def seconds(at_ms: int) -> int | float:
    """Milliseconds as a record says them: whole seconds are an integer."""
    return at_ms // MS if at_ms % MS == 0 else at_ms / MS


def restored(
    body: Imported,
    text: str,
    channel: str,
    thread: Thread | None,
    member_of: Callable[[AccountId], str | None],
) -> Record:
    """The record that an event makes; `text` is the whole one where it came in parts."""
    record: Record = {"id": body.source_id, "ts": seconds(body.at_ms), "channel": channel}
    author = member_of(body.account)
    if author is not None:
        record["author"] = author
    record["text"] = text
    if thread is not None:
        if thread.topic_id is not None:
            record["topic_id"] = thread.topic_id
        if thread.topic is not None:
            record["topic"] = thread.topic
    if body.references:
        one = len(body.references) == 1
        record["reply_to"] = body.references[0] if one else list(body.references)
    named = [name for account in body.mentions if (name := member_of(account)) is not None]
    if named:
        record["mentions"] = named
    if body.reactions:
        record["reactions"] = [{"emoji": emoji, "count": count} for emoji, count in body.reactions]
    if body.edited_ms is not None:
        record["edited_ts"] = seconds(body.edited_ms)
    if body.deleted_ms is not None:
        record["deleted_ts"] = seconds(body.deleted_ms)
    return record


def imported(
    record: Record,
    source: str,
    place: Place,
    account_of: Callable[[str | None], AccountId],
    member_of: Callable[[AccountId], str | None],
    name: str,
) -> tuple[Imported, ...]:
    """The events that bring a checked record: one, or more for a very long one.

    A withdrawn message's text stays behind. Raises BadRecord.
    """
    deleted = record.get("deleted_ts")
    text = clean(record["text"]) if deleted is None else ""
    edited = record.get("edited_ts")
    body = Imported(
        source,
        record["id"],
        account_of(record.get("author")),
        time_ms(record["ts"]),
        "",
        references=_references(record.get("reply_to")),
        edited_ms=None if edited is None else time_ms(edited),
        deleted_ms=None if deleted is None else time_ms(deleted),
        thread=place.target,
        reply=place.reply,
        mentions=_mentions(record.get("mentions"), account_of),
        reactions=_reactions(record.get("reactions")),
    )
    if len(body.references) + len(body.reactions) > 4 and len(encode_body(body)) > _FIXED_MAX:
        body = replace(body, references=body.references[:1], reactions=())
    given = record if deleted is None else {**record, "text": ""}
    plain = restored(body, text, record["channel"], place.thread, member_of)
    pairs = corrections(given, plain)
    named = clean_line(name, SOURCE_TEXT_MAX)
    if named:
        pairs = ((AUTHOR, named), *pairs)
    return tuple(_parts(body, text, pairs))


def _references(given: str | list[str] | None) -> tuple[str, ...]:
    if given is None:
        return ()
    if isinstance(given, str):
        return (given,)
    return tuple(given[:REFERENCES_MAX])


def _mentions(
    given: Sequence[str] | None, account_of: Callable[[str | None], AccountId]
) -> tuple[AccountId, ...]:
    if not given:
        return ()
    return tuple(dict.fromkeys(account_of(one) for one in given))[:MENTIONS_MAX]


def _reactions(given: Iterable[Record] | None) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for one in given or ():
        emoji = one["emoji"]
        count = len(cast("list[Any]", one["by"])) if one.get("by") else one.get("count", 1)
        # One that cannot be shown is kept beside, as the record has it.
        if emoji and count and emoji == clean_line(emoji, EMOJI_TEXT_MAX):
            found[emoji] = found.get(emoji, 0) + count
    return tuple(found.items())[:IMPORTED_REACTIONS_MAX]


def title(topic: str | None) -> str:
    """A thread's title out of a topic; empty where there is none."""
    return clean_line(topic or "", TITLE_TEXT_MAX)


# What is too long for one event.


def _parts(body: Imported, text: str, pairs: Pairs) -> Iterable[Imported]:
    size_bytes = len(text.encode()) + sum(_size(pair) for pair in pairs)
    fits = len(text) <= POST_TEXT_MAX and len(pairs) <= EXTRA_FIELDS_MAX
    if size_bytes <= _ROOM and fits:
        yield replace(body, text=text, extra=pairs)
        return
    pieces: list[str | tuple[str, str]] = [
        text[start : start + _PIECE] for start in range(0, len(text), _PIECE)
    ]
    pieces += pairs
    bare = Imported(body.source, body.source_id, body.account, body.at_ms, "")
    for number, (said, more) in enumerate(_filled(pieces), 1):
        if number == 1:
            yield replace(body, text=said, extra=more)
        else:
            yield replace(bare, text=said, extra=((PART, str(number)), *more))


def _filled(pieces: Iterable[str | tuple[str, str]]) -> Iterable[tuple[str, Pairs]]:
    """Pieces of text and pairs as many to an event as it has room for, in their order."""
    said, more, room = "", list[tuple[str, str]](), _ROOM
    for piece in pieces:
        size_bytes = len(piece.encode()) if isinstance(piece, str) else _size(piece)
        full = len(more) == EXTRA_FIELDS_MAX - 1 or len(said) + _PIECE > POST_TEXT_MAX
        if size_bytes > room or full:
            yield said, tuple(more)
            said, more, room = "", [], _ROOM
        if isinstance(piece, str):
            said += piece
        else:
            more.append(piece)
        room -= size_bytes
    yield said, tuple(more)


def _size(pair: tuple[str, str]) -> int:
    return len(pair[0]) + len(pair[1].encode()) + 8
