"""What a ranking looks at in one person for one need: numbers of the past, from public posts."""

from collections.abc import Hashable
from dataclasses import dataclass
from math import log1p
from typing import Final, Generic, TypeAlias, TypeVar

from hobnob_client.durations import HOUR_MS, MINUTE_MS
from hobnob_client.match.activity import ABOUT_MS, Past
from hobnob_client.match.library import Knowledge
from hobnob_client.match.tally import LATELY_MS, Tally, faded

Who = TypeVar("Who", bound=Hashable)
Where = TypeVar("Where", bound=Hashable)
Features: TypeAlias = tuple[float, ...]

NAMES: Final = (
    "answered_here",
    "first_here",
    "posts_here",
    "lately_here",
    "answered",
    "first",
    "posts",
    "lately",
    "silent",
    "silent_here",
    "wrote_of_it",
    "answered_of_it",
    "best_of_it",
    "answers_share",
    "here_share",
    "hour",
    "pair",
    "named",
)
"""The features in their order: counts are ln(1 + faded count), how long somebody is silent is
ln(1 + minutes), of ninety days at most."""

_EMPTY: Final = Tally()


@dataclass(frozen=True, slots=True)
class Situation(Generic[Who, Where]):
    """Who needs somebody, where, and when."""

    asker: Who
    channel: Where
    now_ms: int
    named: frozenset[Who] = frozenset()
    """Whom the need mentions."""


def features(
    who: Who, past: Past[Who, Where], known: Knowledge, situation: Situation[Who, Where]
) -> Features:
    """One number for each of `NAMES`."""
    now_ms, everywhere = situation.now_ms, past.all
    here = past.channels.get(situation.channel, _EMPTY)
    left, left_here = faded(now_ms - everywhere.at_ms), faded(now_ms - here.at_ms)
    answered, answered_here = everywhere.answered * left, here.answered * left_here
    return (
        log1p(answered_here),
        log1p(here.firsts * left_here),
        log1p(here.posts * left_here),
        log1p(here.lately * faded(now_ms - here.at_ms, LATELY_MS)),
        log1p(answered),
        log1p(everywhere.firsts * left),
        log1p(everywhere.posts * left),
        log1p(everywhere.lately * faded(now_ms - everywhere.at_ms, LATELY_MS)),
        _silent(past.last_ms, now_ms),
        _silent(here.last_ms, now_ms),
        log1p(known.wrote),
        log1p(known.answered),
        known.best,
        answered / (everywhere.posts * left + 5),
        answered_here / (answered + 3),
        past.at_hour(now_ms // HOUR_MS % 24),
        log1p(past.pair(situation.asker, now_ms)),
        float(who in situation.named),
    )


def _silent(last_ms: int | None, now_ms: int) -> float:
    """Since they wrote last; as long as can be for who never did."""
    passed_ms = ABOUT_MS if last_ms is None else max(0, now_ms - last_ms)
    return log1p(min(passed_ms, ABOUT_MS) / MINUTE_MS)
