"""What the footer names where there is room is what the table has, and nothing it names already."""

import pytest

from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import of
from hobnob_client.tui.spare import SPARE, spare


@pytest.mark.parametrize("pane", SPARE)
def test_each_spare_word_is_of_an_action_that_has_no_label(pane: Pane) -> None:
    """Of its pane or of everywhere; no word and no action stands there twice."""
    silent = {
        f"{where}.{action.id}"
        for where in (pane, Pane.EVERYWHERE)
        for action in of(where)
        if not action.label
    }
    words = spare(pane)
    assert set(words) <= silent
    assert len(words) == len(SPARE[pane]) == len(set(words.values()))
