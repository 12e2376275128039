"""Where a replica lives."""

from hobnob_client.store.sqlite import SqliteReplicaStore

__all__ = ["SqliteReplicaStore"]
