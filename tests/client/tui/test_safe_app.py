"""Which colours suit this terminal."""

import pytest

from hobnob_client.tui.safe_app import is_dark, pick_theme


@pytest.mark.parametrize(
    ("environ", "dark", "theme"),
    [
        ({"TERM": "xterm-256color"}, None, "textual-dark"),
        ({"TERM": "xterm-256color", "COLORFGBG": "0;15"}, None, "textual-light"),
        ({"TERM": "xterm-256color", "COLORFGBG": "0;15"}, True, "textual-dark"),
        ({"TERM": "xterm-256color"}, False, "textual-light"),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, None, "ansi-dark"),
        ({"TERM": "linux"}, None, "ansi-dark"),
        ({}, False, "ansi-light"),
    ],
)
def test_the_theme_is_the_terminals(environ: dict[str, str], dark: bool | None, theme: str) -> None:
    """What the user says goes before what the terminal says."""
    assert pick_theme(environ, dark) == theme


@pytest.mark.parametrize(
    ("said", "dark"), [("15;0", True), ("0;15", False), ("0;7", False), ("0;8", True), ("x", True)]
)
def test_a_terminal_says_whether_it_is_dark(said: str, dark: bool) -> None:
    """By the colour of its ground; dark where it says nothing one can read."""
    assert is_dark(said) is dark
