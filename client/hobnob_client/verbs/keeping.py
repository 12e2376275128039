"""How a verb keeps what is private to the account: in the replica, whoever has the link."""

from hobnob_client import time_of_day
from hobnob_client.sealing.private_table import PrivateTable
from hobnob_client.store import SqliteReplicaStore
from hobnob_client.verbs.call import Call


def keep(call: Call, name: bytes, value: bytes) -> None:
    """Keep a value under a name, or with no bytes nothing; the account's other devices get it when
    somebody connects on this profile."""
    store = SqliteReplicaStore.open(str(call.profile.replica))
    try:
        with store.sql.transaction():
            PrivateTable(store.sql).edit(name, value, time_of_day.now_ms())
    finally:
        store.close()
