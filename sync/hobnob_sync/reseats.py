"""Which handles were given to another account, and which are about to be: folded from cells.

A handle goes over by two events of the hub's: one that says it will, and one that says it has, no
sooner than the delay after, by the hub's own times. The second without the first, or too early,
gives nobody anything. Whoever had the handle keeps it as a former one.
"""

from collections.abc import Iterable, Mapping
from typing import Final, cast

from hobnob_protocol.ids import AccountId
from hobnob_protocol.kinds.reseats import DONE, UNDONE, Reseat
from hobnob_protocol.limits import RESEAT_SECONDS
from hobnob_protocol.value import value
from hobnob_sync.ports import Cell

DELAY_MS: Final = RESEAT_SECONDS * 1_000
FORMER: Final = " (former)"
"""Stands behind the handle of whoever had it: no handle has a space."""


@value
class Pending:
    """A handle that is about to go to `account`; `at_ms` is the hub's time when that was said."""

    handle: str
    account: AccountId
    at_ms: int

    @property
    def due_ms(self) -> int:
        """From this time of the hub's on it may be done."""
        return self.at_ms + DELAY_MS


@value
class Seated:
    """A handle that went to `account`; `at_ms` is the hub's time when it did."""

    handle: str
    account: AccountId
    at_ms: int


def is_former(name: str) -> bool:
    """Is this what somebody is called whose handle another has?"""
    return name.endswith(FORMER)


def of_cells(cells: Iterable[tuple[bytes, Cell]]) -> "Reseats":
    """The re-seats that the cells of the noun tell of."""
    found = Reseats()
    for key, cell in cells:
        found.take(key, cell.seq, cast("int | None", cell.value))
    return found


class Reseats:
    """The re-seats of a hub; events in any order, and each any number of times, make the same."""

    def __init__(self) -> None:
        self._cells: dict[bytes, tuple[int, int | None]] = {}
        self.seated: dict[str, Seated] = {}
        """Whose a handle is that was given away."""
        self.pending: tuple[Pending, ...] = ()
        """What is about to be, in the order it was said."""

    def take(self, key: bytes, seq: int, at_ms: int | None) -> None:
        """Take a cell of the noun `reseat`."""
        present = self._cells.get(key)
        if present is not None and present[0] >= seq:
            return
        self._cells[key] = (seq, at_ms)
        self._settle()

    def names(self, first: Mapping[AccountId, str]) -> dict[AccountId, str]:
        """What each account is called, where `first` is what it was enrolled as: who has a handle
        by it, who had it by it and a mark that no handle can have."""
        found = dict(first)
        for account, handle in first.items():
            seated = self.seated.get(handle)
            if seated is not None and seated.account != account:
                found[account] = f"{handle}{FORMER}"
        for seated in self.seated.values():
            found[seated.account] = seated.handle
        return found

    def since_ms(self, account: AccountId, handle: str) -> int | None:
        """Since when an account has a handle that was another's; None where it is its own."""
        seated = self.seated.get(handle)
        return seated.at_ms if seated is not None and seated.account == account else None

    def _settle(self) -> None:
        told = sorted((seq, key, at_ms) for key, (seq, at_ms) in self._cells.items() if at_ms)
        announced = {key[1:]: (seq, at_ms or 0) for seq, key, at_ms in told if not key[0]}
        done: dict[bytes, int] = {}
        self.seated = {}
        for seq, key, at_ms in told:
            said = announced.get(key[1:])
            if not key[0] or said is None or said[0] > seq or (at_ms or 0) < said[1] + DELAY_MS:
                continue
            done[key[1:]] = seq
            handle = key[21:].decode()
            self.seated[handle] = Seated(handle, AccountId(key[1:21]), at_ms or 0)
        self.pending = tuple(
            Pending(key[20:].decode(), AccountId(key[:20]), at_ms)
            for key, (seq, at_ms) in announced.items()
            if done.get(key, 0) < seq
        )

    def why_not(self, body: Reseat, owner: AccountId | None, at_ms: int) -> bool:
        """Does this contradict what stands? `owner` has the handle now; `at_ms` is the hub's time
        of it."""
        waits = next((each for each in self.pending if each.handle == body.handle), None)
        if body.stage == UNDONE:
            return waits is None or waits.account != body.account
        if body.stage == DONE:
            return waits is None or waits.account != body.account or at_ms < waits.due_ms
        return waits is not None or owner is None or owner == body.account
