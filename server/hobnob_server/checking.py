"""Is the log what it should be? Read from the file, beside a hub that may be running."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from hobnob_protocol.errors import ProtocolError, StoreBroken, WorldError
from hobnob_protocol.event import decode_event
from hobnob_protocol.ids import EMPTY_HEAD, EventId, Head
from hobnob_server.datadir import OTHERS, DataDir
from hobnob_server.errors import ConfigError
from hobnob_sync.log import next_head
from hobnob_sync.ports_sql import translated

PROBLEMS_MAX: Final = 20
"""More of them say nothing new."""

_STREAMS: Final = "SELECT stream, seq, head FROM stream ORDER BY number"
_LOG: Final = "SELECT seq, at_ms, id, head, event FROM log WHERE stream = ? ORDER BY seq"
_LOST: Final = "SELECT count(*) FROM log WHERE stream NOT IN (SELECT stream FROM stream)"


def check(directory: DataDir) -> dict[str, object]:
    """What is wrong, if anything: files others can read, a file that is not sound, a chain that
    does not hold, an event that does not decode.

    ConfigError where there is no hub; StoreFull or WorldError where nothing can be said, because
    the disk or the system does not let one look.
    """
    if not directory.database.exists():
        raise ConfigError(f"there is no hub in {directory.path}")
    problems = _rights(directory)
    events = 0
    with closing(sqlite3.connect(directory.database, isolation_level=None)) as database:
        try:
            # One state, whatever is committed meanwhile; nothing is written.
            database.execute("PRAGMA query_only = ON")
            database.execute("BEGIN")
            sound = [row[0] for row in database.execute(f"PRAGMA quick_check({PROBLEMS_MAX})")]
            problems += [] if sound == ["ok"] else [f"database: {line}" for line in sound]
            streams = database.execute(_STREAMS).fetchall()
            for stream, seq, head in streams:
                problems += _chain(database, stream, seq, head)
                events += seq
            lost = database.execute(_LOST).fetchone()[0]
            problems += [f"{lost} events belong to no stream"] if lost else []
        except sqlite3.Error as broken:
            # A full disk says nothing of the log: this is no verdict then, neither way.
            found = translated(getattr(broken, "sqlite_errorcode", 0), str(broken))
            if isinstance(found, WorldError) and not isinstance(found, StoreBroken):
                raise type(found)(
                    f"the log could not be looked at: {broken}. Is the disk full, or the file out "
                    "of reach? Nothing is known of the log itself; look again when that is mended"
                ) from broken
            problems.append(f"database: {broken}")
            streams = []
    return {
        "sound": not problems,
        "streams": len(streams),
        "events": events,
        "problems": problems[:PROBLEMS_MAX],
    }


def _rights(directory: DataDir) -> list[str]:
    names: list[Path] = [directory.path, directory.database, directory.key, directory.beacon]
    return [
        f"{path} is open to others"
        for path in names
        if path.exists() and path.stat().st_mode & OTHERS
    ]


def _chain(database: sqlite3.Connection, stream: bytes, seq: int, head: bytes) -> list[str]:
    """Recompute a stream's heads from its events' ids and times."""
    present, last = EMPTY_HEAD, 0
    name = stream[:2].decode(errors="replace") + stream[2:].hex()
    for at, at_ms, event_id, stored, event in database.execute(_LOG, (stream,)):
        if at != last + 1:
            return [f"{name}: {at} follows {last}"]
        present = Head(next_head(present, EventId(event_id), at, at_ms))
        if present != stored:
            return [f"{name}: the head at {at} does not follow from the events before"]
        try:
            decode_event(event)
        except ProtocolError as broken:
            return [f"{name}: the event at {at} does not decode: {broken}"]
        last = at
    return [] if (last, present) == (seq, head) else [f"{name}: its record is not its log's end"]
