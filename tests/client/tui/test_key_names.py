"""How keys are called."""

import string

import pytest
from textual.keys import _character_to_key  # pyright: ignore[reportPrivateUsage]  # What the screen calls a key.

from hobnob_client.tui.key_names import is_written, key_name, parsed


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
