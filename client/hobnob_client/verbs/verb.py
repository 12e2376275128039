"""What a verb is: the one description from which parser, help, completion and manual are made."""

from enum import StrEnum
from typing import Final

from hobnob_protocol.value import value


class Sort(StrEnum):
    """What an argument takes."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    MAYBE = "maybe"
    """An option that may stand alone, and then holds an empty text."""


NUMBER_MAX: Final = 1_000_000_000
"""More than any replica holds, and what all that reckons with it can take."""


class Completes(StrEnum):
    """What a shell can offer for an argument."""

    NOTHING = ""
    CHANNEL = "channel"
    WORDS = "words"
    """One of its choices."""


@value
class Argument:
    """One argument: a word in its place, or an option where `option` is set.

    `metavar` is how help names it. `many` takes all words that follow; `required` is of a word in
    its place. `short` is an option's second name.
    """

    name: str
    help: str
    metavar: str = ""
    sort: Sort = Sort.TEXT
    option: bool = False
    short: str = ""
    required: bool = True
    many: bool = False
    default: str | int | None = None
    choices: tuple[str, ...] = ()
    completes: Completes = Completes.NOTHING

    @property
    def flag(self) -> str:
        """An option as it is typed."""
        return f"--{self.name.replace('_', '-')}"


@value
class Verb:
    """One verb: `name` is one word or two, `module` the file in `verbs` whose `run` does it, with
    `action` where the file does several things.

    `offline` says that it works with the hub down; all do but those that join.
    """

    name: str
    module: str
    help: str
    examples: tuple[str, ...]
    arguments: tuple[Argument, ...] = ()
    action: str = ""
    offline: bool = True
