"""What was said in the demo world, and when, relative to a now that the caller gives."""

from dataclasses import dataclass, field
from typing import Any, Final

from hobnob.demo.prose import mentioned
from hobnob_client.durations import DAY_MS, MINUTE_MS

KINDS: Final = ("talk", "question", "debate")
"""What a talk is: a chat, a question that wants an answer, or a difference of opinion."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time before now: so many minutes ago, or on an earlier UTC day at a minute of that day.

    `minutes` counts from now if `days_ago` is 0, else from that day's midnight.
    """

    days_ago: int
    minutes: int

    def at_ms(self, now_ms: int) -> int:
        """This moment in milliseconds since 1970."""
        if self.days_ago == 0:
            return now_ms - self.minutes * MINUTE_MS
        midnight_ms = now_ms - now_ms % DAY_MS
        return midnight_ms - self.days_ago * DAY_MS + self.minutes * MINUTE_MS


@dataclass(frozen=True, slots=True)
class Edit:
    """The author changed a message then; `before` is what it said until then."""

    moment: Moment
    before: str


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a poll, and the handles of those who chose it."""

    text: str
    votes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Poll:
    """What makes a message a poll: its text is the question."""

    options: tuple[Option, ...]
    multiple: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `id` and `reply` are "talk.number"; handles name people.

    `reactions` are pairs of an emoji and those who gave it.
    """

    id: str
    by: str
    moment: Moment
    text: str
    reply: str | None = None
    pinned: bool = False
    edit: Edit | None = None
    reactions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    poll: Poll | None = None
    mentions: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Who is addressed stands in the text and nowhere else."""
        object.__setattr__(self, "mentions", mentioned(self.text))


@dataclass(frozen=True, slots=True)
class Talk:
    """One line of talk in a channel, at least one message, in order.

    With a `title` it is a thread under its first message; without, its messages stand in the
    channel. `answer` is the message that was accepted.
    """

    id: str
    channel: str
    messages: tuple[Message, ...]
    title: str = ""
    kind: str = "talk"
    language: str = "en"
    resolved: bool = False
    answer: str | None = None


def read_talk(id: str, channel: str, table: dict[str, Any]) -> Talk:
    """A talk's file; a key that is not known raises TypeError."""
    rest = dict(table)
    days_ago = rest.pop("days_ago", 0)
    messages = tuple(_message(id, days_ago, dict(each)) for each in rest.pop("message"))
    answer = rest.pop("answer", None)
    return Talk(id, channel, messages, answer=answer and f"{id}.{answer}", **rest)


def _message(talk: str, days_ago: int, table: dict[str, Any]) -> Message:
    days_ago = table.pop("days_ago", days_ago)
    reply = table.pop("reply", None)
    return Message(
        id=f"{talk}.{table.pop('id')}",
        reply=reply and f"{talk}.{reply}",
        moment=_moment(days_ago, table.pop("at", ""), table.pop("minutes_ago", 0)),
        text=table.pop("text").strip("\n"),
        edit=_edit(days_ago, table),
        reactions=tuple((emoji, tuple(by)) for emoji, by in table.pop("reactions", {}).items()),
        poll=_poll(table),
        **table,
    )


def _moment(days_ago: int, at: str, minutes_ago: int) -> Moment:
    if not at:
        return Moment(0, minutes_ago)
    hour, minute = at.split(":")
    return Moment(days_ago, int(hour) * 60 + int(minute))


def _edit(days_ago: int, table: dict[str, Any]) -> Edit | None:
    if "text_before" not in table:
        return None
    moment = _moment(days_ago, table.pop("edited_at", ""), table.pop("edited_minutes_ago", 0))
    return Edit(moment, table.pop("text_before").strip("\n"))


def _poll(table: dict[str, Any]) -> Poll | None:
    if "option" not in table:
        return None
    options = tuple(Option(each["text"], tuple(each["votes"])) for each in table.pop("option"))
    return Poll(options, table.pop("multiple", False), table.pop("closed", False))
