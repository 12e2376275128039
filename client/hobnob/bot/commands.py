"""Commands: how one is called, what its help says, and which one a text means."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hobnob.bot.arguments import Argument, arguments_of
from hobnob.bot.limits import HELP_LINES_MAX


@dataclass(frozen=True, slots=True)
class Command:
    """One command; `help` is its handler's docstring."""

    name: str
    arguments: tuple[Argument, ...]
    help: str
    handler: Callable[..., object]

    @classmethod
    def of(cls, handler: Callable[..., object], name: str) -> "Command":
        """The command that a handler makes. UsageError where its parameters cannot be typed."""
        help_text = inspect.cleandoc(handler.__doc__ or "")
        return cls(name, arguments_of(handler), help_text, handler)

    def usage(self, prefix: str) -> str:
        """How it is typed."""
        return " ".join((f"{prefix}{self.name}", *(each.shown for each in self.arguments)))


@dataclass(frozen=True, slots=True)
class Call:
    """What a text asks for: a command's name, and what stands behind it."""

    name: str
    rest: str


def call_in(text: str, prefix: str, handle: str) -> Call | None:
    """The command a text may mean: `!name …`, or `@handle name …` where it begins with us."""
    said = text.strip()
    addressed = f"@{handle}"
    first, _, rest = said.partition(" ")
    if handle and first.rstrip(",:") == addressed:
        said = rest.strip().removeprefix(prefix)
    elif prefix and said.startswith(prefix):
        said = said[len(prefix) :]
    else:
        return None
    words = said.split(maxsplit=1)
    if not words:
        return None
    return Call(words[0], words[1] if len(words) > 1 else "")


def help_text(commands: Mapping[str, Command], prefix: str, asked: str) -> str:
    """What `help` answers: all commands, or one of them in full; "" where there is no such one."""
    if asked:
        command = commands.get(asked.removeprefix(prefix))
        if command is None:
            return ""
        return "\n\n".join(part for part in (command.usage(prefix), command.help) if part)
    lines = [_line(commands[name], prefix) for name in sorted(commands)[:HELP_LINES_MAX]]
    return "\n".join(lines)


def _line(command: Command, prefix: str) -> str:
    first = command.help.partition("\n")[0]
    return f"{command.usage(prefix)} — {first}" if first else command.usage(prefix)
