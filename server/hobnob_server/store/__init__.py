"""Where a hub's log lives."""

from hobnob_server.store.sqlite import SqliteEventStore, open_memory_sqlite

__all__ = ["SqliteEventStore", "open_memory_sqlite"]
