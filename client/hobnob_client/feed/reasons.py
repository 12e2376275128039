"""Why a thread stands where it does: the terms of its logit, by what they are about.

A reason is a code with its values; a screen has the words. It is only given where it is true of the
thread: that one writes seldom is no reason, whatever the sum says.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final

from hobnob_client.feed.features import FEATURES, Feature, Numbers
from hobnob_client.feed.habits import Habits
from hobnob_client.feed.talk import Name, Talk
from hobnob_protocol.value import value


class Code(Enum):
    """What a reason is about."""

    CALLED = "called"
    """You are mentioned or answered."""
    PART = "part"
    """You wrote here: `count` messages."""
    BEGUN = "begun"
    """You began it."""
    ANSWERS_YOU = "answers_you"
    """`who` wrote last, and often answers you."""
    YOU_ANSWER = "you_answer"
    """`who` began it, and you often answer them."""
    KNOWN = "known"
    """People whom you often answer take part; `who` of them wrote last."""
    CHANNEL = "channel"
    """You often write in this channel."""
    UNANSWERED = "unanswered"
    """Nobody has answered yet."""
    QUESTION = "question"
    """The last message asks something."""
    PEOPLE = "people"
    """`count` people take part."""
    BUSY = "busy"
    """Busier than usual: `count` messages within a day."""
    FRESH = "fresh"
    """Something was said since you last wrote."""
    RECENT = "recent"
    """Something was said just now: at `count` (UTC ms)."""
    YOUNG = "young"
    """It is new: begun at `count` (UTC ms)."""
    EXPLORED = "explored"
    """Someone new has begun it, and nobody has answered; it stands here for that alone."""


@value
class Reason:
    """One, with its values."""

    code: Code
    logit: float
    """What it adds, of all features it is about."""
    count: int = 0
    who: Name | None = None


ABOUT: Final[Mapping[Code, tuple[Feature, ...]]] = {
    Code.CALLED: (Feature.CALLED,),
    Code.PART: (Feature.PART, Feature.OWN, Feature.SINCE_OWN),
    Code.BEGUN: (Feature.BEGUN,),
    Code.ANSWERS_YOU: (Feature.ANSWERS_ME,),
    Code.YOU_ANSWER: (Feature.I_ANSWER,),
    Code.KNOWN: (Feature.KNOWN,),
    Code.CHANNEL: (
        Feature.CHANNEL,
        Feature.CHANNEL_IDLE,
        Feature.CHANNEL_OWN,
        Feature.CHANNEL_THREADS,
    ),
    Code.UNANSWERED: (Feature.UNANSWERED, Feature.FIRST),
    Code.QUESTION: (Feature.QUESTION,),
    Code.PEOPLE: (Feature.PEOPLE,),
    Code.BUSY: (Feature.HOURS, Feature.DAY, Feature.SURPRISE),
    Code.FRESH: (Feature.FRESH, Feature.SEEN),
    Code.RECENT: (Feature.QUIET, Feature.PLACE),
    Code.YOUNG: (Feature.AGE,),
}
"""Each feature that may be told, once; length and pace are told by nothing but the terms."""
_PLACES: Final = {
    code: tuple(FEATURES.index(feature) for feature in features) for code, features in ABOUT.items()
}
_PLACES[Code.BEGUN] += _PLACES[Code.PART]
"""Whoever began a thread took part by that: of the two only one is told."""

_TRUE: Final[Mapping[Code, Callable[[Talk, Habits], bool]]] = {
    Code.CALLED: lambda talk, _: talk.called,
    Code.PART: lambda talk, _: talk.own > 0 and not talk.mine,
    Code.BEGUN: lambda talk, _: talk.mine,
    Code.ANSWERS_YOU: lambda talk, habits: talk.last_by in habits.answered_by,
    Code.YOU_ANSWER: lambda talk, habits: talk.begun_by in habits.answers and not talk.mine,
    Code.KNOWN: lambda talk, habits: _known(talk, habits) not in (None, talk.begun_by),
    Code.CHANNEL: lambda talk, habits: talk.channel in habits.written_in,
    Code.UNANSWERED: lambda talk, _: talk.unanswered and not talk.mine,
    Code.QUESTION: lambda talk, _: talk.question is True,
    Code.PEOPLE: lambda talk, _: talk.people > 1,
    Code.BUSY: lambda talk, _: talk.last_day > 1,
    Code.FRESH: lambda talk, habits: talk.last_ms > habits.wrote_ms > 0,
    Code.RECENT: lambda talk, habits: True,
    Code.YOUNG: lambda talk, _: talk.begun_by is not None,
}


def reasons(talk: Talk, habits: Habits, terms: Numbers) -> tuple[Reason, ...]:
    """All that are true, that which adds most first."""
    found = [
        Reason(code, sum(terms[at] for at in places), _count(code, talk), _who(code, talk, habits))
        for code, places in _PLACES.items()
        if _TRUE[code](talk, habits)
    ]
    found.sort(key=lambda reason: -reason.logit)
    return tuple(found)


def _count(code: Code, talk: Talk) -> int:
    counts = {
        Code.PART: talk.own,
        Code.PEOPLE: talk.people,
        Code.BUSY: talk.last_day,
        Code.RECENT: talk.last_ms,
        Code.YOUNG: talk.begun_ms,
    }
    return counts.get(code, 0)


def _who(code: Code, talk: Talk, habits: Habits) -> Name | None:
    if code is Code.KNOWN:
        return _known(talk, habits)
    return {Code.ANSWERS_YOU: talk.last_by, Code.YOU_ANSWER: talk.begun_by}.get(code)


def _known(talk: Talk, habits: Habits) -> Name | None:
    return next((name for name in talk.latest if name in habits.answers), None)
