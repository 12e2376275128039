"""An archive as columns: what people said, when, where, to whom, sorted, without bots.

Read from the interchange format (server/README.md), and from `skeleton.jsonl` beside it, where
there is one: the same messages and later ones without their text, `{id, ts, c, t, a, n, r, m}`,
which are channel, topic, author, length, what it answers, and whom it mentions. A column is an
array, and people, channels and topics are numbers, so a million messages stay small.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

from hobnob_server.errors import ConfigError
from hobnob_server.interchange.files import BrokenFile, archive_in, lines
from hobnob_server.interchange.records import BadRecord, Record, check_message, parse

SAID: Final = frozenset((None, "message", "me", "question", "comment", "answer"))
"""Kinds of messages that a person says; all else is a program's or the room's."""
NONE: Final = -1
"""No message, in a column of positions."""
Column: TypeAlias = "array[int]"
_BONES: Final = frozenset(("id", "ts", "c", "a", "n"))
_PACKED: Final = ("", ".gz", ".zst")


@dataclass(frozen=True, slots=True)
class Archive:
    """One community. A column has an entry for each message, in order of (time, id)."""

    directory: Path
    """Where it was read: an engine with data of another sort looks there for it."""
    member_ids: tuple[str, ...]
    """The source's ids: a number in `authors` or `mentions` is a place here."""
    channel_ids: tuple[str, ...]
    channel_names: tuple[str, ...]
    topic_ids: tuple[str, ...]
    """A topic is what the source calls so, a thread, a conversation, or a message alone."""
    times_ms: Column
    """UTC."""
    channels: Column
    topics: Column
    authors: Column
    lengths: Column
    """In characters."""
    answered: Column
    """The position of the message that it answers, or NONE; always an earlier one."""
    mentions: dict[int, tuple[int, ...]]
    """By position, where there are any."""
    texts: list[str | None]
    """None where the archive has the skeleton alone."""
    accepted: frozenset[int]
    """Positions of answers that whoever asked has accepted."""
    skipped: int
    """Lines that were no records."""

    def __len__(self) -> int:
        return len(self.times_ms)

    def at(self, time_ms: int) -> int:
        """The position of the first message at that time or later."""
        return bisect_left(self.times_ms, time_ms)

    def with_text(self) -> int:
        """How many messages have their text."""
        return sum(text is not None for text in self.texts)


def load(directory: Path) -> Archive:
    """All of an archive; without messages an empty one, for it may hold data of another sort.

    ConfigError where the files contradict each other.
    """
    gathered = _Gathered(directory)
    gathered.people()
    gathered.said()
    gathered.skeleton()
    return gathered.sorted()


@dataclass(slots=True)
class _Numbers:
    """Ids as numbers, in the order in which they are seen."""

    known: dict[str, int] = field(default_factory=dict)

    def of(self, name: str) -> int:
        return self.known.setdefault(name, len(self.known))

    def names(self) -> tuple[str, ...]:
        return tuple(self.known)


