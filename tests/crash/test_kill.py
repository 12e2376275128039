"""kill -9 of hub, members and bot, again and again, costs nothing that was promised."""

import asyncio
from pathlib import Path
from random import Random

from tests.crash.kill import Campaign

KILLS = 10


def test_ten_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    """What `compose` returned for is in the log once, each question has one answer, and all
    replicas are the hub's log."""
    outcome = asyncio.run(Campaign(tmp_path, Random(1)).run(KILLS))
    assert outcome.hub_kills == KILLS
    assert outcome.said
    assert outcome.answered
    assert not outcome.broken
