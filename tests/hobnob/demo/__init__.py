"""The demo world, read once for all promises about it."""

from typing import Final

from hobnob.demo.talk import Message, Talk
from hobnob.demo.world import World, load
from hobnob_client.durations import DAY_MS, MINUTE_MS

WORLD: Final[World] = load()
MESSAGES: Final[dict[str, Message]] = {message.id: message for _, message in WORLD.messages()}
TALKS: Final[dict[str, Talk]] = {talk.id: talk for talk in WORLD.talks}
HANDLES: Final = frozenset(member.handle for member in WORLD.members)

MIDNIGHT_MS: Final = 20_000 * DAY_MS
NOWS: Final = tuple(
    MIDNIGHT_MS + minute * MINUTE_MS + 17_123 for minute in (0, 1, 119, 540, 720, 1_380, 1_439)
)
"""Moments of a day at which the world must look right: both its ends, and between."""
