"""Threads: titled, resolvable lines of talk under a root message of a channel."""

from collections.abc import Mapping
from typing import ClassVar, Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import StreamType, TargetId
from hobnob_protocol.kind import Body, Fact, Kind, ObjectRule, TargetRule, Write
from hobnob_protocol.limits import TITLE_TEXT_MAX


@fields.body
class ThreadTitle(Body):
    """The thread under this root has a title; the first one makes the root a titled thread."""

    target: TargetId = fields.target()
    title: str = fields.text(max=TITLE_TEXT_MAX)


@fields.body
class ThreadResolve(Body):
    """The thread under this root is settled, or open again."""

    target: TargetId = fields.target()
    resolved: bool = fields.boolean(default=True)


@fields.body
class ThreadMove(Body):
    """A message belongs to the thread under another root, or to none."""

    target: TargetId = fields.target()
    thread: TargetId | None = fields.target(default=None)

    rules: ClassVar[Mapping[str, str]] = {
        "thread.own_root": "a message is not moved into the thread under itself"
    }

    def contradiction(self) -> str:
        """A message in the thread under itself would stand nowhere."""
        return "thread.own_root" if self.thread == self.target else ""


@fields.body
class AcceptAnswer(Body):
    """One message answers the question of this root, or none does yet."""

    target: TargetId = fields.target()
    answer: TargetId | None = fields.target(default=None)


def _thread_title(_fact: Fact, body: ThreadTitle) -> tuple[Write, ...]:
    return (Write(nouns.THREAD, nouns.thread_key(body.target, "title"), body.title),)


def _thread_resolve(_fact: Fact, body: ThreadResolve) -> tuple[Write, ...]:
    return (Write(nouns.THREAD, nouns.thread_key(body.target, "resolved"), body.resolved),)


def _thread_move(_fact: Fact, body: ThreadMove) -> tuple[Write, ...]:
    return (Write(nouns.MOVED, body.target, body.thread),)


def _accept_answer(_fact: Fact, body: AcceptAnswer) -> tuple[Write, ...]:
    return (Write(nouns.THREAD, nouns.thread_key(body.target, "answer"), body.answer),)


KINDS: Final = (
    Kind(
        number=5,
        name="thread_title",
        body=ThreadTitle,
        streams=frozenset({StreamType.CHANNEL}),
        capability="thread",
        writes=writing.acts(ThreadTitle, _thread_title),
        target="target",
        target_rule=TargetRule.LIVE,
    ),
    Kind(
        number=6,
        name="thread_resolve",
        body=ThreadResolve,
        streams=frozenset({StreamType.CHANNEL}),
        capability="thread",
        writes=writing.acts(ThreadResolve, _thread_resolve),
        target="target",
        target_rule=TargetRule.LIVE,
    ),
    Kind(
        number=7,
        name="thread_move",
        body=ThreadMove,
        streams=frozenset({StreamType.CHANNEL}),
        capability="thread",
        writes=writing.acts(ThreadMove, _thread_move),
        target="target",
        target_rule=TargetRule.LIVE,
        object_rule=ObjectRule.AUTHOR_OR_MODERATOR,
    ),
    Kind(
        number=25,
        name="accept_answer",
        body=AcceptAnswer,
        streams=frozenset({StreamType.CHANNEL}),
        capability="accept",
        writes=writing.acts(AcceptAnswer, _accept_answer),
        target="target",
        target_rule=TargetRule.LIVE,
        object_rule=ObjectRule.AUTHOR_OR_MODERATOR,
    ),
)
