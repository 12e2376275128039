"""A head says what a pane is, that the keys go there, and which day is seen, in one line."""

import re

import pytest
from rich.cells import cell_len

from hobnob_client.tui.titles import Title
from hobnob_client.tui.widgets.head import Heading, composed

RUST = Title("#rust", "from the first borrow to the last", marks=("muted",))


def line(said: Heading, width: int) -> str:
    """It as text."""
    return "".join(text for text, _ in composed(said, 2, width))


def test_it_tells_where_the_keys_go_by_a_sign() -> None:
    """In no colours it can be told, too; nothing moves when they come or go."""
    there, away = Heading(RUST, "Today", has_keys=True), Heading(RUST, "Today")
    assert line(there, 60).startswith("▌ #rust · muted  from the first")
    assert line(away, 60).startswith("  #rust · muted  from the first")
    assert line(there, 60)[1:] == line(away, 60)[1:]


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (60, ["#rust · muted", "from the first borrow to the last", "Today"]),
        (52, ["#rust · muted", "from the first borrow to the last"]),
        (47, ["#rust · muted", "from the first borrow to the…"]),
        (44, ["#rust · muted", "from the first bor…", "Today"]),
        (24, ["#rust · muted", "Today"]),
        (18, ["#rust · muted"]),
        (14, ["#r… · muted"]),
    ],
)
def test_what_matters_less_gives_way_first(width: int, said: list[str]) -> None:
    """The day where what the place is about is then told whole; else that to the day, and both to
    the name."""
    assert re.split(" {2,}", line(Heading(RUST, "Today"), width).strip()) == said


@pytest.mark.parametrize(
    "name", ["#r", "#漢字の長い名前のチャンネル", "a thread with a long title"]
)
def test_it_is_as_wide_as_its_pane(name: str) -> None:
    """At every width, whatever there is to say."""
    for title in (Title(name), Title(name, "about 漢字", "✓"), Title(name, "", "▸", ("muted",))):
        for width in range(20, 120):
            assert cell_len(line(Heading(title, "Thu 20 Nov 2025"), width)) <= width
