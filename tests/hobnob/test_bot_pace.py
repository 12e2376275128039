"""How long a bot waits before it speaks."""

from dataclasses import replace

import pytest

from hobnob.bot.pace import Pace
from hobnob_client.progress import Progress

ON_LINE = Progress(True, True, 100, 0, 0, 0, (40, 1_000))


def test_with_tokens_left_it_speaks_at_once() -> None:
    """One post costs two of them."""
    pace = Pace()
    assert pace.wait_seconds(ON_LINE, 1_000, True) == 0
    assert pace.wait_seconds(replace(ON_LINE, budget=(2, 1_000)), 1_000, True) == 0


@pytest.mark.parametrize(("bot", "seconds"), [(True, 0.2), (False, 0.5)])
def test_with_none_left_it_waits_until_there_are(bot: bool, seconds: float) -> None:
    """They come back at the rate of the account's role."""
    pace = Pace()
    spent = replace(ON_LINE, budget=(0, 1_000))
    assert pace.wait_seconds(spent, 1_000, bot) == pytest.approx(seconds)
    assert pace.wait_seconds(spent, 1_000 + int(seconds * 1_000), bot) == 0


def test_what_is_under_way_is_taken_off() -> None:
    """Ten posts that were not answered yet will cost twenty."""
    pace = Pace()
    assert pace.wait_seconds(replace(ON_LINE, queued=19), 1_000, True) == 0
    assert pace.wait_seconds(replace(ON_LINE, queued=20), 1_000, True) == pytest.approx(0.2)


def test_no_more_gathers_than_the_hub_ever_left() -> None:
    """An operator may let less gather than is usual."""
    pace = Pace()
    little = replace(ON_LINE, budget=(6, 1_000))
    assert pace.wait_seconds(replace(little, queued=3), 3_600_000, True) == 0
    assert pace.wait_seconds(replace(little, queued=4), 3_600_000, True) == pytest.approx(0.2)


def test_before_the_first_answer_one_goes_ahead() -> None:
    """Its answer tells the rest; off line as much waits as may."""
    pace = Pace()
    unknown = replace(ON_LINE, budget=None)
    assert pace.wait_seconds(unknown, 0, True) == 0
    assert pace.wait_seconds(replace(unknown, queued=1), 0, True) is None
    off_line = replace(unknown, usable=False)
    assert pace.wait_seconds(replace(off_line, queued=63), 0, True) == 0
    assert pace.wait_seconds(replace(off_line, queued=64), 0, True) is None
    assert pace.wait_seconds(None, 0, True) == 0
