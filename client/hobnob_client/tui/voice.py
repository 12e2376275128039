"""What a member does on the screen, as events: said into the outbox, undone where that can be.

What cannot be undone once it is said waits some seconds first, so that `z` can still stop it; on
the way out it is said at once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, TypeAlias

from hobnob_client import typed
from hobnob_client.catalogue import t
from hobnob_client.engine import Engine
from hobnob_client.tui.timeline.row import Row
from hobnob_client.verifying import stop_for
from hobnob_protocol.errors import HobnobError, WorldError
from hobnob_protocol.ids import AccountId, StreamId, TargetId, user_stream
from hobnob_protocol.kind import Body
from hobnob_protocol.kinds.membership import Leave
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from hobnob_protocol.kinds.moderation import Hide
from hobnob_protocol.kinds.personal import Block, ReadCursor
from hobnob_protocol.kinds.polls import PollClose, Vote
from hobnob_protocol.kinds.reactions import React
from hobnob_protocol.kinds.thanks import Thanks
from hobnob_protocol.value import value
from hobnob_sync.opened import is_conversation

REGRET_SECONDS: Final = 6.0
"""So long `z` stops what cannot be taken back later."""


@value
class Place:
    """Where one writes: a channel, or a thread in it."""

    stream: StreamId
    thread: TargetId | None = None


class Stopped(HobnobError):
    """Somebody who would read it, `account`, stands where somebody else was verified."""

    def __init__(self, said: str, account: AccountId) -> None:
        super().__init__(said)
        self.account = account


Begins: TypeAlias = Callable[[StreamId], Body | None]
"""What must be said in a stream before anything else; None where it was, or nothing must be."""

Readers: TypeAlias = Callable[[StreamId], Iterable[AccountId]]
"""Who beside oneself reads what is said in a conversation."""


@value
class Regret:
    """How the last act is undone, and what it was."""

    said: str
    undo: Callable[[], Awaitable[object]]


class Voice:
    """Says things for one member."""

    def __init__(self, engine: Engine, begins: Begins, readers: Readers) -> None:
        self._outbox = engine
        self._readers = readers
        self._people = engine.reader
        self._begins = begins
        self._turn = asyncio.Lock()
        self.regret: Regret | None = None
        self.delayed: dict[TargetId, tuple[StreamId, Body, str]] = {}
        """What is going to be said unless it is undone, and what that is called."""

    async def say(self, place: Place, text: str, reply: TargetId | None = None) -> TargetId:
        """A new message, and its name. Stopped where somebody may read it who is not who they
        seem."""
        if is_conversation(place.stream):
            self._stop(place.stream)
        body = Post(text, place.thread, reply, self.mentions(text))
        # In the order of the keys, also where one begins a conversation and the next follows fast.
        async with self._turn:
            first = self._begins(place.stream)
            if first is not None:
                await self._outbox.compose(place.stream, first)
            said = await self._outbox.compose(place.stream, body)
        row = next(each for each in self._people.outbox() if each.n == said.n)
        return self._people.name(row)

    def _stop(self, stream: StreamId) -> None:
        """Nothing is said past a stop."""
        for account in self._readers(stream):
            stop = stop_for(self._people, (account,))
            if stop:
                raise Stopped(stop, account)

    async def edit(self, stream: StreamId, target: TargetId, text: str) -> None:
        """Another text for one's own message, made on the version that was shown."""
        shown = self._people.message(stream, target)
        if shown is None or shown.text == text:
            return
        if is_conversation(stream):
            self._stop(stream)
        base = None if shown.version == target else shown.version
        await self._outbox.compose(stream, Edit(target, text, base, self.mentions(text)))

    async def react(self, stream: StreamId, row: Row, emoji: str) -> bool:
        """Give an emoji, or take it back; is it given now?"""
        there = self._people.reactions(stream, row.target)
        mine = any(given.mine and given.emoji == emoji for given in there)
        await self._outbox.compose(stream, React(row.target, emoji, not mine))
        return not mine

    async def thank(self, stream: StreamId, body: Thanks) -> None:
        """Thank the author of a message in a channel, or take that back."""
        me = self._people.me
        given = self._people.thanks(stream, body.target)
        before = next((each.reason for each in given if each.account == me), None)
        back = Thanks(body.target, before or "", on=before is not None)
        await self._outbox.compose(stream, body)
        self.regret = Regret(t("thanking"), lambda: self._outbox.compose(stream, back))

    async def vote(self, stream: StreamId, row: Row, choices: tuple[int, ...]) -> None:
        """Choose options of a poll, counted from 0, instead of those before; none to take it
        back."""
        if row.ballot is None or choices == row.ballot.mine:
            return
        back = Vote(row.target, row.ballot.mine)
        await self._outbox.compose(stream, Vote(row.target, choices))
        self.regret = Regret(t("voting"), lambda: self._outbox.compose(stream, back))

    async def hide(self, stream: StreamId, target: TargetId, hidden: bool, reason: str) -> None:
        """For moderators: take a message out of everybody's sight, or bring it back. Undone, it is
        hidden again for the reason for which it was."""
        shown = self._people.message(stream, target)
        before = shown.hidden if shown is not None else None
        await self._outbox.compose(stream, Hide(target, hidden, reason))
        back = Hide(target, not hidden, "undone" if before is None else before.reason)
        self.regret = Regret(t("hiding"), lambda: self._outbox.compose(stream, back))

    async def block(self, account: AccountId, on: bool) -> None:
        """Neither see nor be told of somebody, on all one's devices."""
        own = user_stream(self._people.me)
        await self._outbox.compose(own, Block(account, on))
        back = Block(account, not on)
        self.regret = Regret(t("blocking"), lambda: self._outbox.compose(own, back))

    async def read_to(self, stream: StreamId, gen: int, seq: int) -> None:
        """Everything up to a place is read."""
        await self._outbox.compose(user_stream(self._people.me), ReadCursor(stream, gen, seq))

    async def retry(self, n: int) -> None:
        """Send what was refused once more."""
        await self._outbox.retry(n)

    # What waits to be regretted.

    def delete(self, stream: StreamId, target: TargetId) -> None:
        """Take back one's own message, soon."""
        self._delay(target, stream, Delete(target), t("deleting"))

    def close(self, stream: StreamId, target: TargetId) -> None:
        """Let a poll take no more votes, soon."""
        self._delay(target, stream, PollClose(target), t("closing the poll"))

    def report(self, mod: StreamId, stream: StreamId, target: TargetId, reason: str) -> None:
        """Tell the moderators about a message, soon, as it reads now. UsageError where a sealed one
        cannot be shown to them."""
        self._delay(target, mod, self._people.report(stream, target, reason), t("reporting"))

    def leave(self, stream: StreamId, place: str) -> TargetId:
        """Belong to a channel, which is called `place`, no longer, soon; as what that is
        delayed."""
        # A channel has sixteen bytes of its own, as a message has.
        named = TargetId(stream[2:])
        self._delay(named, stream, Leave(), t("leaving {place}", place=place))
        return named

    @property
    def parting(self) -> frozenset[StreamId]:
        """The channels that are going to be left unless that is undone."""
        return frozenset(
            stream for stream, body, _ in self.delayed.values() if isinstance(body, Leave)
        )

    def _delay(self, target: TargetId, stream: StreamId, body: Body, said: str) -> None:
        self.delayed[target] = (stream, body, said)
        # It stands among what is delayed: nothing that is done meanwhile takes its place.
        self.regret = None

    async def say_delayed(self, target: TargetId | None = None) -> None:
        """Say what was delayed: of one message, or all of it."""
        wanted = [target] if target is not None else list(self.delayed)
        for each in wanted:
            found = self.delayed.pop(each, None)
            if found is None:
                continue
            try:
                await self._outbox.compose(*found[:2])
            except WorldError:
                # It waits on, and can still be undone.
                self.delayed[each] = found
                raise

    async def undo(self) -> str:
        """Undo what was done last, or after that what is still delayed, the newest first; what that
        was, "" for nothing."""
        regret, self.regret = self.regret, None
        if regret is None:
            return self.delayed.popitem()[1][2] if self.delayed else ""
        try:
            await regret.undo()
        except WorldError:
            self.regret = regret
            raise
        return regret.said

    def mentions(self, text: str) -> tuple[AccountId, ...]:
        """Whom a text addresses."""
        return typed.mentions(self._people, text)
