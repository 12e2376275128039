"""What the settings and the terminal make of the screen."""

import pytest

from hobnob_client.config import Settings
from hobnob_client.tui.look import theme_for


@pytest.mark.parametrize(
    ("settings", "environ", "dark", "theme"),
    [
        (Settings(), {"TERM": "xterm-256color"}, True, "dark"),
        (Settings(), {"TERM": "xterm-256color"}, False, "light"),
        (Settings(theme="contrast-light"), {"TERM": "xterm"}, True, "contrast-light"),
        (Settings(theme="contrast-light"), {"TERM": "xterm", "NO_COLOR": ""}, True, "ansi-dark"),
        (Settings(theme="dark"), {"TERM": "linux"}, True, "ansi-dark"),
        (Settings(theme="ansi-light"), {"TERM": "linux"}, True, "ansi-light"),
        (Settings(bandwidth="low"), {"TERM": "xterm"}, False, "ansi-light"),
        (Settings(bandwidth="low", theme="ansi-dark"), {"TERM": "xterm"}, False, "ansi-dark"),
        (Settings(), {}, False, "ansi-light"),
    ],
)
def test_the_theme_is_the_one_that_is_wanted_and_can_be_shown(
    settings: Settings, environ: dict[str, str], dark: bool, theme: str
) -> None:
    """What is set goes before what the terminal is; what it cannot show, before that."""
    assert theme_for(settings, environ, dark=dark) == theme
