"""However the screen ends while somebody types and messages come, it costs nothing of theirs."""

from pathlib import Path
from random import Random

from tests.crash.screen import ENDS, Campaign

KILLS = len(ENDS)


def test_each_end_of_the_screen_loses_nothing(tmp_path: Path) -> None:
    """What was seen sent is there once, what stood in the field for a second is there, and the
    terminal is as it was."""
    campaign = Campaign(tmp_path, Random(3))
    try:
        outcome = campaign.run(KILLS)
    finally:
        campaign.close()
    assert min(outcome.ends.values()) >= 1
    assert outcome.sent
    assert outcome.drafts, "nothing was judged"
    assert not outcome.broken
