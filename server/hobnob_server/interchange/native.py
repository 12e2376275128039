"""A message of this hub as a record: what a member sees of it now, under names of the format."""

from collections.abc import Callable
from dataclasses import dataclass

from hobnob_protocol import nouns
from hobnob_protocol.ids import AccountId, TargetId
from hobnob_protocol.kinds.polls import Poll
from hobnob_protocol.registry import STANDARD
from hobnob_server.interchange.marks import OneMessage
from hobnob_server.interchange.messages import Thread, seconds
from hobnob_server.interchange.records import Record
from hobnob_sync.views import message, poll, reactions, thread
from hobnob_sync.views.message import Message

_POLL = STANDARD.of(Poll).number
NOBODY = AccountId(bytes(20))
"""For views that ask whose reactions and votes are one's own: nobody's here."""


@dataclass(frozen=True, slots=True)
class Names:
    """How an export names what a record refers to; `at_ms` is when an event of the log came."""

    channel: str
    member: Callable[[AccountId], str]
    said: Callable[[TargetId], str]
    topic: Callable[[TargetId], Thread | None]
    at_ms: Callable[[int], int]


def native_record(cells: OneMessage, target: TargetId, names: Names) -> Record:
    """The record of a message that was said here; fields it has nothing for are left out."""
    shown = message.view(cells, target)
    assert shown is not None, "its own cell is there"
    record: Record = {
        "id": names.said(target),
        "ts": seconds(shown.at_ms),
        "channel": names.channel,
        "author": names.member(shown.account),
        "text": "" if shown.dead else shown.text,
    }
    record.update(_place(shown, target, cells, names))
    if shown.mentions:
        record["mentions"] = [names.member(account) for account in shown.mentions]
    if shown.kind == _POLL and not shown.dead:
        record.update(_poll(cells, target, names))
    if shown.edited and not shown.dead:
        record["edited_ts"] = seconds(names.at_ms(shown.versions[-1].seq or 0))
    if shown.dead:
        record["deleted_ts"] = seconds(names.at_ms(_death_seq(cells, target)))
    record.update(marks_of(cells, target, shown, names))
    return record


def _place(shown: Message, target: TargetId, cells: OneMessage, names: Names) -> Record:
    record: Record = {}
    topic = names.topic(shown.thread or target)
    if topic is not None:
        record.update(topic_fields(topic))
    elif shown.thread is not None:
        record["thread"] = names.said(shown.thread)
    if shown.reply is not None:
        record["reply_to"] = names.said(shown.reply)
    return record


def topic_fields(topic: Thread) -> Record:
    """A topic as its messages name it."""
    named = {"topic_id": topic.topic_id, "topic": topic.topic}
    return {name: value for name, value in named.items() if value is not None}


def marks_of(cells: OneMessage, target: TargetId, shown: Message, names: Names) -> Record:
    """What others did to a message: fields that a record has only where they hold."""
    heading = thread.view(cells, target)
    above = thread.view(cells, shown.thread) if shown.thread is not None else heading
    pin = cells.get(nouns.PIN, target)
    record: Record = {}
    given = [
        {"emoji": one.emoji, "by": [names.member(account) for account in one.accounts]}
        for one in reactions.view(cells, target, NOBODY)
    ]
    if given:
        record["reactions"] = given
    flags = {
        "resolved": heading.resolved,
        "accepted": above.answer == target,
        "pinned": pin is not None and pin.value is True,
        "hidden": shown.hidden is not None,
    }
    record.update({name: True for name, holds in flags.items() if holds})
    return record


def undone(cells: OneMessage, target: TargetId) -> tuple[str, ...]:
    """Which fields of a record no longer hold, for somebody took them back."""
    places = {
        "resolved": (nouns.THREAD, nouns.thread_key(target, "resolved")),
        "pinned": (nouns.PIN, target),
        "hidden": (nouns.HIDDEN, target),
    }
    cells_of = {name: cells.get(*place) for name, place in places.items()}
    return tuple(name for name, cell in cells_of.items() if cell is not None and not cell.value)


def _poll(cells: OneMessage, target: TargetId, names: Names) -> Record:
    found = poll.view(cells, target, NOBODY)
    if found is None:
        return {}
    record: Record = {
        "kind": "poll",
        "options": [
            {"text": option.text, "by": [names.member(account) for account in option.accounts]}
            for option in found.options
        ],
    }
    flags = {"multiple": found.multiple, "closed": found.closed}
    record.update({name: True for name, holds in flags.items() if holds})
    return record


def _death_seq(cells: OneMessage, target: TargetId) -> int:
    return min(cell.seq for _, cell in cells.scan(nouns.DEAD, target))
