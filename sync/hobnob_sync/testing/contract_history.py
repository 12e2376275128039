"""What every store of a hub must answer to `HistoryKey`: a part of `contract_event_store`."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from hobnob_sync.ports import EventStore, HistoryKey, HubTransaction
from hobnob_sync.testing.scene import ALL, CELLAR, GARDEN, entry

EVERYTHING: Final = HistoryKey(GARDEN, 1, ALL, ALL, ALL)
COUNT: Final = 300
"""More than a store reads at once."""


def check_history_is_read_from_its_end(make: Callable[[], EventStore]) -> None:
    """The newest entries between both places that fit both bounds, but at least one, by seq."""
    store = make()
    store.commit(
        HubTransaction(entries=[(GARDEN, entry(seq)) for seq in range(1, COUNT + 1)]),
    )
    size_bytes = len(entry(COUNT).event)
    for key, first, last in (
        (EVERYTHING, 1, COUNT),
        (replace(EVERYTHING, before_seq=COUNT), 1, COUNT - 1),
        (replace(EVERYTHING, first_seq=0, before_seq=2), 1, 1),
        (replace(EVERYTHING, first_seq=8, before_seq=12), 8, 11),
        (replace(EVERYTHING, first_seq=8, before_seq=12, limit=3), 9, 11),
        (replace(EVERYTHING, limit=COUNT - 1), 2, COUNT),
        (replace(EVERYTHING, size_bytes=1), COUNT, COUNT),
        (replace(EVERYTHING, size_bytes=2 * size_bytes - 1), COUNT, COUNT),
        (replace(EVERYTHING, size_bytes=2 * size_bytes), COUNT - 1, COUNT),
        (replace(EVERYTHING, size_bytes=150 * size_bytes), COUNT - 149, COUNT),
        (replace(EVERYTHING, first_seq=COUNT - 9, size_bytes=150 * size_bytes), COUNT - 9, COUNT),
    ):
        wanted = tuple(entry(seq) for seq in range(first, last + 1))
        assert store.load((key,)).get(key) == wanted, key
    for key in (
        replace(EVERYTHING, stream=CELLAR),
        replace(EVERYTHING, before_seq=1),
        replace(EVERYTHING, first_seq=9, before_seq=9),
        replace(EVERYTHING, limit=0),
    ):
        assert store.load((key,)).get(key) == (), key
