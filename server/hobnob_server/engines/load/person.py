"""What one person takes in a week, and what was taken of it."""

from dataclasses import dataclass, replace
from math import exp
from typing import Final, TypeAlias

from hobnob_protocol.limits import (
    ASKS_DEFAULT,
    ASKS_MAX,
    LOAD_WEEK_MS,
    SHOWS_DEFAULT,
    SHOWS_MAX,
)

Times: TypeAlias = tuple[int, ...]
"""Moments in ms, ascending."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The person's own choice: requests and shows a week, each from 0 to 30.

    ValueError beyond. Without requests there are no shows either.
    """

    asks: int = ASKS_DEFAULT
    shows: int = SHOWS_DEFAULT

    def __post_init__(self) -> None:
        if not (0 <= self.asks <= ASKS_MAX and 0 <= self.shows <= SHOWS_MAX):
            raise ValueError(f"limits out of range: {self.asks} asks, {self.shows} shows")


CLOSED: Final = Limits(0, 0)
_SHOWS_FOR_ONE_ASK: Final = SHOWS_DEFAULT // ASKS_DEFAULT


def limits_of(asks: int) -> Limits:
    """Of one who takes so many requests a week, 0 to 30; two shows for each."""
    return Limits(asks, min(SHOWS_MAX, _SHOWS_FOR_ONE_ASK * asks))


@dataclass(frozen=True, slots=True)
class Person:
    """One who may be asked. What was counted stays when limits change or consent is withdrawn and
    given again: a week begins anew for nobody."""

    limits: Limits = CLOSED
    asked: Times = ()
    """At most `ASKS_MAX`, the newest."""
    shown: Times = ()
    """At most `SHOWS_MAX`, the newest: where there are more, the limit is reached anyway."""
    buddies: int = 0
    """Newcomers they show around in a week, by their own word."""
    guided: Times = ()
    """When newcomers asked them for that; read from the requests, and stored in them alone."""

    def asks_free(self, now_ms: int) -> int:
        """Requests this person still takes; never negative."""
        return max(0, self.limits.asks - len(within_week(self.asked, now_ms)))

    def buddies_free(self, now_ms: int) -> int:
        """Newcomers this person still shows around: each is a request, too."""
        left = self.buddies - len(within_week(self.guided, now_ms))
        return max(0, min(left, self.asks_free(now_ms)))

    def shows_free(self, now_ms: int) -> int:
        """Times this person may still be shown: none where there is no request left to take."""
        if self.asks_free(now_ms) == 0:
            return 0
        return max(0, self.limits.shows - len(within_week(self.shown, now_ms)))

    def shown_lately(self, now_ms: int) -> float:
        """Shows of the last week, each fading by e in one: what makes them dear."""
        shows = within_week(self.shown, now_ms)
        return sum(exp(-max(0, now_ms - at_ms) / LOAD_WEEK_MS) for at_ms in shows)

    def may_be_shown(self, now_ms: int) -> bool:
        """Do they take shows and requests at all, and is a request left?"""
        return self.limits.shows > 0 and self.asks_free(now_ms) > 0

    def after_ask(self, now_ms: int, *, guides: bool = False) -> "Person":
        """Asked once more; only where `asks_free`. `guides` says that it is by a newcomer who wants
        to be shown around."""
        asked = (*within_week(self.asked, now_ms), now_ms)[-ASKS_MAX:]
        return replace(self, asked=asked, guided=(*self.guided, now_ms) if guides else self.guided)

    def after_show(self, now_ms: int) -> "Person":
        """Shown once more."""
        return replace(self, shown=(*within_week(self.shown, now_ms), now_ms)[-SHOWS_MAX:])


def within_week(times: Times, now_ms: int) -> Times:
    """Those of the last seven days."""
    return tuple(at for at in times if now_ms - at < LOAD_WEEK_MS)
