"""The demo world in the interchange format, so that a hub can import it like any archive.

Times become absolute, counted from `now_ms`. README.md has the mapping as a table.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from hobnob.demo.talk import Message, Talk
from hobnob.demo.world import World

Record: TypeAlias = dict[str, Any]
"""One JSON object of the format; absent fields are left out."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The lines of `members.jsonl`, `channels.jsonl` and `messages.jsonl`, messages by time."""

    members: tuple[Record, ...]
    channels: tuple[Record, ...]
    messages: tuple[Record, ...]


def archive(world: World, now_ms: int) -> Archive:
    """The world as it stands at `now_ms` milliseconds since 1970."""
    messages = sorted(
        (_message(talk, message, now_ms) for talk, message in world.messages()),
        key=lambda record: (record["ts"], record["id"]),
    )
    return Archive(_members(world, messages), _channels(world, messages), tuple(messages))


def _message(talk: Talk, message: Message, now_ms: int) -> Record:
    root = talk.messages[0]
    record: Record = {
        "id": message.id,
        "ts": _seconds(message.moment.at_ms(now_ms)),
        "channel": talk.channel,
        "author": message.by,
        "text": message.text,
        "reply_to": message.reply,
        "mentions": list(message.mentions),
        "reactions": [{"emoji": emoji, "by": list(by)} for emoji, by in message.reactions],
        "pinned": message.pinned,
    }
    if talk.title:
        record |= {"topic_id": talk.id, "topic": talk.title}
        record |= {"thread": None if message is root else root.id}
        record |= {"resolved": talk.resolved and message is root}
        record |= {"accepted": message.id == talk.answer}
    if message is root and talk.kind == "question":
        record["kind"] = "question"
    if message.edit:
        record["edited_ts"] = _seconds(message.edit.moment.at_ms(now_ms))
        record["text_before"] = message.edit.before
    if message.poll:
        record["kind"] = "poll"
        record["options"] = [
            {"text": option.text, "by": list(option.votes)} for option in message.poll.options
        ]
        record["multiple"] = message.poll.multiple
        record["closed"] = message.poll.closed
    # The format leaves out what there is none of.
    return {key: value for key, value in record.items() if value not in (None, [], False)}


def _members(world: World, messages: Sequence[Record]) -> tuple[Record, ...]:
    times = _times(messages, "author")
    places: defaultdict[str, set[str]] = defaultdict(set)
    for record in messages:
        places[record["author"]].add(record["channel"])
    return tuple(
        {
            "id": member.handle,
            "handle": member.handle,
            "name": member.name,
            "bot": member.bot,
            "tz": member.zone,
            "offers": list(member.offers),
            "seeks": list(member.seeks),
            "goals": member.goals,
            "level": member.level,
            "languages": list(member.languages),
            "hours": member.hours,
            "weekly_requests": member.weekly_requests,
            "channels": len(places[member.handle]),
            **_activity(times[member.handle]),
        }
        for member in world.members
    )


def _channels(world: World, messages: Sequence[Record]) -> tuple[Record, ...]:
    times = _times(messages, "channel")
    writers: defaultdict[str, set[str]] = defaultdict(set)
    for record in messages:
        writers[record["channel"]].add(record["author"])
    topics = Counter(talk.channel for talk in world.talks if talk.title)
    return tuple(
        {
            "id": channel.name,
            "name": channel.name,
            "purpose": channel.purpose,
            "auto_join": channel.auto_join,
            "members": len(writers[channel.name]),
            "topics": topics[channel.name],
            **_activity(times[channel.name]),
        }
        for channel in world.channels
    )


def _times(messages: Sequence[Record], field: str) -> defaultdict[str, list[int]]:
    times: defaultdict[str, list[int]] = defaultdict(list)
    for record in messages:
        times[record[field]].append(record["ts"])
    return times


def _activity(times: Sequence[int]) -> Record:
    if not times:
        return {"messages": 0}
    return {"messages": len(times), "first_ts": times[0], "last_ts": times[-1]}


def _seconds(at_ms: int) -> int:
    return at_ms // 1_000
