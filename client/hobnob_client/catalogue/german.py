"""The German texts, out of the files of their areas."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeAlias

Said: TypeAlias = str | tuple[str, str]
"""A text; or two, for one thing and for several."""
AREAS_MAX: Final = 64
"""More files than this are no catalogue of ours."""


class CatalogueBroken(Exception):
    """A file that holds something else than texts, or two that say one key differently."""


def areas() -> dict[str, str]:
    """The TOML of each area, by its name."""
    found = sorted(Path(__file__).with_name("de").glob("*.toml"))
    return {path.stem: path.read_text(encoding="utf-8") for path in found[:AREAS_MAX]}


def german(texts: Mapping[str, str]) -> dict[str, Said]:
    """The German of each key in the areas' `texts`; CatalogueBroken where they do not agree."""
    known: dict[str, Said] = {}
    for area, text in texts.items():
        for key, value in tomllib.loads(text).items():
            said = _said(area, key, value)
            if known.setdefault(key, said) != said:
                raise CatalogueBroken(f"{area}.toml: {key!r} has another German elsewhere")
    return known


def _said(area: str, key: str, value: object) -> Said:
    match value:
        case str():
            return value
        case [str() as one, str() as several]:
            return one, several
        case _:
            raise CatalogueBroken(f"{area}.toml: {key!r} is neither a text nor two in a list")
