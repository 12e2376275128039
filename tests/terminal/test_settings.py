"""Settings, themes and keys, changed by keys alone in a real terminal, and kept."""

import re
from pathlib import Path

from hobnob_client.config import load
from hobnob_client.paths import Profile
from hobnob_client.tui.themes import all_themes
from tests.terminal.looker import DOWN, ENTER, ESCAPE, QUIT, Looker

F2, F3, ALT_X = "\x1bOQ", "\x1bOR", "\x1bx"
RIGHT, TAB, END = "\x1b[C", "\t", "\x1b[F"
MINE = """\
# Mine.
times = "utc"  # as the logs

[look]
theme = "light"  # by day
"""
_COLOURS = re.compile(rb"\x1b\[[\d;:]*?(?:3|4|9|10)[0-7](?:[;:m])|[34]8[;:][25]")


def grounds(name: str) -> str:
    """How a terminal is told the ground of a theme."""
    ground = next(theme.background or "" for theme in all_themes() if theme.name == name)
    red, green, blue = (int(ground[at : at + 2], 16) for at in (1, 3, 5))
    return f"48;2;{red};{green};{blue}"


def settings_of(home: Path) -> Path:
    """A file of somebody's own."""
    path = home / ".config" / "hobnob" / "client.toml"
    path.parent.mkdir(parents=True)
    path.write_text(MINE)
    return path


def test_themes_settings_and_keys_are_changed_by_keys_and_kept(
    profile: Profile, tmp_path: Path
) -> None:
    """The file keeps its comments; what was changed holds at once, and at the next start."""
    path = settings_of(tmp_path)
    home = {"HOME": str(tmp_path)}
    with Looker(profile, 80, 24, home) as looker:
        looker.until_seen("Nothing needs you")
        looker.until(lambda: grounds("light") in looker.output.decode())
        looker.type(F3)
        looker.until_seen("Theme: contrast-dark.")
        looker.until(lambda: grounds("contrast-dark") in looker.output.decode())
        looker.type(F2)
        looker.until_seen("look.theme")
        assert "line 5" in looker.seen
        looker.type(DOWN * 4 + RIGHT * 2)
        looker.until_seen("[blind-safe-dark]")
        looker.type(DOWN * 4)
        looker.until_seen("The mouse acts here")
        looker.type(RIGHT)
        looker.until_seen("It holds from the next start on.")
        # The keys: one that is taken is refused with both names, another is kept.
        looker.type(TAB)
        looker.until_seen("everywhere.back")
        looker.type(DOWN + ENTER)
        looker.until_seen("Press the new key")
        looker.type("\x06")
        looker.until_seen("Ctrl+F is")
        looker.type(ENTER)
        looker.until_seen("Press the new key")
        looker.type(ALT_X)
        looker.until_seen("Alt+X *")
        looker.type(ESCAPE)
        looker.until_footer("Alt+X Go to")
        looker.type(ALT_X)
        looker.until_seen("Go to")
        looker.type(ESCAPE)
        looker.until(lambda: "╭─ Go to" not in looker.seen)
        looker.type(QUIT)
        assert looker.wait_for_end() == 0
    kept = load(path)
    assert (kept.theme, kept.mouse, kept.times) == ("blind-safe-dark", False, "utc")
    assert kept.keys == {"everywhere.switch": ("Alt+X",)}
    text = path.read_text()
    assert text.startswith('# Mine.\ntimes = "utc"  # as the logs\n')
    assert 'theme = "blind-safe-dark"  # by day\n' in text
    with Looker(profile, 80, 24, home) as looker:
        looker.until_footer("Alt+X Go to")
        looker.until(lambda: grounds("blind-safe-dark") in looker.output.decode())
        assert "?1000h" not in looker.output.decode()
        looker.type(QUIT)
        assert looker.wait_for_end() == 0


def test_without_colours_there_are_none_and_all_is_told_all_the_same(
    profile: Profile, tmp_path: Path
) -> None:
    """NO_COLOR goes before what is set; the selected line, what has the focus and what is wrong
    are told by signs and words."""
    settings_of(tmp_path)
    with Looker(profile, 80, 24, {"HOME": str(tmp_path), "NO_COLOR": "1"}) as looker:
        looker.until_seen("Nothing needs you")
        looker.until_seen("▌Home")
        looker.type(F3)
        looker.until_seen("This terminal")
        looker.type(F2)
        looker.until_seen("▌profile")
        looker.type(DOWN * 4)
        looker.until_seen("[contrast-dark]")
        looker.type(ESCAPE)
        looker.until_seen("▌Home")
        looker.type(QUIT)
        assert looker.wait_for_end() == 0
        assert _COLOURS.search(looker.output) is None
