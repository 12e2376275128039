"""What a slash at the start of a text means, wherever one types: a command where a name follows it
at once, else nothing; of two slashes the first only says that the second is said. Blanks before it
change nothing: nobody sees them, and a command must not be told to everybody.
"""

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from hobnob_client.catalogue import t
from hobnob_protocol.value import value

SIGN: Final = "/"
ESCAPED: Final = "//"
"""How a text begins whose first slash is said."""
NAME_CHARS: Final = 24
"""So much of what is no command is told; a longer name is near to none."""


@value
class Command:
    """One command: `takes` is what stands behind it, "" for nothing, in brackets where it may be
    left out; `help` one sentence; both as the catalogue has them. `also` is what others call it,
    in lower case: whoever comes from there is understood."""

    name: str
    takes: str
    help: str
    also: tuple[str, ...] = ()

    @property
    def usage(self) -> str:
        """As one types it."""
        return f"{SIGN}{self.name} {t(self.takes)}" if self.takes else f"{SIGN}{self.name}"

    @property
    def needs_words(self) -> bool:
        """Is it nothing without what stands behind it?"""
        return bool(self.takes) and not self.takes.startswith("[")


SomeCommand = TypeVar("SomeCommand", bound=Command)


def by_name(commands: Iterable[SomeCommand]) -> dict[str, SomeCommand]:
    """Each by all its names; `ValueError` where two have the same."""
    found: dict[str, SomeCommand] = {}
    for command in commands:
        for name in (command.name, *command.also):
            if name in found:
                raise ValueError(f"two commands are called {name}")
            found[name] = command
    return found


@value
class Misspelt:
    """No such command, or not so; `why` says it, and what to do."""

    why: str


@value
class Asked:
    """A command is asked for: its name as it was typed, without the slash, and the words behind it,
    "" for none. Whether there is such a command is said by who has a table of them."""

    name: str
    words: str


@value
class Begun:
    """A command that somebody is typing: its name in lower case, as far as it is there; `words_at`
    is where the words behind it begin, None while the name is typed; `at` is where its slash is."""

    name: str
    words_at: int | None
    at: int = 0


def read(text: str) -> Asked | str:
    """What a text asks for, or else what it says."""
    blanks, rest = _parted(text)
    if rest.startswith(ESCAPED):
        return blanks + rest[len(SIGN) :]
    if not rest.startswith(SIGN) or not rest[1:2].strip():
        return text
    name, *words = rest[len(SIGN) :].split(maxsplit=1)
    return Asked(name, words[0].strip() if words else "")


def understood(
    text: str, commands: Mapping[str, SomeCommand]
) -> tuple[SomeCommand, str] | Misspelt | str:
    """Which of these commands, by their names in lower case, a text asks for, with the words behind
    it; or else what it says."""
    asked = read(text)
    if isinstance(asked, str):
        return asked
    command = commands.get(asked.name.lower())
    if command is None:
        return Misspelt(lacking(asked.name, commands))
    if command.needs_words and not asked.words:
        return Misspelt(f"{command.usage}: {t(command.help)}")
    return command, asked.words


def typed(text: str) -> str:
    """What one types for a text to be said: the way back of `read`."""
    blanks, rest = _parted(text)
    return text if read(text) == text else blanks + SIGN + rest


def begun(before: str) -> Begun | None:
    """The command that is typed in `before`, the text up to the caret; None where none is."""
    at = len(_parted(before)[0])
    if before[at:] == SIGN:
        return Begun("", None, at)
    asked = read(before)
    if not isinstance(asked, Asked):
        return None
    behind = before[at + len(SIGN) + len(asked.name) :]
    words_at = len(before) - len(behind.lstrip()) if behind else None
    return Begun(asked.name.lower(), words_at, at)


def _parted(text: str) -> tuple[str, str]:
    """The blanks it begins with, and the rest."""
    rest = text.lstrip()
    return text[: len(text) - len(rest)], rest


def lacking(name: str, known: Iterable[str]) -> str:
    """What is said of a name that is no command: what may be meant, and how to say it as it is. No
    more than `NAME_CHARS` of it are told."""
    shown = SIGN + (name if len(name) <= NAME_CHARS else f"{name[: NAME_CHARS - 1]}…")
    near = _nearest(name, known)
    instead = t("Do you mean {command}?", command=near) if near else t("/help lists all there are.")
    lacks = t("There is no {command}.", command=shown)
    return f"{lacks} {instead} {t('With // at the start it is posted as it is.')}"


def _nearest(name: str, known: Iterable[str]) -> str:
    if len(name) > NAME_CHARS:
        return ""
    # Only somebody who has mistyped pays for importing it.
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), list(known), 1)
    return SIGN + near[0] if near else ""
