"""Where a replica lives."""

from hobnob_client.store.sqlite import SqliteReplicaStore, open_memory_sqlite

__all__ = ["SqliteReplicaStore", "open_memory_sqlite"]
