"""A small community that never was, in the interchange format, with habits to be learnt.

Who is busy, which channels one likes, which two others one answers, and which subject one knows
are drawn once; from these follow the topics that one writes in, questions, thanks and replies.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final, TypeAlias

Record: TypeAlias = Mapping[str, Any]

DAY_SECONDS: Final = 86_400
BEGINS: Final = 1_600_000_000
SUBJECTS: Final = ("lathe", "kiln", "loom", "press", "forge", "bench", "plane", "wheel")
_OPEN_DAYS: Final = 3
"""A topic is written in for so long."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How large it is."""

    members: int = 40
    channels: int = 6
    days: int = 90
    visits_a_day: int = 18
    skeleton_days: int = 0
    """So many of the last days lose their text, and are in `skeleton.jsonl` alone."""


@dataclass(slots=True)
class _Topic:
    number: int
    name: str
    channel: int
    subject: int
    last: int
    said: list[tuple[str, int]] = field(default_factory=list)
    """Ids and authors."""


@dataclass(slots=True)
class _Person:
    likes: list[int]
    friends: list[int]
    knows: int


def write(directory: Path, seed: int, shape: Shape = Shape()) -> None:
    """Write an archive; equal bytes for an equal seed and shape. One member is a bot."""
    directory.mkdir(parents=True, exist_ok=True)
    messages = _Talk(seed, shape).said()
    bots = [{"id": "bot", "name": "Bell", "bot": True}]
    members = [{"id": f"m{n}", "name": f"Member {n}"} for n in range(shape.members)]
    channels = [{"id": f"c{n}", "name": SUBJECTS[n % 8]} for n in range(shape.channels)]
    cut = BEGINS + (shape.days - shape.skeleton_days) * DAY_SECONDS
    _lines(directory / "members.jsonl", [*bots, *members])
    _lines(directory / "channels.jsonl", channels)
    _lines(directory / "messages.jsonl", [one for one in messages if one["ts"] < cut])
    if shape.skeleton_days:
        _lines(directory / "skeleton.jsonl", [_bones(one) for one in messages])


def _lines(path: Path, records: Iterable[Record]) -> None:
    path.write_text("".join(f"{json.dumps(one)}\n" for one in records))


def _bones(one: Record) -> Record:
    names = {"channel": "c", "topic_id": "t", "author": "a", "reply_to": "r", "mentions": "m"}
    kept = {
        names.get(key, key): value for key, value in one.items() if key not in ("text", "topic")
    }
    return {**kept, "n": len(str(one["text"]))}


class _Talk:
    def __init__(self, seed: int, shape: Shape) -> None:
        self._random = random = Random(seed)
        self._shape = shape
        self._topics: list[_Topic] = []
        self._messages: list[Record] = []
        many = range(shape.members)
        self._people = [
            _Person(
                random.sample(range(shape.channels), 2), random.sample(many, 2), random.randrange(8)
            )
            for _ in many
        ]

    def said(self) -> list[Record]:
        """All messages, in order."""
        visits = self._shape.days * self._shape.visits_a_day
        span = self._shape.days * DAY_SECONDS
        times = sorted(BEGINS + self._random.randrange(span) for _ in range(visits))
        # The busiest come as often as all of the second half together, as it is everywhere.
        weights = [1 / (n + 1) for n in range(self._shape.members)]
        for ts in times:
            who = self._random.choices(range(self._shape.members), weights)[0]
            self._visit(who, ts)
        self._messages.append(_message("bell", times[-1], "c0", "hello", "bot"))
        return sorted(self._messages, key=lambda one: (one["ts"], one["id"]))

    def _visit(self, who: int, ts: int) -> None:
        for nth in range(self._random.randint(1, 3)):
            topic = self._chosen(who, ts)
            self._say(who, topic, ts + 60 * nth)

    def _chosen(self, who: int, ts: int) -> _Topic:
        """A topic of one's own habits, or a new one."""
        person, random = self._people[who], self._random
        open_ones = [one for one in self._topics[-40:] if ts - one.last < _OPEN_DAYS * DAY_SECONDS]
        if open_ones and random.random() < 0.7:
            return random.choices(open_ones, [self._pull(who, one) for one in open_ones])[0]
        subject = person.knows if random.random() < 0.5 else random.randrange(8)
        name = f"{SUBJECTS[subject]} {len(self._topics)}"
        self._topics.append(
            _Topic(len(self._topics), name, random.choice(person.likes), subject, ts)
        )
        return self._topics[-1]

    def _pull(self, who: int, topic: _Topic) -> float:
        person = self._people[who]
        authors = [author for _, author in topic.said]
        pull = 0.05 + 2 * (who in authors[:-1]) + (topic.channel in person.likes)
        return pull + (topic.subject == person.knows) + (authors[-1] in person.friends)

    def _say(self, who: int, topic: _Topic, ts: int) -> None:
        random, said = self._random, topic.said
        word = SUBJECTS[topic.subject]
        text = f"How do I set up the {word}?" if not said else f"I would turn the {word} by hand."
        more: dict[str, object] = {}
        others = [one for one in said if one[1] != who]
        if others and random.random() < 0.3:
            more["reply_to"], to = others[-1]
            if random.random() < 0.5:
                more["mentions"] = [f"m{to}"]
                text = f"Thanks @Member {to}, the {word} turns."
        place = f"c{topic.channel}"
        message = _message(f"{len(self._messages):06}", ts, place, text, f"m{who}")
        named = {"topic_id": f"t{topic.number}", "topic": topic.name}
        self._messages.append({**message, **named, **more})
        said.append((str(message["id"]), who))
        topic.last = ts


def _message(name: str, ts: int, channel: str, text: str, author: str) -> Record:
    return {"id": name, "ts": ts, "channel": channel, "text": text, "author": author}
