"""What a language calls things has the room it needs on 80 columns."""

import pytest
from rich.cells import cell_len

from hobnob_client.catalogue import Language, speaking
from hobnob_client.tui.action import Pane
from hobnob_client.tui.action_table import ACTIONS
from hobnob_client.tui.actions import hint, of

IN_FRAMES = {
    Pane.SEARCH: 70,
    Pane.OUTBOX: 70,
    Pane.LINKS: 70,
    Pane.VERSIONS: 70,
    Pane.POLL: 58,
    Pane.DAY: 54,
}
"""Dialogs that say their keys in the lower edge of their frame, and how many cells that has."""
LABEL_CELLS = 20
"""A label is a few words."""


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("pane", IN_FRAMES)
def test_the_keys_of_a_dialog_fit_into_its_frame(pane: Pane, language: Language) -> None:
    """Whole, in each language."""
    with speaking(language):
        assert cell_len(hint(pane)) <= IN_FRAMES[pane], hint(pane)


@pytest.mark.parametrize("language", Language)
def test_a_label_is_short(language: Language) -> None:
    """Whatever the action."""
    with speaking(language):
        labels = {action.label for pane in Pane for action in of(pane)}
    assert [label for label in labels if cell_len(label) > LABEL_CELLS] == []


def test_no_two_keys_of_a_pane_are_called_the_same_in_german() -> None:
    """Who reads the footer knows which is which, as in English."""
    with speaking(Language.GERMAN):
        for pane in Pane:
            labels = [action.label for action in of(pane) if action.label]
            english = [each.label for each in ACTIONS if each.pane is pane and each.label]
            assert len(set(labels)) == len(set(english)), labels
