"""What a person wants to hear of: a level for each place, keywords, quiet hours.

A thread's own level goes before that of its channel: one may follow a thread in a muted channel,
and mute one in a channel of which one hears all. Where nothing was set a channel is at `mentions`
and a conversation at `all`.
"""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from hobnob_client.attention.keywords import Keyword
from hobnob_client.attention.quiet import Quiet
from hobnob_protocol.ids import StreamId, TargetId
from hobnob_protocol.value import value
from hobnob_sync.opened import is_conversation

Spot = tuple[StreamId, TargetId | None]
"""A stream, or a thread in it."""


class Level(StrEnum):
    """How much of a place asks for attention."""

    ALL = "all"
    """All that is said there."""
    MENTIONS = "mentions"
    """What is said to me: mentions, answers, threads I have written in, keywords."""
    NOTHING = "nothing"
    """Nothing: it is muted."""


@value
class Wish:
    """What was set for a place: a level, None for what holds without; `muted` until it is undone,
    or until `until_ms`."""

    level: Level | None = None
    until_ms: int = 0
    muted: bool = False

    def is_muted(self, now_ms: int) -> bool:
        """Does nothing of it ask for attention now?"""
        return self.muted or self.until_ms > now_ms


NO_WISH = Wish()


@value
class Wishes:
    """All that was set."""

    places: Mapping[Spot, Wish] = field(default_factory=dict[Spot, Wish])
    keywords: tuple[Keyword, ...] = ()
    quiet: Quiet = field(default_factory=Quiet)

    def of(self, stream: StreamId, thread: TargetId | None = None) -> Wish:
        """What was set for a place itself."""
        return self.places.get((stream, thread), NO_WISH)

    def level(self, stream: StreamId, thread: TargetId | None, now_ms: int) -> Level:
        """What holds there now."""
        if thread is not None:
            own = self.of(stream, thread)
            if own.is_muted(now_ms):
                return Level.NOTHING
            if own.level is not None:
                return own.level
        channel = self.of(stream)
        if channel.is_muted(now_ms):
            return Level.NOTHING
        return channel.level or (Level.ALL if is_conversation(stream) else Level.MENTIONS)

    def follows(self, stream: StreamId, thread: TargetId) -> bool:
        """Does one hear all of a thread, because one has said so of it?"""
        return self.of(stream, thread).level is Level.ALL

    def muted(self, now_ms: int) -> tuple[StreamId, ...]:
        """The streams that are muted now, each by name."""
        return tuple(
            sorted(
                stream
                for (stream, thread), wish in self.places.items()
                if thread is None and wish.is_muted(now_ms)
            )
        )

    def muted_threads(self, now_ms: int) -> tuple[tuple[StreamId, TargetId], ...]:
        """The threads that are muted now, each by name."""
        return tuple(
            sorted(
                (stream, thread)
                for (stream, thread), wish in self.places.items()
                if thread is not None and wish.is_muted(now_ms)
            )
        )

    def quiet_threads(self, stream: StreamId, now_ms: int) -> frozenset[TargetId]:
        """The threads of a stream that are muted now."""
        return frozenset(root for place, root in self.muted_threads(now_ms) if place == stream)
