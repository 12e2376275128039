"""Every store of a hub keeps the contract: in memory, on sqlite3, on apsw."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hobnob_server.store import SqliteEventStore
from hobnob_server.store.database import SqliteDatabase
from hobnob_sync.ports_sql import Database
from hobnob_sync.testing.contract_event_store import CHECKS, MakeEventStore
from hobnob_sync.testing.contract_event_stories import (
    check_reopened_it_is_as_it_was,
    check_without_room_nothing_changes,
)
from hobnob_sync.testing.faults import Fault, FaultyStore
from hobnob_sync.testing.memory import MemoryEventStore
from tests.contract.apsw_database import ApswDatabase
from tests.contract.makers import EVENT_STORES, LASTING, making


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("sort", EVENT_STORES)
def test_it_keeps_the_contract(
    sort: str, check: Callable[[MakeEventStore], None], tmp_path: Path
) -> None:
    """Each promise of the port, on each store."""
    with making(EVENT_STORES[sort], tmp_path) as make:
        check(make)


@pytest.mark.parametrize("sort", LASTING)
def test_it_outlives_its_process(sort: str, tmp_path: Path) -> None:
    """A file opened again answers as the store in memory does."""
    with making(EVENT_STORES[sort], tmp_path, again=True) as open_again:
        check_reopened_it_is_as_it_was(open_again)


@pytest.mark.parametrize("opened", [SqliteDatabase, ApswDatabase])
def test_a_full_disk_leaves_all_readable(opened: Callable[[str], Database], tmp_path: Path) -> None:
    """StoreFull changes nothing, and work goes on once there is room."""
    database = opened(str(tmp_path / "hub"))
    store = SqliteEventStore(database)

    def fill() -> None:
        pages = database.query("PRAGMA page_count")[0][0]
        database.query(f"PRAGMA max_page_count = {pages}")

    def free() -> None:
        database.query("PRAGMA max_page_count = 1000000")

    check_without_room_nothing_changes(store, fill, free)
    store.close()


def test_a_disk_that_is_full_on_demand_leaves_all_readable() -> None:
    """The wrapper in which faults are armed says StoreFull as a real disk would."""
    store = FaultyStore(MemoryEventStore())
    check_without_room_nothing_changes(store, lambda: store.arm(Fault.FULL), store.disarm)
