"""How an event's writes meet the cells: three merge rules, and death, which absorbs.

Each rule is commutative, associative and idempotent because a cell keeps the seq that wrote it.
Death is one more such rule over several cells: once a message is erased, or withdrawn by its own
author, its cell is bare and its edits are gone, whichever came first. What a withdrawal by anybody
else says is kept and ends nothing but edits of their own, so a hub cannot make one member silence
another; and an edit goes with its author's withdrawal even where the message itself is not held.
"""

from collections.abc import Iterable
from typing import Final, Protocol

from hobnob_protocol import nouns, writing
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.kind import Fact, Kind, Rule, Value, Write
from hobnob_sync.fold.cells import CellsView
from hobnob_sync.ports import Cell, CellKey, CellsKey, EachCellKey, EachCellsKey, Key

_ABSORBING: Final = frozenset({nouns.MESSAGE, nouns.EDIT, nouns.DEAD})
"""Nouns whose writes may end what others say, or be ended by it."""


class Cells(CellsView, Protocol):
    """The cells of one stream, for writing."""

    def put(self, noun: str, key: bytes, cell: Cell) -> None:
        """Write a cell."""
        ...

    def drop(self, noun: str, key: bytes) -> None:
        """Remove a cell."""
        ...


def asks(kind: Kind, fact: Fact, stream: StreamId) -> tuple[Key[object], ...]:
    """Every cell that `apply` may read for this event."""
    keys: list[Key[object]] = []
    for write in kind.writes(fact):
        keys.append(CellKey(stream, write.noun, write.key))
        if write.noun in _ABSORBING:
            target = write.key[:16]
            keys.append(CellKey(stream, nouns.MESSAGE, target))
            keys.append(CellsKey(stream, nouns.DEAD, target))
            if write.noun != nouns.EDIT:
                keys.append(CellsKey(stream, nouns.EDIT, target))
    return tuple(keys)


def asks_each(stream: StreamId, writes: Iterable[Write]) -> tuple[Key[object], ...]:
    """What `take` may read for all these writes, asked for a noun at a time: a few questions for a
    page of events, for a store that answers `EachCellKey`."""
    single: dict[str, dict[bytes, None]] = {}
    under: dict[str, dict[bytes, None]] = {}
    for write in writes:
        noun, key = write.noun, write.key
        single.setdefault(noun, {})[key] = None
        if noun in _ABSORBING:
            target = key[:16]
            single.setdefault(nouns.MESSAGE, {})[target] = None
            under.setdefault(nouns.DEAD, {})[target] = None
            if noun != nouns.EDIT:
                under.setdefault(nouns.EDIT, {})[target] = None
    return (
        *(EachCellKey(stream, noun, tuple(keys)) for noun, keys in single.items()),
        *(EachCellsKey(stream, noun, tuple(keys)) for noun, keys in under.items()),
    )


def apply(cells: Cells, kind: Kind, fact: Fact) -> None:
    """Take one event."""
    take(cells, kind.writes(fact), fact.seq)


def take(cells: Cells, writes: Iterable[Write], seq: int) -> None:
    """Take the writes of the event at `seq`."""
    for write in writes:
        _merge(cells, write, seq)
        if write.noun in _ABSORBING:
            _absorb(cells, TargetId(write.key[:16]), write)


def _merge(cells: Cells, write: Write, seq: int) -> None:
    """Merge one write into its cell by its rule."""
    present = cells.get(write.noun, write.key)
    if present is None or _wins(write, seq, present):
        cells.put(write.noun, write.key, Cell(seq, write.value))


def _wins(write: Write, seq: int, present: Cell) -> bool:
    if write.rule is Rule.LAST:
        return seq > present.seq
    if write.rule is Rule.FIRST:
        return seq < present.seq
    # A greater value wins wherever it stands; of equal values the earlier seq is kept.
    return (_numbers(write.value), -seq) > (_numbers(present.value), -present.seq)


def _numbers(value: Value) -> tuple[int, ...]:
    assert isinstance(value, tuple), "a MAX cell holds integers"
    return tuple(part for part in value if isinstance(part, int))


def is_dead(cells: CellsView, target: TargetId, author: AccountId | None) -> bool:
    """Is the message gone: erased, or withdrawn by its `author`?"""
    said = cells.scan(nouns.DEAD, target)
    if not said:
        return False
    ends = (target,) if author is None else (target, nouns.withdrawn_key(target, author))
    return any(key in ends for key, _ in said)


def _absorb(cells: Cells, target: TargetId, write: Write) -> None:
    """Take away what the bodies of a dead message, or of edits withdrawn alone, have said."""
    if not cells.scan(nouns.DEAD, target):
        return
    message = cells.get(nouns.MESSAGE, target)
    author = _account(message) if message is not None else None
    if message is not None and is_dead(cells, target, author):
        bare = writing.bare(message.value)
        if bare != message.value:
            cells.put(nouns.MESSAGE, target, Cell(message.seq, bare))
    if write.noun == nouns.EDIT:
        if is_void(cells, target, author, _account(write)):
            cells.drop(nouns.EDIT, write.key)
        return
    for key, edit in cells.scan(nouns.EDIT, target):
        if is_void(cells, target, author, _account(edit)):
            cells.drop(nouns.EDIT, key)


def is_void(
    cells: CellsView, target: TargetId, author: AccountId | None, editor: AccountId
) -> bool:
    """Is an edit by `editor` gone: with the message, or because its own author withdrew that?"""
    return is_dead(cells, target, author) or is_dead(cells, target, editor)


def _account(said: Cell | Write) -> AccountId:
    """Who said a message or an edit."""
    return AccountId(said.value[0])  # type: ignore[index,arg-type]  # both begin with the account
