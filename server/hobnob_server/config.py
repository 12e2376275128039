"""The configuration: hub.toml, then the environment, then the command line; the last one counts.

An unknown key is an error that names the nearest one, with file and line; so is a wrong value.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from hobnob_server.errors import ConfigError
from hobnob_server.limits import CONFIG_BYTES_MAX
from hobnob_server.place import parse_place
from hobnob_server.settings import ENVIRONMENT, SETTINGS, Config

DATA_VARIABLE: Final = ENVIRONMENT + "DATA"
"""Names the hub's directory, which is where hub.toml lies: no key of it."""


def load(file: Path, environment: Mapping[str, str], given: Mapping[str, str]) -> Config:
    """The configuration; `given` are keys of the command line. ConfigError says what is wrong."""
    config = replace(Config(), **_from_file(file))
    config = replace(config, **_from_environment(environment))
    return _checked(replace(config, **{key: _read(key, text) for key, text in given.items()}))


def _read(key: str, text: str) -> Any:
    try:
        return SETTINGS[key].read(text)
    except ValueError as wrong:
        raise ConfigError(f"--{key.replace('_', '-')} {wrong}") from wrong


# The file.


def _from_file(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as source:
            data = source.read(CONFIG_BYTES_MAX + 1)
    except FileNotFoundError:
        return {}
    except OSError as broken:
        raise ConfigError(f"{file}: {broken.strerror}") from broken
    if len(data) > CONFIG_BYTES_MAX:
        raise ConfigError(f"{file}: a configuration has at most {CONFIG_BYTES_MAX:,} bytes")
    try:
        text = data.decode()
        found = tomllib.loads(text)
    except UnicodeDecodeError as wrong:
        raise ConfigError(f"{file}: not UTF-8") from wrong
    except tomllib.TOMLDecodeError as wrong:
        raise ConfigError(f"{file}: {wrong}") from wrong
    values: dict[str, Any] = {}
    for key, value in found.items():
        place = f"{file}:{_line_of(text, key)}"
        if key not in SETTINGS:
            raise ConfigError(f'{place}: unknown key "{key}"{_nearest(key, tuple(SETTINGS))}')
        try:
            values[key] = SETTINGS[key].check(value)
        except ValueError as wrong:
            raise ConfigError(f"{place}: {key} {wrong}") from wrong
    return values


def _line_of(text: str, key: str) -> int:
    """Where a key of the top level stands."""
    begins = re.compile(rf"\s*\[?\s*[\"']?{re.escape(key)}[\"']?\s*[\].=]")
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if begins.match(line)), 1)


def _nearest(name: str, known: tuple[str, ...]) -> str:
    found = get_close_matches(name, known, 1, 0.5)
    return f"; did you mean {found[0]}?" if found else f"; there are {', '.join(known)}"


# The environment.


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for variable, text in environment.items():
        if not variable.startswith(ENVIRONMENT) or variable == DATA_VARIABLE:
            continue
        key = variable[len(ENVIRONMENT) :].lower()
        if key not in SETTINGS:
            known = tuple(setting.variable for setting in SETTINGS.values())
            raise ConfigError(f"unknown variable {variable}{_nearest(variable, known)}")
        try:
            values[key] = SETTINGS[key].read(text)
        except ValueError as wrong:
            raise ConfigError(f"{variable} {wrong}") from wrong
    return values


# What must fit together.

TWO_WAYS: Final = (
    "Either give tls_cert and tls_key, or listen on 127.0.0.1 or unix:PATH behind a proxy that "
    "ends TLS, and name its certificate as proxy_cert."
)


def _checked(config: Config) -> Config:
    if bool(config.tls_cert) != bool(config.tls_key):
        raise ConfigError("tls_cert and tls_key belong together: give both or none")
    if config.tls_cert and config.proxy_cert:
        raise ConfigError("give tls_cert or proxy_cert: TLS ends at the hub or at the proxy")
    try:
        place = parse_place(config.listen)
    except ValueError as wrong:
        raise ConfigError(f'listen = "{config.listen}": {wrong}') from wrong
    if config.address:
        try:
            parse_place(config.address)
        except ValueError as wrong:
            raise ConfigError(f'address = "{config.address}": {wrong}') from wrong
    if not place.is_local and not config.tls_cert:
        raise ConfigError(f'listen = "{place}" is open to the network without TLS. {TWO_WAYS}')
    return config
