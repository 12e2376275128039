"""Keys bound anew: what is taken, what is refused, and where it is seen."""

import pytest

from hobnob_client.tui.action import Pane
from hobnob_client.tui.action_table import ACTIONS
from hobnob_client.tui.actions import hint, of
from hobnob_client.tui.rebinding import IN_FORCE, NUMBERED_MIN, checked, keys_of, name_of
from hobnob_client.tui.screens.keys import lines


def test_every_action_can_be_bound_anew() -> None:
    """But those that count with their keys."""
    for action in ACTIONS:
        keymap, wrongs = checked({name_of(action): ("Ctrl+Alt+F12",)})
        if len(action.keys) >= NUMBERED_MIN:
            assert "numbers themselves" in wrongs[0].said
        else:
            assert wrongs == ()
            assert keys_of(action, keymap) == ("ctrl+alt+f12",)


def test_the_keys_that_are_there_are_right() -> None:
    """Each action may be given what it has."""
    for action in ACTIONS:
        if len(action.keys) < NUMBERED_MIN:
            assert checked({name_of(action): action.keys}) == ({name_of(action): action.keys}, ())


@pytest.mark.parametrize(
    ("name", "key", "said"),
    [
        ("timeline.repli", "R", "no action 'timeline.repli'; did you mean 'timeline.reply'?"),
        ("reply", "R", "did you mean 'timeline.reply'?"),
        ("everywher.help", "F5", "did you mean 'everywhere.help'?"),
        ("everywhere.hlep", "F5", "no action 'everywhere.hlep'; did you mean 'everywhere.help'?"),
        ("zzz", "R", "there is no action 'zzz'."),
        ("timeline.reply", "j", "timeline.reply: j is timeline.down already"),
        ("timeline.reply", "ctrl+k", "timeline.reply: Ctrl+K is everywhere.switch already"),
        ("everywhere.switch", "ctrl+e", "Ctrl+E is composer.editor already"),
        ("composer.send", "s", "composer.send: s is written there"),
        ("composer.editor", "Space", "is written there"),
        ("everywhere.help", "?", "? is written there"),
        ("timeline.reply", "Ctrl+I", "cannot be told from Tab"),
        ("timeline.reply", "ctrl+", "is no key"),
    ],
)
def test_what_cannot_be_is_told_with_both_names(name: str, key: str, said: str) -> None:
    """And it is left out."""
    keymap, wrongs = checked({name: (key,)})
    assert keymap == {}
    assert said in wrongs[0].said
    assert wrongs[0].name == name


def test_two_actions_may_change_places() -> None:
    """Neither has the key any more that the other takes."""
    keymap, wrongs = checked({"timeline.reply": ("e",), "timeline.edit": ("r",)})
    assert wrongs == ()
    assert keymap == {"timeline.reply": ("e",), "timeline.edit": ("r",)}


def test_help_and_hints_name_the_keys_that_hold() -> None:
    """All are made from the same table."""
    keymap, _ = checked({"stopped.compare": ("Alt+Y",), "timeline.copy": ("0", "y")})
    try:
        IN_FORCE.put(keymap)
        assert hint(Pane.STOPPED) == "Alt+Y Compare anew · Esc Back"
        assert ("0  y", "Copy the text of the message.") in lines()
        assert next(each.keys for each in of(Pane.TIMELINE) if each.id == "copy") == ("0", "y")
    finally:
        IN_FORCE.put({})
    assert hint(Pane.STOPPED) == "v Compare anew · Esc Back"
