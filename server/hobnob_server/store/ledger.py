"""The load ledger on SQLite, beside the log: its rows, and which requests concern somebody."""

from collections.abc import Iterable, Sequence
from typing import Final, cast

from hobnob_protocol.codec import Wire, decode, encode
from hobnob_protocol.errors import ProtocolError, StoreBroken
from hobnob_protocol.ids import AccountId, DeviceId, TargetId
from hobnob_server.engines.load.asker import Asker
from hobnob_server.engines.load.person import Person, Times
from hobnob_server.engines.load.request import Notice, Request, State
from hobnob_server.engines.load.rows import Keys, Rows
from hobnob_sync.ports_sql import Database, Row

ROW_BYTES_MAX: Final = 65_536
"""A week of one person; it holds some ten times what can happen in one."""
CONCERNING_MAX: Final = 512
"""Requests read of one who asks, and of one who is asked: more than there can be in the time that
they are kept."""

PERSON: Final = "SELECT asked, shown FROM load_person WHERE account = ?"
ASKER: Final = "SELECT week FROM load_asker WHERE account = ?"
_COLUMNS: Final = "request, asker, asked, at_ms, state, accepted_ms, follows, followed, told"
REQUEST: Final = f"SELECT {_COLUMNS} FROM load_request WHERE request = ?"
MADE: Final = f"SELECT {_COLUMNS} FROM load_request WHERE asker = ? ORDER BY at_ms DESC LIMIT ?"
RECEIVED: Final = f"SELECT {_COLUMNS} FROM load_request WHERE asked = ? ORDER BY at_ms DESC LIMIT ?"

PUT_PERSON: Final = "INSERT OR REPLACE INTO load_person (account, asked, shown) VALUES (?, ?, ?)"
PUT_ASKER: Final = "INSERT OR REPLACE INTO load_asker (account, week) VALUES (?, ?)"
PUT_REQUEST: Final = f"""
    INSERT OR REPLACE INTO load_request ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
FORGET: Final = "DELETE FROM load_request WHERE at_ms < ?"

_NOTICES: Final = tuple(Notice)


class SqliteLedger:
    """Rows by their keys; one that is absent is as new. Who chose what is no part of it."""

    def __init__(self, database: Database) -> None:
        self.database: Final = database

    def load(self, keys: Iterable[Keys]) -> Rows:
        """The rows that are there, all from one state."""
        found = Rows()
        with self.database.snapshot():
            for wanted in keys:
                for account in wanted.people:
                    for row in self.database.query(PERSON, (account,)):
                        found.people[account] = Person(asked=_times(row[0]), shown=_times(row[1]))
                for account in wanted.askers:
                    for row in self.database.query(ASKER, (account,)):
                        found.askers[account] = _asker(row[0])
                for request in wanted.requests:
                    for row in self.database.query(REQUEST, (request,)):
                        found.requests[request] = _request(row)
        return found

    def concerning(self, account: AccountId) -> Sequence[tuple[TargetId, Request]]:
        """What somebody has asked and was asked, the newest first."""
        with self.database.snapshot():
            rows = [
                row
                for sql in (MADE, RECEIVED)
                for row in self.database.query(sql, (account, CONCERNING_MAX))
            ]
        found = [(TargetId(row[0]), _request(row)) for row in rows]
        return sorted(found, key=lambda each: (each[1].at_ms, each[0]), reverse=True)

    def commit(self, rows: Rows, forget_before_ms: int) -> None:
        """Make all of it durable, or nothing; requests from before are forgotten."""
        run = self.database.run
        with self.database.transaction():
            run(
                PUT_PERSON,
                (
                    (account, encode(person.asked), encode(person.shown))
                    for account, person in rows.people.items()
                ),
            )
            run(PUT_ASKER, ((account, _week(asker)) for account, asker in rows.askers.items()))
            run(PUT_REQUEST, (_row(name, request) for name, request in rows.requests.items()))
            run(FORGET, [(forget_before_ms,)])


def _row(name: TargetId, request: Request) -> Row:
    told = sum(1 << nth for nth, notice in enumerate(_NOTICES) if notice in request.told)
    return (
        *(name, request.asker, request.asked, request.at_ms, request.state.value),
        *(request.accepted_ms, request.follows, int(request.followed), told),
    )


def _request(row: Row) -> Request:
    _, asker, asked, at_ms, state, accepted_ms, follows, followed, told = row
    return Request(
        AccountId(asker),
        AccountId(asked),
        at_ms,
        State(state),
        accepted_ms,
        None if follows is None else TargetId(follows),
        bool(followed),
        frozenset(notice for nth, notice in enumerate(_NOTICES) if told >> nth & 1),
    )


def _week(asker: Asker) -> bytes:
    return encode((asker.saw, asker.offline, asker.asked, asker.began))


def _asker(data: bytes) -> Asker:
    saw, offline, asked, began = cast("tuple[tuple[tuple[bytes, int], ...], ...]", _decoded(data))
    return Asker(
        tuple((AccountId(account), at_ms) for account, at_ms in saw),
        tuple((DeviceId(device), at_ms) for device, at_ms in offline),
        tuple((AccountId(account), at_ms) for account, at_ms in asked),
        cast("Times", began),
    )


def _times(data: bytes) -> Times:
    return cast("Times", _decoded(data))


def _decoded(data: bytes) -> Wire:
    try:
        return decode(data, ROW_BYTES_MAX)
    except ProtocolError as rotten:
        raise StoreBroken(f"a row of the load ledger does not decode: {rotten}") from rotten
