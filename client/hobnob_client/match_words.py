"""Matching in words: one place for the screen and the shell, which say the same.

The engine gives codes with values; here they become texts of the catalogue. What comes from others,
such as a channel's name or a word of theirs, is handed on as it is: whoever shows it makes it safe.
"""

from collections.abc import Mapping
from typing import Final

from hobnob_client import term_safe
from hobnob_client.catalogue import decimal, later, n, t
from hobnob_client.match.aspects import Level, Style, Time
from hobnob_client.match.choosing import Proposal
from hobnob_client.match.library import Link
from hobnob_client.match.source import Found
from hobnob_client.match.told import Place
from hobnob_client.match.wizard import Aspect, Question
from hobnob_client.profiles.described import Described
from hobnob_protocol.ids import AccountId
from hobnob_protocol.limits import SHOWN_AT_ONCE

QUESTIONS: Final = {
    Aspect.AREA: later("Where does it belong?"),
    Aspect.SUBJECT: later("Which part is it about?"),
    Aspect.LEVEL: later("Who helps you more?"),
    Aspect.TIME: later("When should they usually be here?"),
    Aspect.STYLE: later("How should they write?"),
}
ASPECTS: Final = {
    Aspect.AREA: later("Area"),
    Aspect.SUBJECT: later("Part"),
    Aspect.LEVEL: later("Who"),
    Aspect.TIME: later("Time"),
    Aspect.STYLE: later("Style"),
}
"""What was asked, in a word."""
_OPTIONS: Final = {
    Level.OFTEN: later("often answers others about it"),
    Level.SOME: later("has answered somebody about it"),
    Level.TOO: later("had the same question"),
    Time.NIGHT: later("at night (0 to 6)"),
    Time.MORNING: later("in the morning (6 to 12)"),
    Time.AFTERNOON: later("in the afternoon (12 to 18)"),
    Time.EVENING: later("in the evening (18 to 24)"),
    Style.BRIEF: later("in a few words"),
    Style.LONG: later("at length"),
    Style.CODE: later("with code"),
}
FEATURES: Final = {
    "answered_here": later("answers in the channel"),
    "first_here": later("first answers in the channel"),
    "posts_here": later("messages in the channel"),
    "lately_here": later("messages in the channel, these days"),
    "answered": later("answers anywhere"),
    "first": later("first answers anywhere"),
    "posts": later("messages anywhere"),
    "lately": later("messages these days"),
    "silent": later("how long they wrote nothing"),
    "silent_here": later("how long they wrote nothing in the channel"),
    "wrote_of_it": later("what they wrote of it"),
    "answered_of_it": later("what they answered about it"),
    "best_of_it": later("how well their best message fits"),
    "answers_share": later("how much of what they write are answers"),
    "here_share": later("how much of it in the channel"),
    "hour": later("whether they are usually here at this hour"),
    "pair": later("how often they answered you"),
    "named": later("named by you"),
}
"""What each number is of."""


def question(asked: Question) -> str:
    """What is asked, safe to draw."""
    return term_safe.line(asked.wording) or t(QUESTIONS[asked.aspect])


def option(aspect: Aspect, value: str) -> str:
    """One thing to choose: a channel and a word as they are called."""
    if aspect in (Aspect.AREA, Aspect.SUBJECT):
        return value
    return t(_OPTIONS[_code(value)])


def evidence(link: Link, author: str, said: str) -> str:
    """One line: what they wrote, or whom they answered about what; `author` is who asked, "" for
    somebody who is not named."""
    if link is Link.WROTE:
        return t("wrote “{said}”", said=said)
    if not author:
        return t("answered a member on “{said}”", said=said)
    return t("answered {author} on “{said}”", author=author, said=said)


def about(has: Mapping[Aspect, frozenset[str]], says: Described) -> str:
    """What else is known of somebody, "" for nothing; safe to draw."""
    told = list[str]()
    if says.helps_with:
        told.append(t("helps with {what}", what=", ".join(says.helps_with)))
    told += [t("usually here {when}", when=option(Aspect.TIME, each)) for each in _kept(has, Time)]
    told += [t("writes {how}", how=option(Aspect.STYLE, each)) for each in _kept(has, Style)]
    if says.languages:
        told.append(t("speaks {languages}", languages=", ".join(says.languages)))
    return " · ".join(told)


def few(found: Found, shown: int) -> tuple[str, ...]:
    """Why fewer than three are shown, and what to do; nothing where three are."""
    if shown >= SHOWN_AT_ONCE:
        return ()
    if not found.members:
        return (t("Nobody else is here yet."),)
    if not found.words:
        return (t("Say what it is about: these words are said about everything."),)
    many = found.members
    agree = n(
        "{agreed} of {count} member agrees to be proposed.",
        "{agreed} of {count} members agree to be proposed.",
        many,
        agreed=found.agreed,
    )
    if not found.agreed:
        return (agree, t("Whoever wants to says: hobnob me allow matching"), _channel())
    if not shown and (found.people or found.limited):
        return (t("Whoever fits was shown to you often enough this week."), _channel())
    if not found.people:
        return (
            agree,
            t("None of them has written of it twice and been here within three months."),
            t("Other words may find more."),
            _channel(),
        )
    return (agree, t("Nobody else of them fits."))


def _channel() -> str:
    return t("You can ask in a channel, where all read it.")


def terms(proposal: Proposal[AccountId, Place]) -> list[tuple[str, str, str]]:
    """All that somebody's rank came from: what they come to, then each term by what it moves."""
    told = [
        (decimal(proposal.value, ".3f"), t("rank: the score, less the price"), ""),
        (decimal(proposal.score, ".3f"), t("score: both sides, and how they fit your answers"), ""),
        (decimal(proposal.price, ".3f"), t("price: how often you were shown them lately"), ""),
        (decimal(proposal.p, ".3f"), t("how likely they answer within a day"), ""),
        (decimal(proposal.q, ".3f"), t("how welcome it is to them, as far as they say"), ""),
    ]
    return told + [
        (decimal(term.lift, "+.3f"), t(FEATURES[term.feature]), decimal(term.value, ".2f"))
        for term in proposal.terms
    ]


def _code(value: str) -> Level | Time | Style:
    return next(kind(value) for kind in (Level, Time, Style) if value in list(kind))


def _kept(has: Mapping[Aspect, frozenset[str]], kind: type[Time] | type[Style]) -> list[str]:
    aspect = Aspect.TIME if kind is Time else Aspect.STYLE
    known = has.get(aspect, frozenset())
    return [each for each in kind if each in known]
