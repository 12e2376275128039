"""How durable a transaction is, as SQLite says itself."""

from pathlib import Path

import pytest

from hobnob_client.durable import Durable
from hobnob_client.store import SqliteReplicaStore
from hobnob_sync.ports_sql import FULL, NORMAL

SAID = {NORMAL: 1, FULL: 2}
"""Its names as `PRAGMA synchronous` numbers them."""


@pytest.mark.parametrize("before", SAID)
@pytest.mark.parametrize("wanted", SAID)
def test_each_transaction_is_as_durable_as_it_says(
    tmp_path: Path, before: str, wanted: str
) -> None:
    """Whatever the one before it wanted."""
    store = SqliteReplicaStore.open(str(tmp_path / "replica.db"))
    durable = Durable(store.sql)
    with durable.transaction(before):
        pass
    with durable.transaction(wanted):
        assert store.sql.query("PRAGMA synchronous") == [(SAID[wanted],)]
    store.close()
