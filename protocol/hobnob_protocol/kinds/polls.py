"""Polls: a question with options, votes, and its close."""

from typing import Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import StreamType, TargetId
from hobnob_protocol.kind import Body, Fact, Kind, ObjectRule, Rule, TargetRule, Write
from hobnob_protocol.limits import OPTION_TEXT_MAX, OPTIONS_MAX, POST_TEXT_MAX


@fields.body
class Poll(Body):
    """A message that asks; `multiple` lets one vote choose several options."""

    question: str = fields.text(max=POST_TEXT_MAX, lines=True)
    options: tuple[str, ...] = fields.many(
        fields.text(max=OPTION_TEXT_MAX), min=2, max=OPTIONS_MAX, distinct=True
    )
    multiple: bool = fields.boolean(default=False)


@fields.body
class Vote(Body):
    """One's own vote: the options chosen, counted from 0; it replaces the one before.

    No option takes the vote back.
    """

    target: TargetId = fields.target()
    choices: tuple[int, ...] = fields.many(
        fields.integer(0, OPTIONS_MAX - 1), max=OPTIONS_MAX, ascending=True
    )


@fields.body
class PollClose(Body):
    """The poll takes no more votes, for ever."""

    target: TargetId = fields.target()


def _poll(fact: Fact, body: Poll) -> tuple[Write, ...]:
    more = (body.options, body.multiple)
    return (writing.message(fact, None, None, body.question, more=more),)


def _vote(fact: Fact, body: Vote) -> tuple[Write, ...]:
    return (Write(nouns.VOTE, nouns.vote_key(body.target, fact.account), body.choices),)


def _poll_close(fact: Fact, body: PollClose) -> tuple[Write, ...]:
    return (Write(nouns.POLL_CLOSED, body.target, fact.account, Rule.FIRST),)


KINDS: Final = (
    Kind(
        number=22,
        name="poll",
        body=Poll,
        streams=frozenset({StreamType.CHANNEL}),
        capability="poll",
        writes=writing.says(Poll, _poll),
        cost=2,
        root=True,
    ),
    Kind(
        number=23,
        name="vote",
        body=Vote,
        streams=frozenset({StreamType.CHANNEL}),
        capability="vote",
        writes=writing.acts(Vote, _vote),
        target="target",
        target_rule=TargetRule.LIVE,
        object_rule=ObjectRule.OPEN_POLL,
    ),
    Kind(
        number=24,
        name="poll_close",
        body=PollClose,
        streams=frozenset({StreamType.CHANNEL}),
        capability="poll",
        writes=writing.acts(PollClose, _poll_close),
        target="target",
        target_rule=TargetRule.LIVE,
        object_rule=ObjectRule.AUTHOR_OR_MODERATOR,
    ),
)
