"""A community in which much was said, kept in a directory: a hub's log, and a member's replica of
it that is whole, searchable and checked.

Everything is as it would be: members push signed messages, the hub orders them, a client pulls
them. So a million take minutes, once; a measurement takes a copy.

`python -m tests.benchmarks.community DIR --messages N` makes one.
"""

import argparse
import asyncio
import json
import shutil
import sys
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Final

from hobnob.demo.interchange import archive
from hobnob.demo.world import load
from hobnob_client import keyring
from hobnob_client.engine import Engine
from hobnob_client.founding import found
from hobnob_client.paths import Profile
from hobnob_protocol.frames import Ack, Push, Pushed
from hobnob_protocol.ids import DIRECTORY, ChannelId, StreamId, TargetId, channel_stream
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.channels import ChannelCreate
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.limits import PUSH_EVENTS_MAX
from hobnob_protocol.wire import encode_frame
from hobnob_server.control.client import ask
from tests.benchmarks.hub import CAPS, FRAME_CAPS, Hub, Line, Member
from tests.benchmarks.million import Words
from tests.benchmarks.process import cores

MADE: Final = 2
"""Which recipe; one that was made by another is made anew."""
CHANNELS: Final = 60
WRITERS: Final = 32
RICH_EVERY: Final = 4
"""One message in so many is one of the demo world's, with a tail of its own: code, lists, links."""
REPLY_SHARE: Final = 0.1
REACTION_SHARE: Final = 0.05
RECENT: Final = 50
"""Replies and reactions go to one of so many last messages of the channel."""
PATIENCE_SECONDS: Final = 7_200.0
RESTING_SECONDS: Final = 2.0
RESTING_CPU_SECONDS: Final = 0.1
"""Who uses no more than this in that time has checked every signature."""
READER: Final = "reader"
MADE_OF: Final = "made.json"


@dataclass(frozen=True, slots=True)
class Community:
    """One that lies in a directory."""

    directory: Path

    @property
    def profile(self) -> Profile:
        """The member's who reads it."""
        return Profile(self.directory / READER)

    @property
    def general(self) -> StreamId:
        """The channel that the hub has made by itself: most is said there."""
        return StreamId(bytes.fromhex(self._told["general"]))

    @property
    def _told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.directory / MADE_OF).read_text())
        return found

    def is_made_by(self, recipe: Sequence[int]) -> bool:
        """Is it there, made like this?"""
        made = (self.directory / MADE_OF).exists()
        return made and self._told["recipe"] == list(recipe)

    def made(self, recipe: Sequence[int], general: StreamId) -> None:
        """It is whole now."""
        told = {"recipe": list(recipe), "general": general.hex()}
        (self.directory / MADE_OF).write_text(json.dumps(told))

    def copy(self, directory: Path) -> "Community":
        """Another that may be changed."""
        shutil.copytree(self.directory, directory)
        return Community(directory)

    def hub(self, core: int, first: int, members: int) -> Hub:
        """Its hub, running, with so many new members; the reader's profile finds it."""
        started = Hub(self.directory, core, members, CAPS | FRAME_CAPS, first)
        device = keyring.load(self.profile)
        keyring.save(self.profile, replace(device, port=started.port))
        return started


def channel_name(nth: int) -> str:
    """Of a channel beside #general; all of them come in this order."""
    return f"room-{nth:02}"


def channel_id(nth: int) -> ChannelId:
    """The same channel's id."""
    return ChannelId(sha256(channel_name(nth).encode()).digest()[:16])


def kept(cache: Path, messages: int) -> Community:
    """The community of so many messages, made where it is not there yet."""
    directory = cache / f"community-{messages}"
    found = Community(directory)
    if found.is_made_by((MADE,)):
        return found
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    core, _ = cores()
    hub = Hub(directory, core, 1, CAPS | FRAME_CAPS)
    try:
        _begin(hub)
        _say(hub, hub.join(WRITERS, 1), messages)
        _join(hub, found.profile)
        asyncio.run(_catch_up(found.profile))
    finally:
        hub.stop()
    found.made((MADE,), hub.general)
    return found


