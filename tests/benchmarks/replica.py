"""A replica that is complete, held against its hub's log, and searched."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from hobnob_client import keyring
from hobnob_client.finding.hits import find
from hobnob_client.finding.meaning import Wanted
from hobnob_client.finding.terms import phrase
from hobnob_client.paths import Profile
from hobnob_client.replica import identity_of
from hobnob_client.store import SqliteReplicaStore
from hobnob_client.store.database import SqliteDatabase
from hobnob_protocol.codec import decode
from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_sync import fold
from hobnob_sync.client_engine.engine import ClientEngine
from hobnob_sync.client_engine.reading import reread
from hobnob_sync.client_engine.state import ReplicaState
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.ports import Entry, ReplicaStream

HELD = "SELECT stream, floor, lo, hi, head FROM stream"
HUBS = "SELECT seq, head FROM stream WHERE stream = ?"
LOG = """
    SELECT seq, at_ms, id, head, event FROM log WHERE stream = ? AND seq BETWEEN ? AND ?
    ORDER BY seq
"""
CELLS = "SELECT noun, key, seq, value FROM place JOIN cell USING (place) WHERE stream = ?"
SOME_TEXTS = "SELECT text FROM text ORDER BY id LIMIT ? OFFSET ?"
WORDS = 300
"""Words searched for in each way: one of each so-manieth text."""
FREQUENT = ("the", "is", "of", "to", "a", "it", "in")
AGAIN = 3
"""Each search counts as the best of so many: what else the machine does is no part of it."""
LIMIT = 50


@dataclass(frozen=True, slots=True)
class Searched:
    """One way of typing: how often something was found, and how long it took."""

    how: str
    asked: int
    found: int
    p50_ms: float
    p95_ms: float
    max_ms: float


def heads_equal(hub: Path, profile: Profile) -> tuple[int, int]:
    """Streams whose whole log ends in the hub's head, of all that the replica holds."""
    equal = 0
    with closing(_read(hub)) as theirs, closing(_read(profile.replica)) as ours:
        rows = ours.query(HELD)
        for stream, floor, lo, hi, head in rows:
            whole = lo == floor + 1 or hi == 0
            equal += whole and theirs.query(HUBS, (stream,)) == [(hi, head)]
    return equal, len(rows)


def rows_equal(hub: Path, profile: Profile) -> tuple[int, int]:
    """Cells equal to those that folding the hub's own log from its first event up makes, of all
    that either has."""
    store = SqliteReplicaStore.open_to_read(str(profile.replica))
    with closing(_read(hub)) as theirs, closing(store):
        return _rows_equal(theirs, store, profile)


def _rows_equal(
    theirs: SqliteDatabase, store: SqliteReplicaStore, profile: Profile
) -> tuple[int, int]:
    image = store.boot(ClientEngine.NOUNS)
    state = ReplicaState(image, identity_of(keyring.load(profile), Ed25519Verifier()))
    equal = count = 0
    for row in image.streams:
        fresh = Overlay.fresh(row.stream)
        for entry in _log(theirs, row):
            read = reread(state, row.stream, entry)
            if read is not None and read.kind is not None:
                fold.apply(fresh, read.kind, read.fact)
        wanted = {place: cell for place, cell in fresh.changes().items() if cell is not None}
        count += len(wanted)
        for noun, key, seq, value in store.sql.query(CELLS, (row.stream,)):
            cell = wanted.get((noun, key))
            count += cell is None
            equal += cell is not None and (cell.seq, cell.value) == (seq, decode(value, 1 << 20))
    return equal, count


def _log(hub: SqliteDatabase, row: ReplicaStream) -> Iterator[Entry]:
    for found in hub.query(LOG, (row.stream, row.lo, row.hi)):
        yield Entry(*found)


def search(profile: Profile) -> list[Searched]:
    """Words of the replica's own texts, each way they may be typed."""
    with closing(_read(profile.replica)) as database:
        return _search(database)


def _search(database: SqliteDatabase) -> list[Searched]:
    (count,) = database.query("SELECT count(*) FROM text")[0]
    words: dict[str, None] = {}
    for nth in range(WORDS):
        said = database.query(SOME_TEXTS, (1, count * nth // WORDS))
        found = [word for word in said[0][0].split() if word.isalpha()] if said else []
        if found:
            words[max(found, key=len)[:20]] = None
    ways: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("a word", lambda word: f"{word} "),
        ("a word being typed", lambda word: word),
        ("its first four letters", lambda word: word[:4]),
        ("its first three letters", lambda word: word[:3]),
        ("its first two letters", lambda word: word[:2]),
    )
    searched = [_searched(database, how, [typed(word) for word in words]) for how, typed in ways]
    return [*searched, _searched(database, "the most frequent", [f"{word} " for word in FREQUENT])]


def _searched(database: SqliteDatabase, how: str, queries: list[str]) -> Searched:
    found = 0
    taken: list[float] = []
    for query in queries:
        wanted = Wanted(phrase(query.strip(), unfinished=not query[-1:].isspace()))
        best = float("inf")
        hits: object = ()
        for _ in range(AGAIN):
            began = time.perf_counter()
            hits = find(database, wanted, LIMIT)
            best = min(best, (time.perf_counter() - began) * 1_000)
        taken.append(best)
        found += bool(hits)
    taken.sort()
    p50, p95 = taken[len(taken) // 2], taken[len(taken) * 95 // 100]
    return Searched(how, len(queries), found, p50, p95, taken[-1])


def _read(path: Path) -> SqliteDatabase:
    return SqliteDatabase(str(path), read_only=True)
