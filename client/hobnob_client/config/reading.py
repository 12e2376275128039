"""Understands the file and the environment; the environment counts more.

An unknown key or a wrong value is an error that names the file, the line and the nearest key, since
a setting that is silently ignored is worse than none.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, cast

from hobnob_client.config.nearest import nearest
from hobnob_client.config.places import line_of
from hobnob_client.config.settings import ENVIRONMENT, KEYS, OF_THE_HUB, SETTINGS, Settings
from hobnob_client.failures import Exit, Failure
from hobnob_protocol.value import value

MISTAKES_MAX: Final = 50
"""So many are told at once."""
KEYS_MAX: Final = 1_000
"""Entries of the table of keys: more than there are actions."""
_FLAGS: Final = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_TABLES: Final = frozenset(name.partition(".")[0] for name in SETTINGS if "." in name) | {KEYS}


@value
class Mistake:
    """What is wrong, with where: `said` is a whole sentence."""

    said: str

    @property
    def failure(self) -> Failure:
        """The same as the end of a program."""
        return Failure(self.said, Exit.USAGE)


@value
class Loaded:
    """What was found: `settings` has the defaults where something was wrong, `origins` says where
    each that is set was set, `text` is the file ("" without one)."""

    path: Path
    settings: Settings
    origins: Mapping[str, str]
    mistakes: tuple[Mistake, ...] = ()
    text: str = ""

    def insist(self) -> Settings:
        """The settings; Failure where anything is wrong."""
        for mistake in self.mistakes:
            raise mistake.failure
        return self.settings

    def at(self, name: str) -> str:
        """Where in the file a name is set, as errors say it."""
        return f"{self.path}, line {line_of(name, self.text)}"


def read(path: Path, environ: Mapping[str, str] | None = None) -> Loaded:
    """All that is set in `path`, if there is such a file, and in the environment."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        text = ""
    except (OSError, UnicodeDecodeError) as broken:
        return Loaded(path, Settings(), {}, (Mistake(f"{path}: cannot be read: {broken}"),))
    return understood(text, path, environ or {})


def load(path: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings; Failure where anything is wrong."""
    return read(path, environ).insist()


def parse(text: str, name: str) -> Settings:
    """The settings a text of TOML makes; `name` is the file that errors name."""
    return understood(text, Path(name), {}).insist()


def understood(text: str, path: Path, environ: Mapping[str, str]) -> Loaded:
    """What a text of TOML and the environment set."""
    mistakes: list[Mistake] = []
    origins: dict[str, str] = {}
    values: dict[str, Any] = {}
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        mistakes.append(Mistake(f"{path}: {broken}"))
        found = {}
    for name, given in _named(found):
        line = line_of(name, text)
        wrong = _wrong(name, given)
        if wrong:
            mistakes.append(Mistake(f"{path}, line {line}: {wrong}"))
        elif name.startswith(f"{KEYS}."):
            bound = values.setdefault(KEYS, {})
            bound[name.removeprefix(f"{KEYS}.")] = _listed(given)
        else:
            values[SETTINGS[name].field], origins[name] = given, f"line {line}"
    _from_environment(environ, values, origins, mistakes)
    settings = replace(Settings(), **values)
    return Loaded(path, settings, origins, tuple(mistakes[:MISTAKES_MAX]), text)


def _named(found: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each value by its whole name; a table that is none of ours stands for itself."""
    for key, given in found.items():
        if key in _TABLES and isinstance(given, dict):
            for name, inner in flat(cast("dict[str, Any]", given)):
                yield f"{key}.{name}", inner
        else:
            yield key, given


def flat(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each value in a table and those within it, by its whole name; an empty table stands for
    itself, so that nothing is passed over."""
    for key, given in table.items():
        if isinstance(given, dict) and given:
            for name, inner in flat(cast("dict[str, Any]", given)):
                yield f"{key}.{name}", inner
        else:
            yield key, given


def _wrong(name: str, value: object) -> str:
    """What is wrong with it; "" for nothing. Whether there is such an action, and such a key, is
    said by who knows them (`tui.rebinding`)."""
    if name.startswith(f"{KEYS}."):
        listed = _listed(value)
        told = 'a key as "R" or "Ctrl+K", or a list of such'
        return "" if 0 < len(listed) <= KEYS_MAX else f"{name.removeprefix('keys.')} is {told}."
    if name in _TABLES:
        return f"{name} is a table: [{name}]."
    if name not in SETTINGS:
        return f"there is no setting {name!r}{meant(name)}"
    return "" if SETTINGS[name].takes(value) else f"{name} is {SETTINGS[name].wanted}."


def _listed(value: object) -> tuple[str, ...]:
    """One text or several as several; () for anything else."""
    several = cast("list[object]", value) if isinstance(value, list) else [value]
    texts = tuple(each for each in several if isinstance(each, str) and each)
    return texts if len(texts) == len(several) else ()


def _from_environment(
    environ: Mapping[str, str],
    values: dict[str, Any],
    origins: dict[str, str],
    mistakes: list[Mistake],
) -> None:
    variables = {one.variable: one for one in SETTINGS.values()}
    for variable, text in environ.items():
        if not variable.startswith(ENVIRONMENT) or variable.startswith(OF_THE_HUB):
            continue
        one = variables.get(variable)
        if one is None:
            said = f"The environment: there is no setting {variable}{_meant(variable, variables)}"
            mistakes.append(Mistake(said))
            continue
        value = _FLAGS.get(text.lower()) if isinstance(one.default, bool) else text
        if one.takes(value):
            values[one.field], origins[one.name] = value, variable
        else:
            mistakes.append(Mistake(f"The environment: {variable} is {one.wanted}."))


def meant(name: str) -> str:
    """The end of a sentence: what setting may have been meant, if any."""
    return _meant(name, (*SETTINGS, *_TABLES))


def _meant(name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f"; did you mean {near!r}?" if near else "."
