"""Messages: a post, and how its author changes or withdraws it."""

from typing import Final

from hobnob_protocol import fields, nouns, writing
from hobnob_protocol.ids import AccountId, StreamType, TargetId
from hobnob_protocol.kind import Body, Fact, Kind, ObjectRule, Rule, TargetRule, Write
from hobnob_protocol.limits import MENTIONS_MAX, POST_TEXT_MAX


@fields.body
class Post(Body):
    """A message, in a thread if it names the thread's root, in answer to another if it names it.

    Whoever `mentions` lists is addressed. Any post may become the root of a thread.
    """

    text: str = fields.text(max=POST_TEXT_MAX, lines=True)
    thread: TargetId | None = fields.target(default=None)
    reply: TargetId | None = fields.target(default=None)
    mentions: tuple[AccountId, ...] = fields.many(
        fields.account(), max=MENTIONS_MAX, distinct=True, default=()
    )


@fields.body
class Edit(Body):
    """A new text for one's own message; `base` is the edit (or the message) it was made on.

    Of two edits with one base the later is shown; the other is kept and marked.
    """

    target: TargetId = fields.target()
    text: str = fields.text(max=POST_TEXT_MAX, lines=True)
    base: TargetId | None = fields.target(default=None)
    mentions: tuple[AccountId, ...] = fields.many(
        fields.account(), max=MENTIONS_MAX, distinct=True, default=()
    )


@fields.body
class Delete(Body):
    """One's own message is withdrawn, for ever."""

    target: TargetId = fields.target()


def _post(fact: Fact, body: Post) -> tuple[Write, ...]:
    return (writing.message(fact, body.thread, body.reply, body.text, body.mentions),)


def _edit(fact: Fact, body: Edit) -> tuple[Write, ...]:
    key = nouns.edit_key(body.target, fact.event)
    value = (fact.account, body.text, body.base, body.mentions)
    return (Write(nouns.EDIT, key, value, Rule.FIRST),)


def _delete(fact: Fact, body: Delete) -> tuple[Write, ...]:
    return (writing.withdrawn(body.target, fact.account),)


KINDS: Final = (
    Kind(
        number=1,
        name="post",
        body=Post,
        streams=frozenset({StreamType.CHANNEL}),
        capability="post",
        writes=writing.says(Post, _post),
        cost=2,
        root=True,
    ),
    Kind(
        number=2,
        name="edit",
        body=Edit,
        streams=frozenset({StreamType.CHANNEL}),
        capability="edit_own",
        writes=writing.acts(Edit, _edit),
        target="target",
        target_rule=TargetRule.LIVE,
        object_rule=ObjectRule.AUTHOR,
        cost=2,
    ),
    Kind(
        number=3,
        name="delete",
        body=Delete,
        streams=frozenset({StreamType.CHANNEL, StreamType.CONVERSATION}),
        capability="delete_own",
        writes=writing.acts(Delete, _delete),
        target="target",
        target_rule=TargetRule.PRESENT,
        object_rule=ObjectRule.AUTHOR,
    ),
)
