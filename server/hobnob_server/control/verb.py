"""What a verb is: its words on the command line, and what a running hub does for it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias, cast

from hobnob_server.control.operator import Operator
from hobnob_server.errors import RequestRefused
from hobnob_server.printing import Answer


class Sort(Enum):
    """What an argument's value is."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument; `--name` where it is an option, which may be left out."""

    name: str
    help: str
    sort: Sort = Sort.TEXT
    option: bool = False
    required: bool = True
    choices: tuple[str, ...] = ()
    default: str | int | float | bool | None = None


class Arguments:
    """What somebody gave; RequestRefused where it is not what the verb takes."""

    def __init__(self, given: Mapping[str, object]) -> None:
        self._given = given

    def text(self, name: str) -> str:
        """A text, "" where there is none."""
        value = self._given.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise RequestRefused(f"{name} is a text")
        return value

    def required(self, name: str) -> str:
        """A text that must be there."""
        value = self.text(name)
        if not value:
            raise RequestRefused(f"{name} is missing")
        return value

    def has(self, name: str) -> bool:
        """Was it given at all?"""
        return self._given.get(name) is not None

    def flag(self, name: str) -> bool:
        """Yes or no."""
        return self._given.get(name) is True

    def integer(self, name: str, least: int, most: int) -> int:
        """An integer within bounds."""
        value = self._given.get(name)
        if type(value) is not int or not least <= value <= most:
            raise RequestRefused(f"{name} is an integer from {least:,} to {most:,}")
        return value

    def number(self, name: str, least: float, most: float) -> float:
        """A number within bounds."""
        value = self._given.get(name)
        if type(value) not in (int, float) or not least <= cast("float", value) <= most:
            raise RequestRefused(f"{name} is a number from {least:g} to {most:g}")
        return float(cast("float", value))


Handler: TypeAlias = Callable[[Operator, Arguments], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb of `hobnob hub`."""

    name: str
    help: str
    examples: tuple[str, ...]
    handler: Handler
    arguments: tuple[Argument, ...] = ()
