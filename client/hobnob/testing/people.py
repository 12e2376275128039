"""Who is in a community: members who follow a script, and the bot that is tested."""

import asyncio
import re
from typing import Final

from hobnob.bot.bot import Bot
from hobnob.bot.running import Running
from hobnob.testing.clock import VirtualLoop
from hobnob.testing.hub import MemoryHub
from hobnob.testing.seat import Seat
from hobnob_protocol.errors import UsageError
from hobnob_protocol.ids import AccountId, StreamId, TargetId, target_of
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.conversations import Conversation
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.reactions import React
from hobnob_sync.views.message import Message as Shown

_AT: Final = re.compile(r"@([a-z][a-z0-9_-]+)")
SHOWN_MAX: Final = 500
"""Messages of a channel that `reads` and `texts` show: the newest."""


class Person:
    """What members and bots have in common."""

    def __init__(self, loop: VirtualLoop, seat: Seat, handle: str) -> None:
        self._loop = loop
        self.seat = seat
        self.handle = handle

    @property
    def account(self) -> AccountId:
        """The 20 bytes by which the hub knows them."""
        return self.seat.account

    def stream(self, channel: str) -> StreamId:
        """A channel they are in, or by @handle their conversation with somebody. UsageError."""
        if channel.startswith("@"):
            return self._conversation(channel[1:])
        line = self.seat.reader.channel(channel)
        if line is None or not line.joined:
            raise UsageError(f"{self.handle} is in no channel called {channel!r}.")
        return line.stream

    def _conversation(self, handle: str) -> StreamId:
        reader = self.seat.reader
        other = reader.account(handle)
        if other is None:
            raise UsageError(f"{self.handle} knows nobody called {handle!r}.")
        line = reader.between(other)
        if not line.begun:
            self.seat.say(line.stream, Conversation(tuple(sorted((self.account, other)))))
            self._loop.run_for(0)
        return line.stream

    def reads(self, channel: str = "general") -> tuple[Shown, ...]:
        """The messages of a channel as they see them, oldest first."""
        return self.seat.reader.before(self.stream(channel), None, SHOWN_MAX).messages

    def texts(self, channel: str = "general") -> list[str]:
        """The same as `handle: text`."""
        reader = self.seat.reader
        return [f"{reader.handle(shown.author)}: {shown.text}" for shown in self.reads(channel)]

    def reactions(self, target: TargetId, channel: str = "general") -> list[str]:
        """The emojis on a message."""
        found = self.seat.reader.reactions(self.stream(channel), target)
        return [reaction.emoji for reaction in found]

    def cut(self) -> None:
        """Their line breaks, and stays broken."""
        self.seat.cut()
        self._loop.run_for(0)

    def reconnect(self) -> None:
        """They are back on line."""
        self.seat.connect()
        self._loop.run_for(0)

    def delay(self, seconds: float) -> None:
        """From now on what they send, and what is sent to them, is so long on its way."""
        self.seat.delay(seconds)


class User(Person):
    """A member who does what the test says; everybody has reacted when a verb returns."""

    def say(
        self,
        text: str,
        channel: str = "general",
        *,
        thread: TargetId | None = None,
        reply: TargetId | None = None,
    ) -> TargetId:
        """Post; `@handle` mentions who has that handle. The message's name."""
        found = (self.seat.reader.account(name) for name in _AT.findall(text))
        mentions = tuple(dict.fromkeys(account for account in found if account is not None))
        return self._do(channel, Post(text, thread, reply, mentions))

    def edit(self, target: TargetId, text: str, channel: str = "general") -> None:
        """Give one's own message another text."""
        self._do(channel, Edit(target, text))

    def delete(self, target: TargetId, channel: str = "general") -> None:
        """Withdraw one's own message."""
        self._do(channel, Delete(target))

    def react(self, target: TargetId, emoji: str, channel: str = "general") -> None:
        """Put an emoji on a message."""
        self._do(channel, React(target, emoji))

    def _do(self, channel: str, body: Body) -> TargetId:
        composed = self.seat.say(self.stream(channel), body)
        self._loop.run_for(0)
        return target_of(composed.event_id)


class RunningBot(Person):
    """The bot in the community; it runs from the beginning."""

    def __init__(
        self, loop: VirtualLoop, hub: MemoryHub, seat: Seat, handle: str, bot: Bot
    ) -> None:
        super().__init__(loop, seat, handle)
        self._hub = hub
        self._bot = bot
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Run, after `crash` or `stop`, from what was committed."""
        if self._task is not None and not self._task.done():
            raise UsageError(f"{self.handle} runs already.")
        if self.seat.dead:
            self.seat.restart()
        self.seat.connect()
        running = Running(self._bot, self.seat, self._hub.wall_ms)
        self._task = self._loop.create_task(running.run())
        self.seat.on_crash = self._task.cancel
        self._loop.run_for(0)

    def stop(self) -> None:
        """End it in order, as SIGTERM does."""
        self._end()
        self.seat.cut()

    def crash(self) -> None:
        """It dies this very moment, as by kill -9."""
        self.seat.crash()
        self._end()

    def crash_after(self, commits: int) -> None:
        """It will die when it has committed so often from now on; 0 is just before the next one.

        A commit is one thing said, or the note that a message was handled.
        """
        self.seat.commits_left = commits

    @property
    def pauses(self) -> int:
        """How often the hub had to ask it for patience; a bot that paces itself is never asked."""
        return self.seat.pauses

    @property
    def runs(self) -> bool:
        """Has it neither died nor been stopped?"""
        return self._task is not None and not self._task.done() and not self.seat.dead

    def check(self) -> None:
        """Raise what the bot died of, unless that was wanted."""
        task = self._task
        if task is not None and task.done() and not task.cancelled() and not self.seat.dead:
            task.result()

    def _end(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._loop.run_for(0)
