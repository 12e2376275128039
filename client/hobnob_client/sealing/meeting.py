"""Two values of one name meet: which holds, and what is lost by it.

The later one holds, wherever both are known. What lost is told, so that it is kept beside; it is
not lost where the other's author had it before them, or where the other says all of it.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hobnob_protocol.kinds.private import OwnKeyId
from hobnob_protocol.value import value

if TYPE_CHECKING:
    # With its libraries; who only reads drafts is spared them.
    from hobnob_protocol.sealing.own import Cell

NO_KEY: Final = OwnKeyId(b"")


@value
class Held:
    """What holds here under a name: see `private.sql`."""

    name: bytes
    value: bytes
    number: int = 0
    base: int = 0
    own_key: OwnKeyId = NO_KEY
    edited_ms: int = 0

    @property
    def time_ms(self) -> int:
        """When it was written."""
        return self.edited_ms or self.number


@value
class Met:
    """What holds now, and what lost by it, if anything did."""

    held: Held
    lost: Held | None = None


def meet(held: Held | None, cell: "Cell", number: int, key: OwnKeyId, *, mine: bool) -> Met:
    """A cell was opened: what to make of what is held. `mine`: this device has sealed it."""
    found = Held(cell.name, cell.value, number, cell.base, key)
    if held is None:
        return Met(found)
    if held.edited_ms:
        return _meet_edited(held, found, mine=mine)
    if number == held.number and cell.value == held.value:
        return Met(replace(held, own_key=key))
    if (number, cell.value) < (held.number, held.value):
        # It comes late: did the author of what holds have it before them?
        return _lose(held, found) if number > held.base else Met(held)
    return _lose(found, held) if cell.base < held.number else Met(found)


def _meet_edited(held: Held, found: Held, *, mine: bool) -> Met:
    """What is held was changed here since, and the hub has not got that."""
    if found.number < held.number:
        return _lose(held, found) if found.number > held.base else Met(held)
    if found.value == held.value:
        return Met(found)
    if found.number == held.number:
        # Under another key it is what was there before the change, sealed anew; under the same one
        # it is by somebody who wrote at the very same time.
        if found.own_key == held.own_key and not mine:
            return _lose(held, found)
        return Met(replace(held, own_key=found.own_key))
    if mine:
        # The hub has what was here before the last change.
        return Met(replace(found, value=held.value, edited_ms=held.edited_ms))
    if held.edited_ms > found.number:
        return _lose(replace(found, value=held.value, edited_ms=held.edited_ms), found)
    return _lose(found, held)


def _lose(winner: Held, loser: Held) -> Met:
    if loser.value in winner.value:
        return Met(winner)
    return Met(winner, loser)
