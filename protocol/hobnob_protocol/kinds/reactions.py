"""Marks on messages that leave their text alone: reactions and pins."""

from typing import Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import StreamType, TargetId
from hobnob_protocol.kind import Body, Fact, Kind, TargetRule, Write
from hobnob_protocol.limits import EMOJI_TEXT_MAX


@fields.body
class React(Body):
    """One emoji of one's own on a message, given or taken back."""

    target: TargetId = fields.target()
    emoji: str = fields.text(max=EMOJI_TEXT_MAX)
    on: bool = fields.boolean(default=True)


@fields.body
class Pin(Body):
    """A message is pinned to its channel for all, or no longer."""

    target: TargetId = fields.target()
    on: bool = fields.boolean(default=True)


def _react(fact: Fact, body: React) -> tuple[Write, ...]:
    key = nouns.reaction_key(body.target, fact.account, body.emoji)
    return (Write(nouns.REACTION, key, body.on),)


def _pin(_fact: Fact, body: Pin) -> tuple[Write, ...]:
    return (Write(nouns.PIN, body.target, body.on),)


KINDS: Final = (
    Kind(
        number=4,
        name="react",
        body=React,
        streams=frozenset({StreamType.CHANNEL}),
        capability="react",
        writes=writing.acts(React, _react),
        target="target",
        target_rule=TargetRule.LIVE,
    ),
    Kind(
        number=9,
        name="pin",
        body=Pin,
        streams=frozenset({StreamType.CHANNEL}),
        capability="pin",
        writes=writing.acts(Pin, _pin),
        target="target",
        target_rule=TargetRule.LIVE,
    ),
)
