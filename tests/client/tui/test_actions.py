"""One table makes keys, footer and help; nothing stands beside it."""

import pytest

from hobnob_client.tui.actions import ACTIONS, Pane, bindings, key_name, of
from hobnob_client.tui.screens.keys import lines
from tests.client.tui.manual import README, table, written


@pytest.mark.parametrize("pane", Pane)
def test_no_key_and_no_action_is_twice_in_a_pane(pane: Pane) -> None:
    """A key does one thing."""
    keys = [key for action in of(pane) for key in action.keys]
    assert len(keys) == len(set(keys))
    ids = [action.id for action in of(pane)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("pane", [Pane.COMPOSER, Pane.EVERYWHERE, Pane.SEARCH])
def test_where_one_writes_no_plain_letter_acts(pane: Pane) -> None:
    """Nor where any pane may have the focus."""
    for action in of(pane):
        assert all(len(key) > 1 for key in action.keys)


def test_each_action_is_in_the_help_and_bound() -> None:
    """With all its keys and its sentence."""
    page = lines()
    for action in ACTIONS:
        keys = "  ".join(key_name(key) for key in action.keys)
        assert (keys, action.help) in page
        assert action.help.endswith(".")
        bound = [each.id for each in bindings(action.pane)]
        assert f"{action.pane}.{action.id}" in bound


def test_the_footer_of_each_pane_fits_a_narrow_terminal() -> None:
    """80 cells hold every label of a pane and those that hold everywhere."""
    for pane in Pane:
        shown = [action for action in (*of(pane), *of(Pane.EVERYWHERE)) if action.label]
        cells = sum(len(key_name(each.keys[0])) + len(each.label) + 3 for each in shown)
        assert cells <= 80, pane


@pytest.mark.parametrize(
    ("key", "name"),
    [("ctrl+k", "Ctrl+K"), ("alt+enter", "Alt+Enter"), ("f1", "F1"), ("slash", "/"), ("G", "G")],
)
def test_keys_are_named_as_people_write_them(key: str, name: str) -> None:
    """In footer and help alike."""
    assert key_name(key) == name


def test_the_guide_lists_the_keys_as_they_are() -> None:
    """`make tables` writes them."""
    text = README.read_text()
    assert table() in text
    assert written(text) == text
