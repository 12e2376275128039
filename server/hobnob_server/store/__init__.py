"""Where a hub's log lives."""

from hobnob_server.store.sqlite import SqliteEventStore

__all__ = ["SqliteEventStore"]
