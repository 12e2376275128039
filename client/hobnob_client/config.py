"""The member's settings: one small TOML file that nobody needs to have.

An unknown key or a wrong value is an error that names the file, the line and the nearest key, since
a setting that is silently ignored is worse than none.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from hobnob_client.failures import Exit, Failure


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be set, with what holds where nothing is."""

    profile: str = ""
    """The directory of the profile that is meant without `--profile`; "" for the XDG one."""
    times: str = "local"
    """Times are shown in the reader's zone, "local", or as they are stored, "utc"."""
    nerd_font: bool = False
    """The terminal's font has the private characters many prompts use: show them."""


CHOICES: Final = {"times": ("local", "utc")}
"""Settings that are one of a few words."""


def load(path: Path) -> Settings:
    """The settings in `path`; the defaults where there is no such file."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as broken:
        raise Failure(f"{path}: cannot be read: {broken}", Exit.USAGE) from broken
    return parse(text, str(path))


def parse(text: str, name: str) -> Settings:
    """The settings a text of TOML makes; `name` is the file that errors name."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise Failure(f"{name}: {broken}", Exit.USAGE) from broken
    _check(found, text, name)
    return Settings(**found)


def _check(found: Mapping[str, Any], text: str, name: str) -> None:
    defaults = Settings()
    for key, value in found.items():
        place = f"{name}, line {_line_of(key, text)}"
        if key not in Settings.__slots__:
            raise Failure(f"{place}: there is no setting {key!r}{_nearest(key)}.", Exit.USAGE)
        default: bool | str = getattr(defaults, key)
        if type(value) is not type(default):
            told = "true or false" if isinstance(default, bool) else "a text in quotes"
            raise Failure(f"{place}: {key} is {told}.", Exit.USAGE)
        if value not in CHOICES.get(key, (value,)):
            told = " or ".join(f'"{choice}"' for choice in CHOICES[key])
            raise Failure(f"{place}: {key} is {told}.", Exit.USAGE)


def _nearest(key: str) -> str:
    # Only somebody who has mistyped pays for importing it.
    from difflib import get_close_matches

    near = get_close_matches(key, Settings.__slots__, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _line_of(key: str, text: str) -> int:
    """The line that sets `key`, or opens the table of that name."""
    for number, line in enumerate(text.splitlines(), 1):
        head = line.split("=")[0].strip().strip("[]\"' ")
        if head == key or head.startswith(f"{key}."):
            return number
    return 1
