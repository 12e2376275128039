"""Bounds of what is kept of boards and badges, and of how often the hub is asked for them."""

from typing import Final

ANSWERS_KEPT_MAX: Final = 40
"""Answers of the hub that a device keeps for when the hub is away: 2.3 MB at the most."""
COUNTED_SECONDS: Final = 8.0
"""So long after it has come what counts is surely in an answer: the hub waits for two seconds,
tells the same scores again for five, and reads on in the one that is left."""
AGAIN_SECONDS: Final = 4.0
"""A board that is looked at is asked for at most so often, by itself."""