class _Gathered:
    """Columns as they come, in any order."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._files = None
        with suppress(ConfigError):
            self._files = archive_in(directory)
        self._members, self._channels, self._topics = _Numbers(), _Numbers(), _Numbers()
        self._names: dict[str, str] = {}
        self._bots: set[str] = set()
        self._left_out: set[str] = set()
        self._skipped = 0
        self._ids: list[str] = []
        self._times = array("q")
        self._of_channel, self._of_author = array("i"), array("i")
        self._lengths = array("i")
        self._topic: list[str] = []
        self._answers: dict[int, str] = {}
        self._mentions: dict[int, tuple[int, ...]] = {}
        self._texts: list[str | None] = []
        self._accepted: set[int] = set()

    def people(self) -> None:
        """Who is a bot, and what channels are called."""
        if self._files is None:
            return
        for path in self._files.members:
            self._bots.update(str(one["id"]) for one in self._read(path) if one.get("bot") is True)
        for path in self._files.channels:
            self._names.update((one["id"], one.get("name", "")) for one in self._read(path))

    def said(self) -> None:
        """The messages with their text."""
        for path in self._files.messages if self._files is not None else ():
            for one in self._read(path):
                try:
                    check_message(one)
                except BadRecord:
                    self._skipped += 1
                    continue
                if one.get("kind") not in SAID or not one.get("author"):
                    self._left_out.add(one["id"])
                    continue
                line = one.get("topic_id") or one.get("conversation") or one.get("thread") or ""
                text = one["text"]
                self._add(one, (one["channel"], str(line), one["author"]), len(text), text)
                self._name(one.get("reply_to"), one.get("mentions"))
                if one.get("accepted") is True:
                    self._accepted.add(len(self._ids) - 1)

    def skeleton(self) -> None:
        """Those without; what is there with its text is not taken again."""
        held = self._left_out.union(self._ids)
        for packed in _PACKED:
            path = self._directory / f"skeleton.jsonl{packed}"
            for one in self._read(path) if path.is_file() else ():
                if not one.keys() >= _BONES:
                    self._skipped += 1
                elif one["id"] not in held:
                    self._add(one, (one["c"], one.get("t", ""), one["a"]), one["n"], None)
                    self._name(one.get("r"), one.get("m"))

    def _read(self, path: Path) -> Iterator[Record]:
        with suppress(BrokenFile):
            for line in lines(path):
                if line is None or line.strip():
                    try:
                        yield parse(line)
                    except BadRecord:
                        self._skipped += 1

    def _add(self, one: Record, where: tuple[str, str, str], length: int, text: str | None) -> None:
        channel, topic, author = where
        self._ids.append(one["id"])
        self._times.append(round(one["ts"] * 1_000))
        self._of_channel.append(self._channels.of(channel))
        self._of_author.append(self._members.of(author))
        # One string for a topic, however many messages name it.
        self._topic.append(self._topics_of(channel, topic))
        self._lengths.append(length)
        self._texts.append(text)

    def _topics_of(self, channel: str, topic: str) -> str:
        if not topic:
            return ""
        named = f"{channel}/{topic}"
        self._topics.of(named)
        return named

    def _name(self, answers: Any, mentions: Any) -> None:
        at = len(self._ids) - 1
        if answers:
            self._answers[at] = answers if isinstance(answers, str) else str(answers[0])
        if mentions:
            people = [self._members.of(str(one)) for one in mentions if str(one) not in self._bots]
            self._mentions[at] = tuple(dict.fromkeys(people))

    def sorted(self) -> Archive:
        """In order of (time, id), the bots gone."""
        bots = {self._members.of(one) for one in self._bots if one in self._members.known}
        order = [at for at in range(len(self._ids)) if self._of_author[at] not in bots]
        order.sort(key=lambda at: (self._times[at], self._ids[at]))
        place = {self._ids[at]: to for to, at in enumerate(order)}
        answered = array("i", (self._answered(place, to, at) for to, at in enumerate(order)))
        topics = self._by_thread(order, answered)
        channel_ids = self._channels.names()
        return Archive(
            self._directory,
            self._members.names(),
            channel_ids,
            tuple(self._names.get(each) or each for each in channel_ids),
            self._topics.names(),
            array("q", (self._times[at] for at in order)),
            array("i", (self._of_channel[at] for at in order)),
            topics,
            array("i", (self._of_author[at] for at in order)),
            array("i", (self._lengths[at] for at in order)),
            answered,
            {to: self._mentions[at] for to, at in enumerate(order) if self._mentions.get(at)},
            [self._texts[at] for at in order],
            frozenset(to for to, at in enumerate(order) if at in self._accepted),
            self._skipped,
        )

    def _answered(self, place: dict[str, int], to: int, at: int) -> int:
        found = place.get(self._answers.get(at, ""), NONE)
        return found if found < to else NONE

    def _by_thread(self, order: list[int], answered: Column) -> Column:
        """The topic of each; what names none belongs to what it answers, or begins one."""
        # A thread is named by its root, which names none itself.
        topics, channels = array("i"), self._channels.names()
        for to, at in enumerate(order):
            named = self._topic[at]
            if not named and answered[to] != NONE:
                topics.append(topics[answered[to]])
                continue
            channel = channels[self._of_channel[at]]
            topics.append(self._topics.of(named or f"{channel}/{self._ids[at]}"))
        return topics
