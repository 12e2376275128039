"""One table makes keys, footer and help; nothing stands beside it."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

from hobnob_client.tui import action_tables
from hobnob_client.tui.action import Needs, Pane
from hobnob_client.tui.action_table import ACTIONS
from hobnob_client.tui.actions import bindings, hint, key_name, of
from hobnob_client.tui.screens.keys import lines
from tests.client.tui.manual import README, table, written


@pytest.mark.parametrize("pane", Pane)
def test_no_key_and_no_action_is_twice_in_a_pane(pane: Pane) -> None:
    """A key does one thing."""
    keys = [key for action in of(pane) for key in action.keys]
    assert len(keys) == len(set(keys))
    ids = [action.id for action in of(pane)]
    assert len(ids) == len(set(ids))


def test_every_table_is_joined_and_each_pane_stands_in_one() -> None:
    """Whoever looks for an action looks in one file."""
    found = [
        getattr(import_module(f"{action_tables.__name__}.{each.name}"), each.name.upper())
        for each in iter_modules(action_tables.__path__)
    ]
    assert sorted(map(id, ACTIONS)) == sorted(id(action) for table in found for action in table)
    panes = [pane for table in found for pane in {action.pane for action in table}]
    assert sorted(panes) == sorted(Pane)


WRITES = (Pane.COMPOSER, Pane.EVERYWHERE, Pane.SEARCH, Pane.PICKING, Pane.ASKING)
FOOTED = (Pane.CHANNELS, Pane.TIMELINE, Pane.COMPOSER)
"""Those whose keys stand in the footer, beside the ones that hold everywhere."""


@pytest.mark.parametrize("pane", WRITES)
def test_where_one_writes_no_plain_letter_acts(pane: Pane) -> None:
    """Nor where any pane may have the focus."""
    for action in of(pane):
        assert all(len(key) > 1 for key in action.keys)


def test_each_action_is_in_the_help_and_bound() -> None:
    """With its keys and its sentence; of many keys that do the same, from the first to the last."""
    page = [(keys.split("  "), said) for keys, said in lines()]
    for action in ACTIONS:
        names = [key_name(key) for key in action.keys]
        shown = [keys for keys, said in page if said == action.help]
        assert any(set(names) <= set(keys) or "…" in keys[0] for keys in shown), action
        assert action.help.endswith(".")
        bound = [each.id for each in bindings(action.pane)]
        assert f"{action.pane}.{action.id}" in bound


def test_the_footer_of_each_pane_fits_a_narrow_terminal() -> None:
    """80 cells hold every label of a pane and those of everywhere, something selected or not."""
    for pane in FOOTED:
        labelled = [action for action in (*of(pane), *of(Pane.EVERYWHERE)) if action.label]
        selected = [action for action in labelled if not action.yields]
        nothing = [action for action in labelled if action.needs is Needs.NOTHING]
        for shown in (selected, nothing):
            cells = sum(len(key_name(each.keys[0])) + len(each.label) + 3 for each in shown)
            assert cells <= 80, pane


def test_a_hint_names_what_is_offered_and_nothing_else() -> None:
    """In the order of the table; by itself it is all that has a label."""
    assert hint(Pane.STOPPED) == "v Compare anew · Esc Back"
    assert hint(Pane.STOPPED, {"close"}) == "Esc Back"
    assert hint(Pane.MEMBERS, {"close", "confide", "up"}) == "Enter Message · Esc Back"
    assert hint(Pane.STOPPED, None, 20) == "v Compare anew\nEsc Back"
    assert hint(Pane.STOPPED, None, 25) == "v Compare anew · Esc Back"


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
