"""Which posts of a replica a need is about: asked of its index of words, ranked by BM25.

The words that everybody uses are left out, and of the others the rarest are looked up, each with
its other endings: a question about "locks" is also one about locking. So a need costs what its
rarest words have, not what is stored. What was said in private, or where one is not any more, is
not looked at, and takes nobody's place.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from hobnob_client.finding import marks
from hobnob_client.finding.marks import Trait
from hobnob_client.finding.terms import any_of, quoted
from hobnob_client.match.bm25 import ENTRIES_MAX, WORDS_MAX
from hobnob_client.match.library import BEGUN_MAX, OWN_MAX, TEXT_HALF_LIFE_MS
from hobnob_client.match.words import STEM_MIN, stem, stop_words, words
from hobnob_client.texts import PLACES
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_sync.ports_sql import Database

SINCE_MS: Final = 4 * TEXT_HALF_LIFE_MS
"""Of what is older a sixteenth would be left."""
ASKED_MAX: Final = 48
"""Different words of a need that are counted: the first."""
ANSWERS_MAX: Final = 4_000
"""Answers under the beginnings that are looked at."""

COUNT: Final = """
    SELECT count(*) FROM (
        SELECT 1 FROM text_index WHERE text_index MATCH ? AND rowid >= ? LIMIT ?
    )
"""
FIND: Final = """
    WITH best (place, score) AS (
        SELECT text_index.rowid, rank FROM text_index CROSS JOIN text ON text.id = text_index.rowid
        WHERE text_index MATCH ? AND rank MATCH 'bm25(1.0, 1.0, 0.0)'
        AND text_index.rowid >= ? AND text_index.rowid < ? AND text.stream IN ({streams})
        ORDER BY rank LIMIT ?
    )
    SELECT id, stream, target, author, thread, text, title, -score
    FROM best CROSS JOIN text ON text.id = best.place ORDER BY score, id DESC
"""
ANSWERS: Final = """
    SELECT text.thread, text.author
    FROM text_index CROSS JOIN text ON text.id = text_index.rowid
    WHERE text_index MATCH ? ORDER BY text_index.rowid DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A post that a need is about. `text` and `title` are safe to show; `thread` is empty outside
    of any; `score` is BM25, > 0."""

    at_ms: int
    stream: StreamId
    target: TargetId
    author: AccountId
    thread: bytes
    text: str
    title: str
    score: float


def telling(need: str) -> list[str]:
    """The words of a need that say what it is about, in order, each once."""
    return [word for word in dict.fromkeys(words(need)) if word not in stop_words()]


def passages(
    database: Database, channels: Collection[StreamId], need: Sequence[str], now_ms: int
) -> list[Passage]:
    """Up to `OWN_MAX` posts in these channels that have some of these words, best first."""
    since, beyond = (now_ms - SINCE_MS) * PLACES, (now_ms + 1) * PLACES
    chosen = _rarest(database, need, since)
    if not chosen or not channels:
        return []
    private = f"marks : {quoted(marks.of_trait(Trait.SEALED))}"
    match = f"({{text title}} : ({any_of(chosen)})) NOT {private}"
    found = FIND.format(streams=", ".join("?" * len(channels)))
    rows = database.query(found, (match, since, beyond, *channels, OWN_MAX))
    return [
        Passage(
            place // PLACES,
            *(StreamId(stream), TargetId(target), AccountId(author)),
            *(thread, text, title, score),
        )
        for place, stream, target, author, thread, text, title, score in rows
        if score > 0
    ]


def answers(database: Database, roots: Iterable[TargetId]) -> dict[TargetId, list[AccountId]]:
    """Who wrote in the threads that these posts begin, by beginning; of each the newest first."""
    begun = tuple(roots)[:BEGUN_MAX]
    found: dict[TargetId, list[AccountId]] = {root: [] for root in begun}
    if begun:
        under = any_of([quoted(marks.of_thread(root)) for root in begun])
        match = f"marks : ({under} AND {quoted(marks.of_trait(Trait.REPLY))})"
        for thread, author in database.query(ANSWERS, (match, ANSWERS_MAX)):
            if thread in found and author not in found[TargetId(thread)]:
                found[TargetId(thread)].append(AccountId(author))
    return found


def _rarest(database: Database, need: Sequence[str], since: int) -> list[str]:
    """The terms that are looked up, rarest first."""
    counted: list[tuple[int, str]] = []
    for word in dict.fromkeys(map(stem, need[:ASKED_MAX])):
        term = quoted(word) + ("*" if len(word) >= STEM_MIN else "")
        ((having,),) = database.query(COUNT, (f"{{text title}} : {term}", since, ENTRIES_MAX))
        if having:
            counted.append((having, term))
    chosen, entries = list[str](), 0
    for having, term in sorted(counted)[:WORDS_MAX]:
        entries += having
        if chosen and entries > ENTRIES_MAX:
            break
        chosen.append(term)
    return chosen
