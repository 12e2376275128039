"""What every store of a hub must answer to `RootsKey`: a part of `contract_event_store`."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from hobnob_protocol.ids import TargetId
from hobnob_sync.ports import EventStore, HubTransaction, RootsKey, Target
from hobnob_sync.testing.scene import ALL, BOB, CELLAR, GARDEN, entry, target

EVERYTHING: Final = RootsKey(GARDEN, 1, ALL, ALL, 0, ALL, ALL)


def seqs_of(store: EventStore, key: RootsKey) -> list[int]:
    """Where what explains some messages lies, as it comes."""
    found = store.load((key,)).get(key)
    assert all(one == entry(one.seq) for one in found)
    return [one.seq for one in found]


def said(store: EventStore, threads: dict[int, int | None], count: int = 9) -> None:
    """So many messages in the garden, those of `threads` in the thread under another."""
    rows: dict[int, TargetId | None] = dict.fromkeys(range(1, count + 1))
    rows.update({seq: None if root is None else target(root) for seq, root in threads.items()})
    store.commit(
        HubTransaction(
            entries=[(GARDEN, entry(seq)) for seq in rows],
            targets={
                (GARDEN, target(seq)): Target(seq, BOB, 1, True, thread)
                for seq, thread in rows.items()
            },
        )
    )


def change(store: EventStore, seq: int, row: Target) -> None:
    """Write anew what is remembered of a message."""
    store.commit(HubTransaction(targets={(GARDEN, target(seq)): row}))


def check_roots_explain_replies(make: Callable[[], EventStore]) -> None:
    """Of the messages of a part, the roots below and above the two bounds, each once, newest
    first; none that is not there."""
    store = make()
    said(store, {4: 1, 5: 3, 6: 3, 7: 2, 8: 77, 9: 7})
    assert seqs_of(store, EVERYTHING) == [7, 3, 2, 1]
    assert seqs_of(store, replace(EVERYTHING, first_seq=4, last_seq=4)) == [1]
    assert seqs_of(store, replace(EVERYTHING, first_seq=5, last_seq=7)) == [3, 2]
    assert seqs_of(store, replace(EVERYTHING, before_seq=7)) == [3, 2, 1]
    assert seqs_of(store, replace(EVERYTHING, before_seq=8)) == [7, 3, 2, 1]
    assert seqs_of(store, replace(EVERYTHING, floor=1)) == [7, 3, 2]
    assert seqs_of(store, replace(EVERYTHING, stream=CELLAR)) == []


def check_titles_go_with_their_roots(make: Callable[[], EventStore]) -> None:
    """The last title below the bound, and none without its root."""
    store = make()
    said(store, {6: 1, 7: 2})
    change(store, 1, Target(1, BOB, 1, True, None, title_seq=3))
    change(store, 2, Target(2, BOB, 1, True, None, title_seq=5))
    assert seqs_of(store, EVERYTHING) == [5, 3, 2, 1]
    assert seqs_of(store, replace(EVERYTHING, first_seq=7)) == [5, 2]
    assert seqs_of(store, replace(EVERYTHING, before_seq=5)) == [3, 2, 1]
    assert seqs_of(store, replace(EVERYTHING, floor=1)) == [5, 2]
    change(store, 2, Target(2, BOB, 1, True, None, title_seq=4))
    assert seqs_of(store, replace(EVERYTHING, before_seq=5)) == [4, 3, 2, 1]


def check_what_is_hidden_explains_nothing(make: Callable[[], EventStore]) -> None:
    """Neither a root that is not live, nor one that only messages name that are not; a message
    that was moved names its new root."""
    store = make()
    said(store, {4: 1, 5: 2, 6: 3})
    change(store, 1, Target(1, BOB, 1, False, None, title_seq=8))
    change(store, 5, Target(5, BOB, 1, False, target(2), dead=True))
    assert seqs_of(store, EVERYTHING) == [3]
    change(store, 6, Target(6, BOB, 1, True, target(7)))
    assert seqs_of(store, EVERYTHING) == [7]
    change(store, 6, Target(6, BOB, 1, True, None))
    assert seqs_of(store, EVERYTHING) == []


def check_roots_are_bounded(make: Callable[[], EventStore]) -> None:
    """The newest that the limit lets, and of those what fits."""
    store = make()
    said(store, {11: 1, 12: 10, 13: 3, 14: 4}, 14)
    assert seqs_of(store, replace(EVERYTHING, limit=3)) == [10, 4, 3]
    short, long = len(entry(1).event), len(entry(10).event)
    assert short < long
    for size_bytes, seqs in (
        (long + 3 * short, [10, 4, 3, 1]),
        (long + 3 * short - 1, [10, 4, 3]),
        (long, [10]),
        (long - 1, [4]),
        (short - 1, []),
        (-1, []),
    ):
        assert seqs_of(store, replace(EVERYTHING, size_bytes=size_bytes)) == seqs, size_bytes


CHECKS_OF_ROOTS: Final[tuple[Callable[[Callable[[], EventStore]], None], ...]] = (
    check_roots_explain_replies,
    check_titles_go_with_their_roots,
    check_what_is_hidden_explains_nothing,
    check_roots_are_bounded,
)
