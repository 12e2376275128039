"""What a member does on the screen, as events: said into the outbox, undone where that can be.

What cannot be undone once it is said waits some seconds first, so that `z` can still stop it; on
the way out it is said at once.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from hobnob_client import typed
from hobnob_client.engine import Engine
from hobnob_client.tui.timeline.row import Row
from hobnob_protocol.ids import AccountId, StreamId, TargetId, user_stream
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.moderation import Hide, Report
from hobnob_protocol.kinds.personal import Block, Mute, ReadCursor
from hobnob_protocol.kinds.reactions import React

REGRET_SECONDS: Final = 6.0
"""So long `z` stops what cannot be taken back later."""
THUMBS_UP: Final = "👍"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one writes: a channel, or a thread in it."""

    stream: StreamId
    thread: TargetId | None = None


@dataclass(frozen=True, slots=True)
class Regret:
    """How the last act is undone, and what it was."""

    said: str
    undo: Callable[[], Awaitable[object]]


class Voice:
    """Says things for one member."""

    def __init__(self, engine: Engine) -> None:
        self._outbox = engine
        self._people = engine.reader
        self.regret: Regret | None = None
        self.delayed: dict[TargetId, tuple[StreamId, Body]] = {}
        """What is going to be said unless it is undone."""

    async def say(self, place: Place, text: str, reply: TargetId | None = None) -> None:
        """A new message."""
        body = Post(text, place.thread, reply, self.mentions(text))
        await self._outbox.compose(place.stream, body)

    async def edit(self, stream: StreamId, target: TargetId, text: str) -> None:
        """Another text for one's own message, made on the version that was shown."""
        shown = self._people.message(stream, target)
        if shown is None or shown.text == text:
            return
        base = None if shown.version == target else shown.version
        await self._outbox.compose(stream, Edit(target, text, base, self.mentions(text)))

    async def react(self, stream: StreamId, row: Row, emoji: str = THUMBS_UP) -> None:
        """Give an emoji, or take it back."""
        mine = any(given.mine and given.emoji == emoji for given in row.reactions)
        await self._outbox.compose(stream, React(row.target, emoji, not mine))

    async def hide(self, stream: StreamId, target: TargetId, hidden: bool, reason: str) -> None:
        """For moderators: take a message out of everybody's sight, or bring it back."""
        await self._outbox.compose(stream, Hide(target, hidden, reason))
        back = Hide(target, not hidden, "undone")
        self.regret = Regret("hiding", lambda: self._outbox.compose(stream, back))

    async def block(self, account: AccountId, on: bool) -> None:
        """Neither see nor be told of somebody, on all one's devices."""
        own = user_stream(self._people.me)
        await self._outbox.compose(own, Block(account, on))
        self.regret = Regret("blocking", lambda: self._outbox.compose(own, Block(account, not on)))

    async def mute(self, stream: StreamId, on: bool) -> None:
        """Be told no more of a channel, on all one's devices, or again."""
        own = user_stream(self._people.me)
        await self._outbox.compose(own, Mute(stream, None, on))
        back = Mute(stream, None, not on)
        self.regret = Regret("muting", lambda: self._outbox.compose(own, back))

    async def read_to(self, stream: StreamId, gen: int, seq: int) -> None:
        """Everything up to a place is read."""
        await self._outbox.compose(user_stream(self._people.me), ReadCursor(stream, gen, seq))

    async def retry(self, n: int) -> None:
        """Send what was refused once more."""
        await self._outbox.retry(n)

    # What waits to be regretted.

    def delete(self, stream: StreamId, target: TargetId) -> None:
        """Take back one's own message, soon."""
        self._delay(target, stream, Delete(target), "deleting")

    def report(self, mod: StreamId, stream: StreamId, target: TargetId, reason: str) -> None:
        """Tell the moderators about a message, soon."""
        self._delay(target, mod, Report(stream, target, reason), "reporting")

    def _delay(self, target: TargetId, stream: StreamId, body: Body, said: str) -> None:
        self.delayed[target] = (stream, body)

        async def undo() -> None:
            self.delayed.pop(target, None)

        self.regret = Regret(said, undo)

    async def say_delayed(self, target: TargetId | None = None) -> None:
        """Say what was delayed: of one message, or all of it."""
        wanted = [target] if target is not None else list(self.delayed)
        for each in wanted:
            found = self.delayed.pop(each, None)
            if found is not None:
                await self._outbox.compose(*found)

    async def undo(self) -> str:
        """Undo what was done last; what that was, "" for nothing."""
        regret, self.regret = self.regret, None
        if regret is None:
            return ""
        await regret.undo()
        return regret.said

    def mentions(self, text: str) -> tuple[AccountId, ...]:
        """Whom a text addresses."""
        return typed.mentions(self._people, text)
