"""The load ledger on SQLite."""

import pytest

from hobnob_protocol.errors import StoreBroken
from hobnob_protocol.ids import AccountId, DeviceId, TargetId
from hobnob_server.engines.load.asker import Asker
from hobnob_server.engines.load.person import Person
from hobnob_server.engines.load.request import Notice, Request, State
from hobnob_server.engines.load.rows import Keys, Rows
from hobnob_server.store import SqliteEventStore, ledger
from hobnob_server.store.database import SqliteDatabase
from hobnob_server.store.ledger import SqliteLedger

ADA, BO, CY = (AccountId(name * 20) for name in (b"a", b"b", b"c"))
FIRST, SECOND = TargetId(b"1" * 16), TargetId(b"2" * 16)
ROWS = Rows(
    {ADA: Person(asked=(5, 9), shown=(1, 2, 3))},
    {BO: Asker(((ADA, 1),), ((DeviceId(b"tablet--"), 2),), ((ADA, 9), (CY, 8)), (9,))},
    {
        FIRST: Request(BO, ADA, 5, followed=True, told=frozenset({Notice.DID_IT_HELP})),
        SECOND: Request(BO, CY, 9, State.ACCEPTED, 10, FIRST, told=frozenset(Notice)),
    },
)
ALL = (Keys((ADA, BO), (BO, ADA), (FIRST,)), Keys(requests=(SECOND,)))


def kept() -> SqliteLedger:
    """One that holds these rows."""
    found = SqliteEventStore(SqliteDatabase(":memory:")).ledger
    found.commit(ROWS, 0)
    return found


def test_rows_come_back_as_they_were_and_what_is_old_is_forgotten() -> None:
    """Requests alone: of people and askers only a week is ever kept."""
    here = kept()
    assert here.load(ALL) == ROWS
    assert here.concerning(BO) == [(SECOND, ROWS.requests[SECOND]), (FIRST, ROWS.requests[FIRST])]
    assert here.concerning(CY) == [(SECOND, ROWS.requests[SECOND])]
    here.commit(Rows(), 6)
    assert here.load(ALL).requests == {SECOND: ROWS.requests[SECOND]}


def test_no_question_walks_a_table() -> None:
    """Each steps down an index, and what is forgotten is found by one."""
    database = kept().database
    asked = {
        name: sql
        for name, sql in vars(ledger).items()
        if isinstance(sql, str) and sql.startswith(("SELECT", "DELETE"))
    }
    assert len(asked) == 6
    for name, sql in asked.items():
        plan = database.query(f"EXPLAIN QUERY PLAN {sql}", (None,) * sql.count("?"))
        assert all(step.startswith("SEARCH") for *_, step in plan), name


def test_a_rotten_row_is_told() -> None:
    """As any other of the file."""
    here = kept()
    here.database.run("UPDATE load_asker SET week = ?", [(b"\xc1",)])
    with pytest.raises(StoreBroken, match="does not decode"):
        here.load(ALL)
