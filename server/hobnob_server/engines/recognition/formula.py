"""The formula of a board, as values: a board shows it, and nothing else counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from hobnob_server.engines.recognition.gifts import WEEKLY_MAX
from hobnob_server.engines.recognition.marks import Measure
from hobnob_server.engines.recognition.rank import DAMPING

_VALUES: Final = MappingProxyType(
    {Measure.ACCEPTED: 8, Measure.WELCOMED: 4, Measure.GATHERED: 3, Measure.GUIDED: 10}
)
GATHERED_SIZE: Final = 3
"""A thread brings points once, when so many different people have written in it."""


@dataclass(frozen=True, slots=True)
class Formula:
    """score = thanks R / R~ + min(O, thanks V / V~)

    R is what thanks in the period brought somebody (rank.py, `received`), R~ its median among
    those it brought anything. V~ is the same over the last year, and V what thanks of that year
    brought without the largest giver's: one who was duped vouches for nobody. O is the sum over
    days and measures of value log2(1 + n), n the day's marks by their weight; at most `day_max` a
    day. So a message is worth nothing, and outcomes count as far as thanks vouch for whoever claims
    them: else a ring that accepts its own answers would lead. Members who are trusted need no
    voucher.

    After community reference §2.2, which has K for R (there somebody trusted has points for
    nothing) and no bound by V.
    """

    thanks: float = 100.0
    values: Mapping[Measure, int] = field(default_factory=lambda: _VALUES)
    day_max: float = 20.0
    weekly_max: int = WEEKLY_MAX
    """Marks of one measure and pair that count in a week."""
    damping: float = DAMPING
    vouched_min: int = 5
    """Members with thanks in the year before anybody needs a voucher: a beginning has no median."""


STANDARD: Final = Formula()
