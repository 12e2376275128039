"""The line at the top says what matters in whatever room there is."""

import pytest

from hobnob_client.progress import LinkState
from hobnob_client.tui.widgets.status_line import Status, fitting

AWAY = Status("a hub", LinkState.WAITING, queued=3, refused=1, missing=1_200)


@pytest.mark.parametrize(
    ("room", "said"),
    [
        (
            200,
            "○ hub not reached, trying again (Ctrl+R now) · 1,200 older on their way"
            " · ⧗ 3 wait to be sent · ✗ 1 not sent (Ctrl+O)",
        ),
        (
            90,
            "○ hub not reached · 1,200 older on their way · ⧗ 3 wait to be sent · ✗ 1 not sent",
        ),
        (60, "○ hub not reached · 1,200 older · ⧗ 3 · ✗ 1 not sent"),
        (4, "○ hub not reached · 1,200 older · ⧗ 3 · ✗ 1 not sent"),
    ],
)
def test_little_room_takes_words_and_no_facts(room: int, said: str) -> None:
    """What waits to be sent is told at every width."""
    assert fitting(AWAY, room)[1] == said
