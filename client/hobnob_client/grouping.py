"""How a private group begins and changes. Whoever asks for it, by a verb or on the screen, is told
the same where it is not possible."""

import os
from collections.abc import Iterable
from typing import Final

from hobnob_client.catalogue import later, t
from hobnob_client.failures import Exit, Failure
from hobnob_client.reading import ConversationLine, Reader
from hobnob_protocol.errors import SealError
from hobnob_protocol.event import Author
from hobnob_protocol.ids import (
    AccountId,
    ConversationId,
    StreamId,
    TargetId,
    conversation_stream,
    group_conversation,
)
from hobnob_protocol.kinds.conversations import GroupChange
from hobnob_protocol.kinds.threads import ThreadTitle
from hobnob_protocol.limits import CONVERSATION_MEMBERS_MAX
from hobnob_protocol.sealing.group import REMOVE, Group, extend_group, founding

_WHY_NOT: Final = {
    "group.author": later("Only an admin of the group may do that."),
    "group.members": later("A group has at most {most} members."),
    "group.account": later(
        "Who is added must not be in it yet; who is removed or promoted must be."
    ),
    "group.count": later("This group has changed too often: begin another."),
}


def _why_not(rule: str) -> str:
    if rule not in _WHY_NOT:
        return t("Not possible: {rule}.", rule=rule)
    return t(_WHY_NOT[rule], most=CONVERSATION_MEMBERS_MAX)


def begun(
    reader: Reader, others: Iterable[AccountId], author: Author
) -> tuple[StreamId, GroupChange]:
    """A new group of `author` and others: where it is, and what must be said there first. Failure
    where there would be too many of them."""
    members = tuple(dict.fromkeys((reader.me, *others)))
    if len(members) > CONVERSATION_MEMBERS_MAX:
        raise Failure(_why_not("group.members"), Exit.USAGE)
    stream = conversation_stream(group_conversation(os.urandom(16)))
    return stream, _carried(reader, stream, None, founding(*members), author)


def changed(
    reader: Reader,
    line: ConversationLine,
    act: int,
    accounts: Iterable[AccountId],
    author: Author,
) -> GroupChange:
    """What is said to add, remove or promote; Failure where the group does not allow it."""
    group = group_of(line)
    link = group.change(act, *dict.fromkeys(accounts))
    return _carried(reader, line.stream, group, link, author)


def left(reader: Reader, line: ConversationLine, author: Author) -> GroupChange:
    """What is said to leave; Failure for the only admin of others."""
    group = group_of(line)
    if group.admins == (reader.me,) and len(group.members) > 1:
        raise Failure(t("You are its only admin: make somebody else an admin first."), Exit.USAGE)
    return _carried(reader, line.stream, group, group.change(REMOVE, reader.me), author)


def titled(stream: StreamId, title: str) -> ThreadTitle:
    """What gives a group a title, or with "" none: of a message that is none."""
    return ThreadTitle(TargetId(stream[2:]), title)


def group_of(line: ConversationLine) -> Group:
    """The group that a conversation is; Failure for one between two."""
    if line.group is None:
        raise Failure(t("That is between two: who else is to read begins a group."), Exit.USAGE)
    return line.group


def _carried(
    reader: Reader, stream: StreamId, group: Group | None, link: bytes, author: Author
) -> GroupChange:
    """The event that carries a change, and says what it makes of the group."""
    try:
        after = extend_group(group, link, author, reader.hub, ConversationId(stream[2:]))
    except SealError as broken:
        raise Failure(_why_not(broken.rule)) from broken
    return GroupChange(link, after.members, after.admins)
