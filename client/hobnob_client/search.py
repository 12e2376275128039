"""Finding texts: any words a person types, newest first.

What is typed is never query syntax: each word becomes one quoted term, so that no text can raise
an error or mean something else (security.md §6 row 47).
"""

from dataclasses import dataclass
from typing import Final

from hobnob_client.term_safe import line
from hobnob_client.texts import PLACES
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_sync.ports_sql import Database

TERMS_MAX: Final = 16
"""Words of one query that count; more would make it slow and no better."""
TERM_TEXT_MAX: Final = 64
"""Letters of one word that count."""
PREFIX_TEXT_MIN: Final = 2
"""The last word may be unfinished from so many letters on: shorter prefixes match half of all."""

FIND: Final = """
    SELECT text.id, text.stream, text.target, text.author, text.text
    FROM text_index JOIN text ON text.id = text_index.rowid
    WHERE text_index MATCH ?1 AND text_index.rowid < ?2 AND (?3 = x'' OR text.stream = ?3)
    ORDER BY text_index.rowid DESC LIMIT ?4
"""
_LAST: Final = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Hit:
    """One text found. `text` is safe to show; `place` orders hits, later ones are higher."""

    place: int
    stream: StreamId
    target: TargetId
    author: AccountId
    text: str

    @property
    def at_ms(self) -> int:
        """When it was said, to the millisecond or a little later."""
        return self.place // PLACES


def terms(query: str) -> str:
    """The full-text query that means all words of `query`; "" where there is no word in it."""
    words = [word[:TERM_TEXT_MAX] for word in line(query).split() if _has_letters(word)]
    quoted = [f'"{word.replace(chr(34), chr(34) * 2)}"' for word in words[:TERMS_MAX]]
    unfinished = not query[-1:].isspace() and len(words) <= TERMS_MAX
    if quoted and unfinished and len(words[-1]) >= PREFIX_TEXT_MIN:
        quoted[-1] += "*"
    return " ".join(quoted)


def find(
    database: Database,
    query: str,
    limit: int,
    *,
    stream: StreamId | None = None,
    below: int | None = None,
) -> tuple[Hit, ...]:
    """Up to `limit` texts with all the words, newest first, below a place if one is given."""
    match = terms(query)
    if not match:
        return ()
    row = (match, _LAST if below is None else below, stream or b"", limit)
    return tuple(Hit(*found) for found in database.query(FIND, row))


def _has_letters(word: str) -> bool:
    return any(char.isalnum() for char in word)
