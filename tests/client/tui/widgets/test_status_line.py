"""The line at the top says what matters in whatever room there is, in one line."""

from dataclasses import replace

import pytest
from rich.cells import cell_len

from hobnob_client.progress import LinkState
from hobnob_client.tui.widgets.status_line import Status, Word, composed

AWAY = Status("a hub", LinkState.WAITING, queued=3, refused=1, missing=1_200, held=300)
HERE = Status("terminal-guild", LinkState.ONLINE, lag_ms=34)
HOT: tuple[Word, ...] = (("1 @bob @3", "bold"), ("2 #rust 7", ""), ("3 #help 12", ""))


def line(status: Status, hot: tuple[Word, ...], room: int) -> str:
    """The line as text."""
    return "".join(text for text, _ in composed(status, hot, room))


def test_at_length_everything_is_told() -> None:
    """Hub, places, link with its lag, and what waits."""
    said = line(HERE, HOT, 118)
    assert said.startswith("hobnob · terminal-guild  1 @bob @3 · 2 #rust 7 · 3 #help 12  ")
    assert said.endswith("  ● online 34 ms · all sent")
    said = line(AWAY, (), 160)
    assert said.startswith("hobnob · a hub  ")
    assert said.endswith(
        "○ hub not reached, trying again (Ctrl+R now) · ✗ 1 not sent (Ctrl+O)"
        " · ⧗ 3 wait to be sent · ↓ 20 % · 1,200 older on their way"
    )


@pytest.mark.parametrize(
    ("room", "said"),
    [
        (118, "hobnob · terminal-guild  1 @bob @3 · 2 #rust 7 · 3 #help 12"),
        (78, "hobnob · terminal-guild  1 @bob @3 · 2 #rust 7"),
        (58, "terminal-guild  1 @bob @3 · 2 #rust 7"),
        (38, "terminal-guild  1 @bob @3"),
    ],
)
def test_places_go_before_what_is_more_urgent(room: int, said: str) -> None:
    """The first place is told at 40 columns too."""
    assert line(HERE, HOT, room).startswith(f"{said}  ")


def test_little_room_takes_words_and_no_facts() -> None:
    """That something waits or was refused is told at every width of use."""
    assert line(AWAY, HOT, 78).endswith("○ hub not reached · ✗ 1 not sent · ⧗ 3 · ↓ 20 %")
    assert line(AWAY, HOT, 58).endswith("○ hub not reached · ✗ 1 not sent · ⧗ 3")
    assert "✗ 1 not sent" in line(AWAY, HOT, 44)


@pytest.mark.parametrize("link", LinkState)
@pytest.mark.parametrize("hot", [(), HOT, (("1 漢字漢字漢字 @999+", ""), *HOT)])
def test_it_never_wraps_and_ends_at_the_edge(link: LinkState, hot: tuple[Word, ...]) -> None:
    """At every width, whatever there is to say."""
    for status in (AWAY, HERE, replace(HERE, hub="漢字の長い名前のハブ", detail="E_AUTH")):
        for room in range(16, 200):
            assert cell_len(line(replace(status, link=link), hot, room)) == room
