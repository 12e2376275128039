"""What the settings and the terminal make of the screen."""

import pytest

from hobnob_client.config import Settings
from hobnob_client.config.settings import THEMES
from hobnob_client.tui.look import theme_after, theme_for


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


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("theme", THEMES)
def test_the_next_theme_is_seen_to_be_another(theme: str, dark: bool) -> None:
    """`auto` and what it stands for look the same: a key would seem to do nothing."""
    environ, settings = {"TERM": "xterm-256color"}, Settings(theme=theme)
    after = theme_after(settings, environ, dark=dark)
    assert after != theme
    looks = {theme_for(Settings(theme=each), environ, dark=dark) for each in (theme, after)}
    assert len(looks) == 2


def test_where_all_look_alike_the_very_next_is_taken() -> None:
    """As where a terminal shows its own colours: it is said, and kept for another one."""
    assert theme_after(Settings(), {"TERM": "linux"}, dark=True) == THEMES[1]
    assert theme_after(Settings(bandwidth="low"), {"TERM": "xterm"}, dark=True) == THEMES[1]
