"""Typed arguments: from a function's annotations to values out of one line of text.

`int`, `float`, `bool`, `str` and `Literal["a", "b"]` take one word, or several in double quotes;
`| None` and a default make it optional; `*names: str` takes all that are left, and a keyword-only
parameter (after a bare `*`) the rest of the line as it stands.
"""

import inspect
import math
import re
import types
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final, Literal, Union, get_args, get_origin

from hobnob.bot.limits import ARGUMENT_SHOWN_MAX
from hobnob_protocol.errors import UsageError

_WORD: Final = re.compile(r'\s*(?:"([^"]*)"|(\S+))')
_YES: Final = ("yes", "true", "on", "1")
_NO: Final = ("no", "false", "off", "0")


class NotUnderstood(Exception):
    """The text does not fit the arguments; says why, to whoever typed it."""


class Takes(Enum):
    """How much of the line an argument takes."""

    WORD = auto()
    WORDS = auto()
    REST = auto()


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: `read` makes a value of a word or raises ValueError, `wanted` says in words
    what it reads. `default` is `inspect.Parameter.empty` where there must be one."""

    name: str
    takes: Takes
    read: Callable[[str], object]
    wanted: str
    default: object

    @property
    def required(self) -> bool:
        """Must it be given?"""
        return self.takes is not Takes.WORDS and self.default is inspect.Parameter.empty

    @property
    def shown(self) -> str:
        """As a line of usage shows it."""
        name = self.name if self.takes is Takes.WORD else f"{self.name}…"
        return f"<{name}>" if self.required else f"[{name}]"


def arguments_of(handler: Callable[..., object]) -> tuple[Argument, ...]:
    """The arguments after the message. UsageError where no text could be one."""
    name = getattr(handler, "__name__", "the handler")
    parameters = list(inspect.signature(handler, eval_str=True).parameters.values())
    if not parameters or parameters[0].kind is inspect.Parameter.KEYWORD_ONLY:
        raise UsageError(f"{name} must take the message first.")
    return tuple(_argument(name, parameter) for parameter in parameters[1:])


def read(arguments: tuple[Argument, ...], text: str) -> tuple[list[object], dict[str, object]]:
    """The values for a call, by place and by name. NotUnderstood."""
    by_place: list[object] = []
    by_name: dict[str, object] = {}
    at = 0
    for argument in arguments:
        if argument.takes is Takes.REST:
            rest, at = text[at:].strip(), len(text)
            by_name[argument.name] = _value(argument, rest or None)
            continue
        while (found := _WORD.match(text, at)) is not None:
            at = found.end()
            by_place.append(_value(argument, found[1] if found[1] is not None else found[2]))
            if argument.takes is Takes.WORD:
                break
        else:
            if argument.takes is Takes.WORD:
                by_place.append(_value(argument, None))
    if left := text[at:].strip():
        raise NotUnderstood(f"{_quoted(left)} is more than I take.")
    return by_place, by_name


def _value(argument: Argument, word: str | None) -> object:
    if word is None:
        if argument.required:
            raise NotUnderstood(f"{argument.name} is missing: {argument.wanted}.")
        return argument.default
    try:
        return argument.read(word)
    except ValueError:
        said = f"{argument.name} must be {argument.wanted}, and {_quoted(word)} is not."
        raise NotUnderstood(said) from None


def _quoted(text: str) -> str:
    shown = text if len(text) <= ARGUMENT_SHOWN_MAX else f"{text[:ARGUMENT_SHOWN_MAX]}…"
    return f"“{shown}”"


def _argument(handler: str, parameter: inspect.Parameter) -> Argument:
    if parameter.kind is inspect.Parameter.VAR_KEYWORD:
        raise UsageError(f"{handler}: **{parameter.name} can be no argument of a command.")
    found = _reader(parameter.annotation)
    if found is None:
        told = "int, float, bool, str or a Literal of texts"
        raise UsageError(f"{handler}: {parameter.name} must be annotated with {told}.")
    takes = _TAKES.get(parameter.kind, Takes.WORD)
    return Argument(parameter.name, takes, found[0], found[1], parameter.default)


def _reader(annotation: Any) -> tuple[Callable[[str], object], str] | None:
    if get_origin(annotation) in (Union, types.UnionType):
        left = [each for each in get_args(annotation) if each is not type(None)]
        return _reader(left[0]) if len(left) == 1 else None
    if get_origin(annotation) is Literal:
        choices = get_args(annotation)
        if not all(isinstance(choice, str) for choice in choices):
            return None
        return _chooser(choices), f"one of {', '.join(choices)}"
    if annotation is inspect.Parameter.empty:
        return str, "a text"
    return _READERS.get(annotation)


def _chooser(choices: tuple[str, ...]) -> Callable[[str], object]:
    def choose(word: str) -> object:
        if word not in choices:
            raise ValueError(word)
        return word

    return choose


def _boolean(word: str) -> object:
    if word.lower() not in (*_YES, *_NO):
        raise ValueError(word)
    return word.lower() in _YES


def _number(word: str) -> object:
    found = float(word)
    if not math.isfinite(found):
        raise ValueError(word)
    return found


_TAKES: Final[dict[object, Takes]] = {
    inspect.Parameter.VAR_POSITIONAL: Takes.WORDS,
    inspect.Parameter.KEYWORD_ONLY: Takes.REST,
}
_READERS: Final[dict[Any, tuple[Callable[[str], object], str]]] = {
    int: (int, "a whole number"),
    float: (_number, "a number"),
    bool: (_boolean, "yes or no"),
    str: (str, "a text"),
}
