"""Bounds of what is kept of boards and badges."""

from typing import Final

ANSWERS_KEPT_MAX: Final = 40
"""Answers of the hub that a device keeps for when the hub is away: 2.3 MB at the most."""
