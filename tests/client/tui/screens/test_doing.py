"""What the keys of the first screen ask for is done by one noun, and by one only."""

from pathlib import Path

import pytest

from hobnob_client.tui.action import Pane
from hobnob_client.tui.action_table import ACTIONS
from hobnob_client.tui.actions import of
from hobnob_client.tui.screens.doing import Does, Noun, simply, together
from hobnob_client.tui.timeline.widget import Timeline
from hobnob_client.tui.widgets.channel_list import ChannelList
from hobnob_client.tui.widgets.composer import Composer
from tests.client.tui.screens.front import been_in_general, offline
from tests.stories.screens import Sitting

THEMSELVES = {
    Pane.EVERYWHERE: frozenset[str](),
    Pane.CHANNELS: frozenset(ChannelList.DOES),
    Pane.TIMELINE: frozenset(Timeline.DOES),
    Pane.COMPOSER: frozenset(Composer.DOES),
}
"""What the panes of the first screen do without it."""


def nouns_of_the_screen(directory: Path) -> tuple[Noun, ...]:
    """As they stand on it."""
    found: list[tuple[Noun, ...]] = []

    async def look(one: Sitting) -> None:
        found.append(one.screen.nouns)

    offline(been_in_general(directory), look)
    return found[0]


def test_each_action_of_a_pane_is_done_by_exactly_one(tmp_path: Path) -> None:
    """None is left out, none is done twice, and nobody does what no key asks for."""
    nouns = nouns_of_the_screen(tmp_path)
    done = [name for noun in nouns for name in noun.does]
    assert len(done) == len(set(done))
    asked = {
        action.id for pane, own in THEMSELVES.items() for action in of(pane) if action.id not in own
    }
    assert asked <= set(done)
    assert set(done) <= {action.id for action in ACTIONS}


class Two:
    """Something that does one thing."""

    def __init__(self) -> None:
        self.does: Does = {"fly": simply(lambda: None)}


def test_no_two_may_do_the_same() -> None:
    """Else nobody could say which of them did it."""
    with pytest.raises(ValueError, match="done by two: fly"):
        together((Two(), Two()))
