"""What such a verb is, and what it gets."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TextIO

from hobnob_server.config import load
from hobnob_server.datadir import DataDir
from hobnob_server.settings import SETTINGS, Config


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a verb: its arguments, where the hub lives, and where its words go."""

    given: Namespace
    directory: DataDir
    environment: Mapping[str, str]
    out: TextIO
    talk: TextIO

    @property
    def as_json(self) -> bool:
        """Is the answer for a program?"""
        return bool(self.given.json)

    def config(self) -> Config:
        """The configuration: hub.toml, environment, and settings among the arguments."""
        named = {
            key: str(value)
            for key in SETTINGS
            if (value := getattr(self.given, key, None)) is not None
        }
        return load(self.directory.config, self.environment, named)


@dataclass(frozen=True, slots=True)
class LocalVerb:
    """One verb; `run` returns how the process ends."""

    name: str
    help: str
    examples: tuple[str, ...]
    arguments: Callable[[ArgumentParser], None]
    run: Callable[[Call], int]


def add_settings(parser: ArgumentParser) -> None:
    """Every setting is an option too, from the one table."""
    group = parser.add_argument_group("settings", "each is also a key of hub.toml")
    for setting in SETTINGS.values():
        group.add_argument(
            f"--{setting.key.replace('_', '-')}",
            dest=setting.key,
            metavar="VALUE",
            help=setting.help.replace("%", "%%"),
        )
