"""What follows from answers: channels, words of the profile, a buddy, and where Home begins.

It is a proposal, each part with its reason: nothing of it is done before the person says so.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Final

from hobnob_client.onboarding.first import First
from hobnob_client.onboarding.questions import TOPICS_MAX, Option, Question
from hobnob_client.profiles.forms import WORDS_MAX, words
from hobnob_protocol.ids import StreamId
from hobnob_protocol.value import value

CHANNELS_MAX: Final = 7
"""Channels that are proposed: who is put into more reads none (community.md §2.5)."""
SHOWN_MAX: Final = 9
"""Topics that are shown: each has a key."""

Answers = Mapping[str, tuple[str, ...]]
"""By the name of a question what was chosen: names of options, of topics those of channels. One
that was skipped has nothing in it, one that was not asked yet is not there."""


@value
class Channel:
    """A public channel that one is not in. Its name and purpose are safe to draw."""

    stream: StreamId
    name: str
    purpose: str = ""


@value
class World:
    """What is known of where one has come to, and of what one has said of oneself already."""

    channels: tuple[Channel, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict[str, str])
    agreed: Mapping[str, bool | None] = field(default_factory=dict[str, bool | None])
    buddies: bool = False
    """Does anybody offer to show newcomers around, who was not asked yet?"""


@value
class Offer:
    """A channel that is proposed; by a `word` of the answer, or as it was chosen itself."""

    channel: Channel
    word: str = ""


@value
class Plan:
    """What follows. `topics` are the names of chosen channels, `first` None where nothing was
    said."""

    channels: tuple[Offer, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    allow: tuple[str, ...] = ()
    buddy: bool = False
    first: First | None = None
    topics: tuple[str, ...] = ()

    @property
    def does_something(self) -> bool:
        """Is there anything to say yes to?"""
        return bool(self.channels or self.fields or self.allow or self.buddy)

    def without(self, parts: Iterable[str]) -> "Plan":
        """The same without parts, by their keys as in `keys`."""
        gone = frozenset(parts)
        return replace(
            self,
            channels=tuple(each for each in self.channels if key_of(each) not in gone),
            fields=tuple(each for each in self.fields if f"field {each[0]}" not in gone),
            allow=tuple(each for each in self.allow if f"allow {each}" not in gone),
            buddy=self.buddy and "buddy" not in gone,
        )


def key_of(offer: Offer) -> str:
    """By what a proposed channel is called among the parts."""
    return f"channel {offer.channel.stream.hex()}"


def keys(plan: Plan) -> tuple[str, ...]:
    """Its parts, in the order in which they are shown."""
    return (
        *map(key_of, plan.channels),
        *(f"field {name}" for name, _ in plan.fields),
        *(f"allow {purpose}" for purpose in plan.allow),
        *(("buddy",) if plan.buddy else ()),
    )


def asked(questions: Sequence[Question], world: World) -> tuple[Question, ...]:
    """Those that make sense here: topics where there are channels to choose, a buddy where somebody
    offers to be one, and consent where nothing was said of it yet."""
    return tuple(each for each in questions if _makes_sense(each, world))


def _makes_sense(question: Question, world: World) -> bool:
    if question.topics:
        return bool(world.channels)
    if any(option.buddy for option in question.options) and not world.buddies:
        return False
    purposes = {purpose for option in question.options for purpose in option.allow}
    return not purposes or any(world.agreed.get(each) is None for each in purposes)


def topics(world: World) -> tuple[Channel, ...]:
    """The channels that can be chosen: those that say what they are for before the others."""
    found = sorted(world.channels, key=lambda each: (not each.purpose, each.name, each.stream))
    return tuple(found[:SHOWN_MAX])


def plan(questions: Sequence[Question], answers: Answers, world: World) -> Plan:
    """What follows from what was answered so far; the same answers always lead to the same."""
    taken = [option for each in questions for option in _chosen(each, answers)]
    names = [
        name
        for each in questions
        if each.topics
        for name in answers.get(each.name, ())[:TOPICS_MAX]
    ]
    chosen = [each for name in names for each in world.channels if each.name == name]
    offers = {each.stream: Offer(each) for each in chosen}
    for option in taken:
        for each in world.channels:
            word = _word(option, each)
            if word:
                offers.setdefault(each.stream, Offer(each, word))
    topic_names = tuple(each.name for each in chosen)
    return Plan(
        tuple(offers.values())[:CHANNELS_MAX],
        _fields(taken, topic_names, world),
        tuple(
            dict.fromkeys(
                purpose
                for option in taken
                for purpose in option.allow
                if world.agreed.get(purpose) is not True
            )
        ),
        any(option.buddy for option in taken),
        next((option.first for option in taken if option.first is not None), None),
        topic_names,
    )


def _chosen(question: Question, answers: Answers) -> list[Option]:
    names = answers.get(question.name, ())
    found = [option for option in question.options if option.name in names]
    return found if question.several else found[:1]


def _word(option: Option, channel: Channel) -> str:
    """The word of an option that a channel has; "" for none."""
    said = re.split(r"[\W_]+", f"{channel.name} {channel.purpose}".casefold())
    begins = (word for word in option.channels if any(each.startswith(word) for each in said))
    return next(begins, "")


def _fields(
    taken: Sequence[Option], topic_names: tuple[str, ...], world: World
) -> tuple[tuple[str, str], ...]:
    """What would be new in the profile; what was said there is added to, and never overwritten."""
    found = dict[str, str]()
    for option in taken:
        if option.fill and topic_names:
            before = words(world.said.get(option.fill, ""))
            both = dict.fromkeys((*before, *topic_names))
            found[option.fill] = ", ".join(tuple(both)[:WORDS_MAX])
        found.update((name, value) for name, value in option.fields if not world.said.get(name))
    return tuple((name, value) for name, value in found.items() if world.said.get(name) != value)
