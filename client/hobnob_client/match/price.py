"""What it costs to show a person once more: the price rises with each show and fades in a week.

    π ← π·e^(-Δt/week) between shows, and π ← π + η(c) at each;  worth = s·e^-π

The price is on the scale of logarithms, so it takes the same share of every score: on the scale of
scores themselves one step is nothing to the famous and everything to all others, and was measured
to gain half as much. η falls with the limit c, since who takes more is dear only when shown more.
"""

from dataclasses import dataclass
from math import exp
from typing import Final

from hobnob_protocol.limits import LOAD_WEEK_MS, SHOWS_DEFAULT

STEP: Final = 0.15
"""η of one who takes `SHOWS_DEFAULT`; the best on the window that weights were learnt from."""
POWER: Final = 1.5
"""η(c) = STEP·(default / c)^POWER."""


@dataclass(frozen=True, slots=True)
class Price:
    """A person's price as it was at a moment; ≥ 0."""

    price: float = 0.0
    at_ms: int = 0

    def now(self, now_ms: int) -> float:
        """What it has faded to."""
        return self.price * exp(-max(0, now_ms - self.at_ms) / LOAD_WEEK_MS)

    def after_show(self, limit: int, now_ms: int, step: float = STEP) -> "Price":
        """Shown once more; `limit` is the person's shows a week, 0 or more. Who takes none, but was
        shown by a device that had not heard of it, is as dear as who takes one."""
        return Price(self.now(now_ms) + _step(limit, step), now_ms)

    @classmethod
    def of_shows(cls, shows: float, limit: int, now_ms: int, step: float = STEP) -> "Price":
        """Of somebody who was shown so often lately, by whomever, each show fading as a price
        does."""
        return cls(_step(limit, step) * shows, now_ms)


def _step(limit: int, step: float) -> float:
    dearer: float = (SHOWS_DEFAULT / max(1, limit)) ** POWER
    return step * dearer


NO_PRICE: Final = Price()
"""Of somebody who was never shown."""


def worth(score: float, price: float) -> float:
    """By which people are ranked."""
    return score * exp(-price)
