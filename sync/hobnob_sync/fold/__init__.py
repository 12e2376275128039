"""The one fold: events in, cells out, on the hub, on every replica and in every test.

`asks` says which cells taking an event reads, `apply` takes it; `asks_each` and `take` are the same
for the writes of a page's events. The same events in any order and
any number give the same cells, byte for byte (sync.md §2.3).
"""

from hobnob_sync.fold.merge import apply, asks, asks_each, take

__all__ = ["apply", "asks", "asks_each", "take"]
