"""How keys are called."""

import string

import pytest
from textual.keys import _character_to_key  # pyright: ignore[reportPrivateUsage]  # What the screen calls a key.

from hobnob_client.catalogue import Language, speaking
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import of
from hobnob_client.tui.key_names import is_written, key_name, parsed, written_name


@pytest.mark.parametrize("character", string.ascii_letters + string.digits + string.punctuation)
def test_a_character_is_called_as_the_screen_calls_it(character: str) -> None:
    """And it is shown as itself again."""
    key = parsed(character)
    assert key == _character_to_key(character)
    assert key_name(key) == character
    assert is_written(key)


@pytest.mark.parametrize(
    ("written", "key", "shown"),
    [
        ("Ctrl+K", "ctrl+k", "Ctrl+K"),
        ("alt+enter", "alt+enter", "Alt+Enter"),
        ("Esc", "escape", "Esc"),
        ("PgUp", "pageup", "PgUp"),
        ("page_up", "", ""),
        ("f5", "f5", "F5"),
        ("shift+r", "R", "R"),
        ("Shift+Tab", "shift+tab", "Shift+Tab"),
        ("Alt+Ctrl+X", "ctrl+alt+x", "Ctrl+Alt+X"),
        ("question_mark", "question_mark", "?"),
        ("Ctrl++", "ctrl+plus", "Ctrl++"),
        ("ß", "ß", "ß"),
        ("↑", "up", "↑"),
        ("", "", ""),
        ("+", "plus", "+"),
        ("hyper+x", "", ""),
        ("ctrl+ctrl+x", "", ""),
        ("f99", "", ""),
        ("reply", "", ""),
    ],
)
def test_what_people_write_is_understood(written: str, key: str, shown: str) -> None:
    """In either case, by long name and by short; what is none is told."""
    if not key:
        with pytest.raises(ValueError, match="is no key"):
            parsed(written)
        return
    assert parsed(written) == key
    assert key_name(key) == shown


@pytest.mark.parametrize("written", ["Ctrl+I", "ctrl+m", "ctrl+h", "ctrl+["])
def test_what_a_terminal_cannot_tell_apart_is_told(written: str) -> None:
    """Ctrl+I is Tab."""
    with pytest.raises(ValueError, match="cannot be told from"):
        parsed(written)


def test_only_characters_are_written() -> None:
    """What is held with Ctrl or Alt is not."""
    assert not any(map(is_written, ("ctrl+k", "alt+a", "f5", "enter", "up", "escape")))
    assert is_written("space")


@pytest.mark.parametrize("spoken", Language)
@pytest.mark.parametrize("shown_in", Language)
def test_what_a_screen_shows_can_be_written(shown_in: Language, spoken: Language) -> None:
    """Of every key of every action, in each language, and whatever language is spoken then."""
    keys = {key for pane in Pane for action in of(pane) for key in action.keys}
    with speaking(shown_in):
        shown = {key_name(key): key for key in keys}
    with speaking(spoken):
        assert {written: parsed(written) for written in shown} == shown
    assert len(shown) == len(keys)


@pytest.mark.parametrize(
    ("written", "key", "kept"),
    [
        ("Strg+F", "ctrl+f", "Ctrl+F"),
        ("strg+umschalt+ende", "ctrl+shift+end", "Ctrl+Shift+End"),
        ("Alt+Eingabe", "alt+enter", "Alt+Enter"),
        ("bild↑", "pageup", "PgUp"),
        ("Rücktaste", "backspace", "Backspace"),
        ("Strg++", "ctrl+plus", "Ctrl++"),
    ],
)
def test_the_settings_have_a_key_in_english(written: str, key: str, kept: str) -> None:
    """A file means the same wherever it is read."""
    assert parsed(written) == key
    for language in Language:
        with speaking(language):
            assert written_name(key) == kept
