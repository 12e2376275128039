"""The laws of the fold (sync.md §2.3), tried on random logs: `python -m tests.sync.laws --help`.

F1: any permutation and any duplication of the same events gives the same cells.
F2: folding a range that reaches the head gives, of the whole fold, every cell that the range tells:
    a message's cells if the message is in the range, any other cell if its last write is.
F3: who has any beginning of a log and takes the rest as it is after compaction, where the bodies
    that an erase or a delete voids are stubs, has the cells of the whole log as it was written; and
    so has, as far as its range tells, who begins anywhere in the compacted log.
F4: once a message is erased, its body and those of its edits may be gone without a trace.
"""

import argparse
import sys
import time
from random import Random

from hobnob_protocol import nouns
from hobnob_protocol.kind import Fact
from hobnob_protocol.kinds.messages import Edit
from hobnob_protocol.registry import STANDARD, Registry
from hobnob_sync import fold
from hobnob_sync.erasure import voided, voided_target
from hobnob_sync.fold.cells import Overlay
from hobnob_sync.ports import Cell
from tests.sync.stories import STREAM, story, stubbed

Cells = dict[tuple[str, bytes], Cell]

OF_MESSAGES = (
    nouns.MESSAGE, nouns.EDIT, nouns.DEAD, nouns.HIDDEN, nouns.MOVED, nouns.REACTION, nouns.THREAD,
    nouns.PIN, nouns.VOTE, nouns.POLL_CLOSED,
)  # fmt: skip


def folded(facts: list[Fact] | tuple[Fact, ...], registry: Registry = STANDARD) -> Cells:
    """The cells of these events, taken in this order."""
    cells = Overlay.fresh(STREAM)
    for fact in facts:
        kind = registry.get(fact.kind)
        if kind is not None:
            fold.apply(cells, kind, fact)
    return {place: cell for place, cell in cells.changes().items() if cell is not None}


def shuffled(rng: Random, facts: tuple[Fact, ...]) -> list[Fact]:
    """The same events in any order, some more than once."""
    found = [*facts, *(rng.choice(facts) for _ in range(rng.randrange(4)))]
    rng.shuffle(found)
    return found


def permutation_law(rng: Random, registry: Registry = STANDARD) -> None:
    """F1 on one random log."""
    facts = story(rng, rng.randint(1, 14), registry)
    assert folded(shuffled(rng, facts), registry) == folded(facts, registry)


def range_law(rng: Random, registry: Registry = STANDARD) -> None:
    """F2 on one random log and one random range."""
    facts = story(rng, rng.randint(2, 20), registry)
    low = rng.randint(1, len(facts))
    whole, part = folded(facts, registry), folded(facts[low - 1 :], registry)
    for (noun, key), cell in whole.items():
        if told(whole, noun, key, cell, low):
            assert part.get((noun, key)) == cell, (noun, key.hex(), low)
    for (noun, key), cell in part.items():
        if noun not in OF_MESSAGES or (nouns.MESSAGE, key[:16]) in part:
            present = whole[(noun, key)]
            assert present.seq < low or present == cell, (noun, key.hex(), low)


def told(whole: Cells, noun: str, key: bytes, cell: Cell, low: int) -> bool:
    """Does the range from `low` tell this cell of the whole?"""
    if noun in OF_MESSAGES:
        root = whole.get((nouns.MESSAGE, key[:16]))
        return root is not None and root.seq >= low and cell.seq >= low
    return cell.seq >= low


def compacted(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The log after compaction: a stub in place of whatever the log itself has voided."""
    cells = Overlay.fresh(STREAM)
    gone: dict[int, None] = {}
    for fact in facts:
        gone.update(dict.fromkeys(seq for seq, _ in voided(cells, fact)))
        fold.apply(cells, STANDARD.get(fact.kind), fact)  # type: ignore[arg-type]  # all are known
    return tuple(stubbed(fact) if fact.seq in gone else fact for fact in facts)


def compaction_law(rng: Random) -> None:
    """F3 on one random log, from every cursor."""
    facts = story(rng, rng.randint(2, 14))
    thin = compacted(facts)
    whole = folded(facts)
    for cursor in range(len(facts) + 1):
        assert folded(facts[:cursor] + thin[cursor:]) == whole, cursor
        # Who heals takes again, compacted, what it has had in full.
        assert folded(facts[:cursor] + thin) == whole, cursor
        part = folded(thin[cursor:])
        for (noun, key), cell in whole.items():
            if told(whole, noun, key, cell, cursor + 1):
                assert part.get((noun, key)) == cell, (noun, key.hex(), cursor)


def stub_law(rng: Random) -> None:
    """F4 on one random log: stubbing what is dead changes no cell, whatever the order."""
    facts = story(rng, rng.randint(2, 14))
    roots = {fact.target: fact for fact in facts if STANDARD.get(fact.kind).root}  # type: ignore[union-attr]
    dead = {
        target
        for fact in facts
        if (target := voided_target(fact)) is not None
        and target in roots
        and (fact.kind != 3 or roots[target].account == fact.account)
    }
    thin = [
        stubbed(fact)
        if fact.target in dead or (isinstance(fact.body, Edit) and fact.body.target in dead)
        else fact
        for fact in facts
    ]
    assert folded(thin) == folded(facts)
    assert folded(shuffled(rng, tuple(thin))) == folded(facts)


LAWS = {
    "permutation": permutation_law,
    "range": range_law,
    "compaction": compaction_law,
    "stub": stub_law,
}


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="make laws", description="Try the laws of the fold.")
    parser.add_argument("--cases", type=int, default=100_000, help="cases of each law")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first case")
    asked = parser.parse_args()
    for name, law in LAWS.items():
        began = time.monotonic()
        for case in range(asked.first, asked.first + asked.cases):
            try:
                law(Random(case))
            except AssertionError as broken:
                print(f"{name}: case {case} breaks the law: {broken}")
                return 1
            if case % 1_000 == 999:
                print(f"\r{name}: {case + 1 - asked.first:,}", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
        print(f"{name}: {asked.cases:,} cases, 0 broken, {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
