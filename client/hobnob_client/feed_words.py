"""The feed in words: one place for the screen and the shell, which say the same.

The engine gives codes with values; here they become texts of the catalogue. Safe to draw as long as
what `name` and `when` give is.
"""

from collections.abc import Callable
from typing import Final

from hobnob_client.catalogue import decimal, later, n, t
from hobnob_client.feed.features import Feature
from hobnob_client.feed.reasons import Code, Reason
from hobnob_client.feed.scoring import Explained
from hobnob_client.feed.talk import Name

_REASONS: Final = {
    Code.CALLED: later("you are mentioned or answered"),
    Code.BEGUN: later("you began it"),
    Code.CHANNEL: later("you often write in this channel"),
    Code.UNANSWERED: later("nobody has answered yet"),
    Code.QUESTION: later("the last message asks something"),
    Code.FRESH: later("there is something since you last wrote"),
}
"""Those without a value."""

FEATURES: Final = {
    Feature.QUIET: later("how long nothing was said"),
    Feature.PLACE: later("its place by time"),
    Feature.AGE: later("how old it is"),
    Feature.PEOPLE: later("how many take part"),
    Feature.UNANSWERED: later("unanswered"),
    Feature.HOURS: later("messages within two hours"),
    Feature.DAY: later("messages within a day"),
    Feature.SURPRISE: later("busier than usual"),
    Feature.PART: later("your part in it"),
    Feature.OWN: later("how often you wrote in it"),
    Feature.SINCE_OWN: later("messages since yours"),
    Feature.BEGUN: later("begun by you"),
    Feature.CALLED: later("meant for you"),
    Feature.FRESH: later("new since you last wrote"),
    Feature.ANSWERS_ME: later("answers to you by who wrote last"),
    Feature.I_ANSWER: later("your answers to who began it"),
    Feature.KNOWN: later("your answers to who takes part"),
    Feature.SEEN: later("who wrote what you passed by"),
    Feature.FIRST: later("how often you answer first"),
    Feature.CHANNEL: later("your share of the channel"),
    Feature.CHANNEL_IDLE: later("how long you wrote nothing in this channel"),
    Feature.CHANNEL_OWN: later("how often you wrote in this channel"),
    Feature.CHANNEL_THREADS: later("how many threads this channel has"),
    Feature.LENGTH: later("how long the last message is"),
    Feature.QUESTION: later("a question at the end"),
    Feature.PACE: later("how much you write at all"),
}
"""What each number is of."""


def reason(told: Reason, name: Callable[[Name], str], when: Callable[[int], str]) -> str:
    """One reason; `name` calls a member, `when` says a moment (UTC ms)."""
    who = name(told.who) if told.who is not None else ""
    simple = _REASONS.get(told.code)
    if simple is not None:
        return t(simple)
    if told.code is Code.PART:
        return n("you wrote here {count} time", "you wrote here {count} times", told.count)
    if told.code is Code.PEOPLE:
        return n("{count} person takes part", "{count} people take part", told.count)
    if told.code is Code.BUSY:
        return n("{count} message within a day", "{count} messages within a day", told.count)
    if told.code is Code.RECENT:
        return t("last said {when}", when=when(told.count))
    if told.code is Code.YOUNG:
        return t("begun {when}", when=when(told.count))
    if told.code is Code.ANSWERS_YOU:
        return t("{who} wrote last, who often answers you", who=who)
    if told.code is Code.YOU_ANSWER:
        return t("{who} began it, whom you often answer", who=who)
    if told.code is Code.KNOWN:
        return t("{who} takes part, whom you often answer", who=who)
    return t("{who} is new here", who=who)


def terms(why: Explained) -> list[tuple[str, str, str]]:
    """Every term, that which moves most first: its weight as a logit, what it is of, its number;
    before them what holds for every thread, behind them what they come to."""
    told = [(decimal(why.bias, "+7.3f"), t("to begin with"), "")]
    told += [
        (decimal(term.logit, "+7.3f"), t(FEATURES[term.feature]), decimal(term.number, ".2f"))
        for term in why.terms
    ]
    likely = decimal(why.probability, ".1%")
    told.append(
        (
            decimal(why.logit, "+7.3f"),
            t("in all: {likely} that you write in it within a day", likely=likely),
            "",
        )
    )
    return told
