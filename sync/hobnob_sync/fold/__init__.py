"""The one fold: events in, cells out, on the hub, on every replica and in every test.

`asks` says which cells taking an event reads, `apply` takes it. The same events in any order and
any number give the same cells, byte for byte (sync.md §2.3).
"""

from hobnob_sync.fold.merge import apply, asks

__all__ = ["apply", "asks"]
