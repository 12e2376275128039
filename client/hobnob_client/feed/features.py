"""A thread as numbers: what the weights are for. Logarithms, because the tenth message says little.

All are of the past alone. `Feature` is the order of the numbers, and of the names in weights.toml.
"""

from enum import Enum
from math import log, log1p
from typing import Final, TypeAlias

from hobnob_client.durations import DAY_MS, HOUR_MS, MINUTE_MS
from hobnob_client.feed.habits import Habits
from hobnob_client.feed.talk import Talk

NEVER: Final = 9.5
"""One never wrote in that channel: as if some 18 months ago, in log hours."""

Numbers: TypeAlias = tuple[float, ...]
"""One for each feature, in their order."""


class Feature(Enum):
    """What is measured of a thread, by its name in weights.toml."""

    QUIET = "quiet"
    """Log minutes since something was said."""
    PLACE = "place"
    """Log of its place by that: what is recent depends on how much is said at all."""
    AGE = "age"
    """Log hours since it was begun."""
    PEOPLE = "people"
    """Log of how many take part."""
    UNANSWERED = "unanswered"
    """Nobody but whoever began it has written."""
    HOURS = "hours"
    """Log of messages within two hours."""
    DAY = "day"
    """... and within a day."""
    SURPRISE = "surprise"
    """Log of the last day by the thread's usual day."""
    PART = "part"
    """One has written in it."""
    OWN = "own"
    """Log of how often."""
    SINCE_OWN = "since_own"
    """Log of messages since."""
    BEGUN = "begun"
    """One began it."""
    CALLED = "called"
    """One is mentioned or answered in it, and has not written since."""
    FRESH = "fresh"
    """Something was said in it since one last wrote anywhere."""
    ANSWERS_ME = "answers_me"
    """Log of how often whoever wrote last answers one."""
    I_ANSWER = "i_answer"
    """Log of how often one answers whoever began it."""
    KNOWN = "known"
    """Log of how often one answers all who wrote lately."""
    SEEN = "seen"
    """Log of people whose talk one has passed by."""
    FIRST = "first"
    """Of an unanswered thread: log of the share of threads that one joined first, by a half."""
    CHANNEL = "channel"
    """Log of one's share of the channel by everybody's share."""
    CHANNEL_IDLE = "channel_idle"
    """Log hours since one wrote in the channel, squared: it is the long absence that counts."""
    CHANNEL_OWN = "channel_own"
    """Log of how often one wrote in the channel."""
    CHANNEL_THREADS = "channel_threads"
    """Log of how many threads go on in the channel: what one writes there is spread over them."""
    LENGTH = "length"
    """Log of the last message's length."""
    QUESTION = "question"
    """1 where the last message asks something, -1 where it does not, 0 where nobody knows."""
    PACE = "pace"
    """Log of how much one writes: the same for all threads, so that probabilities are right."""


FEATURES: Final = tuple(Feature)
_FEW: Final = 0.3
_MANY: Final = 3.0
_HALF: Final = 0.5
"""What is added to counts of a share, so that a first message does not say everything."""


def measure(talk: Talk, place: int, beside: int, habits: Habits, now_ms: int) -> Numbers:
    """The numbers of a thread; `place` counts from 0, the thread with the newest message first,
    and `beside` the threads that are ranked of its channel, itself too: at least 1."""
    quiet_ms = max(0, now_ms - talk.last_ms)
    usual = talk.said / ((talk.last_ms - talk.begun_ms) / DAY_MS + 1)
    wrote_in_ms = habits.wrote_in_ms.get(talk.channel)
    idle = NEVER if wrote_in_ms is None else log1p(max(0, now_ms - wrote_in_ms) / HOUR_MS)
    return (
        log1p(quiet_ms / MINUTE_MS),
        log1p(place),
        log1p(max(0, now_ms - talk.begun_ms) / HOUR_MS),
        log(talk.people),
        float(talk.unanswered),
        log1p(talk.last_two_hours),
        log1p(talk.last_day),
        log((talk.last_day + 0.5) / (usual + 0.5)),
        float(talk.own > 0),
        log1p(talk.own),
        log1p(talk.since_own),
        float(talk.mine),
        float(talk.called),
        float(talk.last_ms > habits.wrote_ms),
        log1p(habits.answered_by.get(talk.last_by, 0.0)),
        log1p(habits.answers.get(talk.begun_by, 0.0)),
        log1p(sum(habits.answers.get(name, 0.0) for name in talk.latest)),
        log1p(talk.seen),
        _first(habits) if talk.unanswered else 0.0,
        _share(talk, habits),
        idle * idle,
        log1p(habits.written_in.get(talk.channel, 0.0)),
        log(beside),
        log1p(talk.length),
        0.0 if talk.question is None else 1.0 if talk.question else -1.0,
        log1p(habits.written),
    )


def _first(habits: Habits) -> float:
    share = (habits.joined_first + _HALF) / (habits.joined + 1)
    return log(share / _HALF)


def _share(talk: Talk, habits: Habits) -> float:
    mine = (habits.written_in.get(talk.channel, 0.0) + _FEW) / (habits.written + _MANY)
    all_of_it = (habits.said_in.get(talk.channel, 0.0) + _FEW) / (habits.said + _MANY)
    return log(mine / all_of_it)