def _begin(hub: Hub) -> None:
    """The channels, in which everybody is who comes later."""
    founder = hub.members[0]
    ask(hub.control, "role", {"handle": founder.handle, "role": "owner"})
    [line] = hub.lines([founder], follow=False)
    made = [ChannelCreate(channel_id(n), channel_name(n), auto_join=True) for n in range(CHANNELS)]
    line.send(encode_frame(Push(tuple(founder.pushed_event(DIRECTORY, body)[0] for body in made))))
    _acknowledged(line, len(made))
    line.socket.close()


def _say(hub: Hub, writers: Sequence[Member], messages: int) -> None:
    """Everybody a frame, then all the hub's answers, until all is said."""
    lines = hub.lines(writers, follow=False)
    talk = Talk(Random(1), hub.general)
    while talk.said < messages:
        sent: list[int] = []
        for writer, line in zip(writers, lines, strict=True):
            some = min(PUSH_EVENTS_MAX, messages - talk.said)
            events = tuple(talk.event(writer, talk.stream()) for _ in range(some))
            line.send(encode_frame(Push(events)))
            sent.append(len(events))
        for line, count in zip(lines, sent, strict=True):
            _acknowledged(line, count)
        talk.heard()
    for line in lines:
        line.socket.close()


def _acknowledged(line: Line, count: int) -> None:
    """The hub has it all; a refusal would make it another community than the one meant."""
    while count:
        told = line.until(Ack)
        assert isinstance(told, Ack)
        assert not any(each.status for each in told.answers), told
        count -= len(told.answers)


NOWHERE: Final = StreamId(b"")
"""For a talk of which only the texts are wanted."""


class Talk:
    """What is said, by rule: the same for the same random numbers."""

    def __init__(self, random: Random, general: StreamId) -> None:
        self.said = 0
        self._random = random
        self._words = Words(random)
        self._rich = [str(each["text"]) for each in archive(load(), 0).messages if each.get("text")]
        self._streams = [general, *(channel_stream(channel_id(nth)) for nth in range(CHANNELS))]
        self._weights = list(accumulate(1 / (nth + 2) for nth in range(CHANNELS + 1)))
        self._recent: dict[StreamId, deque[TargetId]] = {
            stream: deque(maxlen=RECENT) for stream in self._streams
        }
        self._on_the_way: list[tuple[StreamId, TargetId]] = []

    def stream(self) -> StreamId:
        """Where somebody speaks next: in some channels much more often than in others."""
        return self._random.choices(self._streams, cum_weights=self._weights)[0]

    def event(self, writer: Member, stream: StreamId) -> Pushed:
        """The next one there: a message, a reply in a thread, a reaction."""
        random = self._random
        recent = self._recent[stream]
        acting = random.random()
        if recent and acting < REACTION_SHARE:
            body: Body = React(random.choice(recent), random.choice("👍🎉❤"))
            return writer.pushed_event(stream, body)[0]
        root = random.choice(recent) if recent and acting > 1 - REPLY_SHARE else None
        event, target = writer.pushed_event(stream, Post(self.text(), root))
        self.said += 1
        if root is None:
            self._on_the_way.append((stream, target))
        return event

    def text(self) -> str:
        """What a message says: no two the same, so that nothing is drawn from memory."""
        words = self._words.some()
        if self.said % RICH_EVERY:
            return words
        return f"{self._rich[self.said // RICH_EVERY % len(self._rich)]}\n\n{words}"

    def heard(self) -> None:
        """The hub has all of it: it may be answered."""
        for stream, target in self._on_the_way:
            self._recent[stream].append(target)
        self._on_the_way.clear()


def _join(hub: Hub, profile: Profile) -> None:
    keyring.save(profile, found(hub.invite(), READER, int(time.time())))


async def _catch_up(profile: Profile) -> None:
    """Until all is there, can be found, and every signature was checked."""
    async with (
        asyncio.timeout(PATIENCE_SECONDS),
        Engine(profile, keyring.load(profile)) as engine,
    ):
        await engine.until(lambda progress: progress.complete)
        await engine.indexed()
        used = -1.0
        while time.process_time() - used > RESTING_CPU_SECONDS:
            used = time.process_time()
            await asyncio.sleep(RESTING_SECONDS)


def main() -> int:
    """Make one."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.community")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--messages", type=int, default=1_000_000)
    given = parser.parse_args()
    print(kept(given.directory, given.messages).directory)
    return 0


if __name__ == "__main__":
    sys.exit(main())
