"""A hub's log, read beside the hub: each event once, in one order, whatever comes meanwhile."""

import io
import secrets
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from hobnob_protocol.crypto import Ed25519Verifier
from hobnob_protocol.ids import PEOPLE, StreamId
from hobnob_server.logs import Log as Lines
from hobnob_server.recognition.counting import Counting
from hobnob_server.recognition.limits import CHUNK_ROWS, SETTLED_MS, UNREAD_TOLD_MAX
from hobnob_server.recognition.log import Log, Rewound
from hobnob_server.recognition.process import count
from tests.server.places import NOW_MS, directory, opened
from tests.stories.waiting import TestClock

LATER_MS = NOW_MS + 1_000_000


class Written:
    """A hub's database, to which a test writes what a hub would."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with closing(sqlite3.connect(path)) as database:
            streams = database.execute("SELECT stream FROM stream").fetchall()
            ((event,), *_) = database.execute("SELECT event FROM log").fetchall()
        (self.general,) = [StreamId(each) for (each,) in streams if each.startswith(b"c:")]
        self.event: bytes = event
        """The hub has said it: it counts for nobody."""

    def commit(self, *rows: tuple[StreamId, int], event: bytes | None = None) -> None:
        """So many events more, each a stream and a time, in one commit."""
        with closing(sqlite3.connect(self.path)) as database:
            for stream, at_ms in rows:
                ((seq,),) = database.execute(
                    "SELECT coalesce(max(seq), 0) + 1 FROM log WHERE stream = ?", (stream,)
                ).fetchall()
                data = (stream, seq, at_ms, secrets.token_bytes(32), bytes(32), event or self.event)
                database.execute("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)", data)
                database.execute("UPDATE stream SET seq = ? WHERE stream = ?", (seq, stream))
            database.commit()


@contextmanager
def written(tmp_path: Path) -> Generator[Written]:
    """A hub that has just begun."""
    place = directory(tmp_path / "hub")
    with opened(place):
        yield Written(place.database)


def log(hub: Written) -> Log:
    """A reader of it."""
    return Log(hub.path, Ed25519Verifier())


def everything(read: Log, now_ms: int = LATER_MS) -> list[tuple[int, StreamId, int]]:
    """All that is new, in the order in which it is told."""
    found = [heard.fact for heard in read.read(now_ms, 1_000_000)]
    return [(fact.at_ms, fact.stream, fact.seq) for fact in found]


def test_what_is_committed_late_rewinds_nothing(tmp_path: Path) -> None:
    """However late: what is committed after it is younger, and nothing of that was read before."""
    with written(tmp_path) as hub, closing(log(hub)) as read:
        everything(read)
        times = range(NOW_MS + 1, NOW_MS + CHUNK_ROWS + 6)
        hub.commit(*[(hub.general, at_ms) for at_ms in times])
        (first,) = read.read(LATER_MS, 1)
        hub.commit((PEOPLE, NOW_MS + CHUNK_ROWS + 10))
        hub.commit((hub.general, NOW_MS + CHUNK_ROWS + 20))
        told = [first.fact.at_ms, *[at_ms for at_ms, _, _ in everything(read)]]
        assert told == [*times]
        assert not read.abreast or told
        rest = everything(read)
        assert [at_ms - NOW_MS - CHUNK_ROWS for at_ms, _, _ in rest] == [10, 20]
        assert everything(read) == []


def test_what_shares_a_millisecond_with_what_was_read_is_read_in_its_place(tmp_path: Path) -> None:
    """Where that is before it, all is read anew: a fresh reader would have it there."""
    with written(tmp_path) as hub, closing(log(hub)) as read:
        hub.commit((PEOPLE, NOW_MS + 5))
        everything(read)
        hub.commit((hub.general, NOW_MS + 5))
        with pytest.raises(Rewound):
            everything(read)
        read.rewind()
        with closing(log(hub)) as fresh:
            assert everything(read) == everything(fresh)


def test_what_is_young_waits(tmp_path: Path) -> None:
    """Something of its millisecond may still come."""
    with written(tmp_path) as hub, closing(log(hub)) as read:
        everything(read)
        hub.commit((hub.general, NOW_MS + 5))
        assert everything(read, NOW_MS + 4 + SETTLED_MS) == []
        assert len(everything(read, NOW_MS + 5 + SETTLED_MS)) == 1


def counting(hub: Written, lines: io.StringIO) -> Counting:
    """Who counts it, and where it tells what it cannot read."""
    clock = TestClock(LATER_MS)
    return Counting(hub.path, clock.wall_ms, Lines(lines, clock))


def test_events_that_count_for_nobody_are_no_end_of_the_log(tmp_path: Path) -> None:
    """How far it has come is told by its place, not by what was counted."""
    with written(tmp_path) as hub:
        hub.commit(*[(hub.general, NOW_MS + n) for n in range(7)], event=b"\xc1")
        with closing(counting(hub, io.StringIO())) as found:
            # The hub's own beginning is a few events more.
            assert [found.count(3) for _ in range(3)] == [False] * 3
            assert found.count()


def test_an_event_that_cannot_be_read_is_told_once_and_passed_over(tmp_path: Path) -> None:
    """Also where all is read anew; and of very many some are told."""
    with written(tmp_path) as hub:
        hub.commit((hub.general, NOW_MS + 5), event=b"\xc1")
        lines = io.StringIO()
        with closing(counting(hub, lines)) as found:
            assert found.count()
            assert lines.getvalue().count("recognition.unread") == 1
            hub.commit((PEOPLE, NOW_MS + 3))
            assert not found.count()
            assert found.count()
            assert lines.getvalue().count("recognition.unread") == 1
            hub.commit(*[(hub.general, NOW_MS + 20)] * (UNREAD_TOLD_MAX + 5), event=b"\xc1")
            assert found.count()
            assert lines.getvalue().count("recognition.unread") == UNREAD_TOLD_MAX


def test_a_log_that_cannot_be_read_for_now_is_tried_again(tmp_path: Path) -> None:
    """Told once, until it can be."""
    with written(tmp_path) as hub:
        lines = io.StringIO()
        with closing(counting(hub, lines)) as found:
            with closing(sqlite3.connect(hub.path)) as database:
                database.execute("ALTER TABLE log RENAME TO elsewhere")
                assert count(found) is None
                assert count(found) is None
                assert lines.getvalue().count("recognition.stuck") == 1
                database.execute("ALTER TABLE elsewhere RENAME TO log")
            assert count(found)
