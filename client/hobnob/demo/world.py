"""The whole demo world, read from the files that ship beside this module.

README.md says how they are written. Times stay relative: `Moment.at_ms` and
`hobnob.demo.interchange` take the now they count from.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, cast

from hobnob.demo.kindness import Helping, read_helping
from hobnob.demo.people import Channel, Member
from hobnob.demo.stage import Stage, read_stage
from hobnob.demo.talk import Message, Talk, read_talk


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody may ask for; `helpers` are pairs of a handle and the messages that show it."""

    text: str
    helpers: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class World:
    """A community at no particular time; members by handle, channels in their order."""

    members: tuple[Member, ...]
    channels: tuple[Channel, ...]
    talks: tuple[Talk, ...]
    needs: tuple[Need, ...]
    stage: Stage
    helpings: tuple[Helping, ...]

    def messages(self) -> Iterator[tuple[Talk, Message]]:
        """Every message with its talk, in no order of time."""
        for talk in self.talks:
            for message in talk.messages:
                yield talk, message

    def helpers(self) -> tuple[str, ...]:
        """Who can help with some need, by handle; who helps with most comes first."""
        counted = Counter(handle for need in self.needs for handle, _ in need.helpers)
        return tuple(handle for handle, _ in counted.most_common())


def load() -> World:
    """Read the demo world; the same value each time."""
    folder = files("hobnob.demo") / "world"
    members = [
        Member(**_frozen(each))
        for file in _in_order(folder / "members")
        for each in _table(file)["member"]
    ]
    talks = [
        read_talk(file.name.removesuffix(".toml"), channel.name, _table(file))
        for channel in _in_order(folder / "talks")
        for file in _in_order(channel)
    ]
    return World(
        tuple(sorted(members, key=lambda member: member.handle)),
        tuple(Channel(**each) for each in _table(folder / "channels.toml")["channel"]),
        tuple(talks),
        tuple(_need(each) for each in _table(folder / "needs.toml")["need"]),
        read_stage(_table(folder / "stage.toml")),
        tuple(read_helping(each) for each in _table(folder / "helpings.toml")["helping"]),
    )


def _need(table: dict[str, Any]) -> Need:
    helpers = tuple((handle, tuple(shown)) for handle, shown in table["helpers"].items())
    return Need(table["text"], helpers)


def _in_order(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda entry: entry.name)


def _table(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _frozen(table: dict[str, Any]) -> dict[str, Any]:
    """A table whose lists, all of text, became tuples."""
    return {
        key: tuple(cast("list[str]", value)) if isinstance(value, list) else value
        for key, value in table.items()
    }
