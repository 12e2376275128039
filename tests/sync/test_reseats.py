"""Whose a handle is that was given to another account, from events in any order."""

from itertools import permutations
from typing import Final

from hobnob_protocol.ids import AccountId
from hobnob_protocol.kinds.reseats import Reseat, reseat_key
from hobnob_sync.ports import Cell
from hobnob_sync.reseats import DELAY_MS, Pending, Reseats, Seated, is_former, of_cells

OLD: Final = AccountId(b"o" * 20)
NEW: Final = AccountId(b"n" * 20)
THIRD: Final = AccountId(b"t" * 20)
NOON_MS: Final = 1_700_000_000_000
DUE_MS: Final = NOON_MS + DELAY_MS

Told = tuple[str, AccountId, int, int | None]


def of(*told: Told) -> Reseats:
    """After these: stage, account, seq and time."""
    found = Reseats()
    for stage, account, seq, at_ms in told:
        found.take(reseat_key(stage, account, "ada"), seq, at_ms)
    return found


ANNOUNCED: Final[Told] = ("announced", NEW, 1, NOON_MS)


def test_a_handle_is_about_to_go_and_then_goes() -> None:
    """In whatever order one hears of it, however often."""
    waits = of(ANNOUNCED)
    assert waits.pending == (Pending("ada", NEW, NOON_MS),)
    assert waits.pending[0].due_ms == DUE_MS
    assert waits.seated == {}
    done: Told = ("done", NEW, 2, DUE_MS)
    for order in permutations((ANNOUNCED, done, ANNOUNCED)):
        found = of(*order)
        assert found.seated == {"ada": Seated("ada", NEW, DUE_MS)}
        assert found.pending == ()


def test_a_hub_that_does_not_wait_gives_nothing() -> None:
    """Nor one that never said so before, or took it back."""
    assert of(ANNOUNCED, ("done", NEW, 2, DUE_MS - 1)).seated == {}
    assert of(("done", NEW, 2, DUE_MS)).seated == {}
    assert of(ANNOUNCED, ("done", THIRD, 2, DUE_MS)).seated == {}
    assert of(("announced", NEW, 3, NOON_MS), ("done", NEW, 2, DUE_MS)).seated == {}
    undone = of(ANNOUNCED, ("announced", NEW, 2, None), ("done", NEW, 3, DUE_MS))
    assert (undone.seated, undone.pending) == ({}, ())


def test_a_handle_may_go_on() -> None:
    """The last one has it; what was before stays past."""
    again: Told = ("announced", THIRD, 3, DUE_MS)
    first: tuple[Told, ...] = (ANNOUNCED, ("done", NEW, 2, DUE_MS))
    waits = of(*first, again)
    assert waits.seated["ada"].account == NEW
    assert [each.account for each in waits.pending] == [THIRD]
    assert of(*first, again, ("done", THIRD, 4, DUE_MS + DELAY_MS)).seated["ada"].account == THIRD


def test_what_may_be_said_of_it() -> None:
    """One at a time, to another account, done when it is due, and undone only before."""
    waits, nobody = of(ANNOUNCED), Reseats()

    def wrong(
        there: Reseats, stage: str, account: AccountId, owner: AccountId | None, at_ms: int
    ) -> bool:
        return there.why_not(Reseat("ada", account, stage, "x"), owner, at_ms)

    assert not wrong(nobody, "announced", NEW, OLD, NOON_MS)
    assert wrong(nobody, "announced", OLD, OLD, NOON_MS)
    assert wrong(nobody, "announced", NEW, None, NOON_MS)
    assert wrong(waits, "announced", THIRD, OLD, NOON_MS)
    assert not wrong(waits, "undone", NEW, OLD, NOON_MS)
    assert wrong(waits, "undone", THIRD, OLD, NOON_MS)
    assert wrong(nobody, "undone", NEW, OLD, NOON_MS)
    assert not wrong(waits, "done", NEW, OLD, DUE_MS)
    assert wrong(waits, "done", NEW, OLD, DUE_MS - 1)
    assert wrong(waits, "done", THIRD, OLD, DUE_MS)
    assert wrong(nobody, "done", NEW, OLD, DUE_MS)


def test_who_had_a_handle_is_called_by_it_and_a_mark() -> None:
    """Which no handle has; all others are called as they were."""
    first = {OLD: "ada", NEW: "ada2", THIRD: "bob"}
    assert Reseats().names(first) == first
    found = of(ANNOUNCED, ("done", NEW, 2, DUE_MS))
    called = found.names(first)
    assert called == {OLD: "ada (former)", NEW: "ada", THIRD: "bob"}
    assert [account for account, name in called.items() if is_former(name)] == [OLD]
    back = of(
        ANNOUNCED,
        ("done", NEW, 2, DUE_MS),
        ("announced", OLD, 3, DUE_MS),
        ("done", OLD, 4, DUE_MS + DELAY_MS),
    )
    assert back.names(first) == first


def test_since_when_a_handle_is_another_accounts() -> None:
    """Of whoever has it by that; nobody else's is new."""
    found = of(ANNOUNCED, ("done", NEW, 2, DUE_MS))
    assert found.since_ms(NEW, "ada") == DUE_MS
    assert found.since_ms(OLD, "ada") is None
    assert found.since_ms(THIRD, "bob") is None


def test_cells_tell_the_same() -> None:
    """Those of the noun, as a store hands them over."""
    done: Told = ("done", NEW, 2, DUE_MS)
    undone: Told = ("announced", THIRD, 3, None)
    cells = [
        (reseat_key(stage, account, "ada"), Cell(seq, at_ms))
        for stage, account, seq, at_ms in (ANNOUNCED, done, undone)
    ]
    found = of_cells(cells)
    assert found.seated == of(ANNOUNCED, done).seated
    assert found.pending == ()
