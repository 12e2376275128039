"""`hobnob hub ...`: stdout is data, stderr is talk, the exit code says how it went."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NoReturn, TextIO

from hobnob_protocol.errors import HobnobError, told
from hobnob_server.commands import archives, init, keeping, matching, run
from hobnob_server.commands.local import Call, LocalVerb
from hobnob_server.control.client import ask
from hobnob_server.control.table import VERBS
from hobnob_server.control.verb import Argument, Sort, Verb
from hobnob_server.datadir import DataDir, default_path
from hobnob_server.errors import DONE, FAILED, INTERRUPTED, MISUSED, exit_code, system_exit_code
from hobnob_server.printing import printable, show

LOCAL: Final[dict[str, LocalVerb]] = {
    verb.name: verb
    for verb in (run.VERB, init.VERB, *keeping.VERBS, *archives.VERBS, matching.VERB)
}
_SORTS: Final = {Sort.TEXT: str, Sort.INTEGER: int, Sort.NUMBER: float}


class Parser(ArgumentParser):
    """Help that begins with examples: most people look for those."""

    def __init__(self, *, examples: Sequence[str], **options: object) -> None:
        super().__init__(allow_abbrev=False, **options)  # type: ignore[arg-type]  # Passed on as they came.
        self._examples = examples

    def format_help(self) -> str:
        """Examples, then the rest."""
        lines = "".join(f"  {example}\n" for example in self._examples)
        return f"examples:\n{lines}\n{super().format_help()}"

    def error(self, message: str) -> NoReturn:
        """Say what is wrong; it may quote what was pasted."""
        super().error(printable(message))


def parser() -> Parser:
    """All verbs, from their tables."""
    examples = ("hobnob hub run", "hobnob hub init --template guild", "hobnob hub invite")
    top = Parser(examples=examples, prog="hobnob hub", description="Run and look after a hub.")
    verbs = top.add_subparsers(title="verbs", dest="verb", metavar="VERB", required=True)
    every: list[LocalVerb | Verb] = [*LOCAL.values(), *VERBS.values()]
    for verb in every:
        sub = verbs.add_parser(
            verb.name, help=verb.help, description=verb.help, examples=verb.examples
        )
        sub.add_argument("--data", metavar="DIR", help="the hub's directory")
        sub.add_argument("--json", action="store_true", help="answer for programs")
        if isinstance(verb, LocalVerb):
            verb.arguments(sub)
        else:
            for argument in verb.arguments:
                _add(sub, argument)
    return top


def _add(sub: ArgumentParser, argument: Argument) -> None:
    if argument.sort is Sort.FLAG:
        sub.add_argument(f"--{argument.name}", action="store_true", help=argument.help)
        return
    name = f"--{argument.name.replace('_', '-')}" if argument.option else argument.name
    optional = {} if argument.option or argument.required else {"nargs": "?"}
    sub.add_argument(
        name,
        help=argument.help,
        type=_SORTS[argument.sort],
        choices=argument.choices or None,
        default=argument.default,
        **optional,  # type: ignore[arg-type]  # One word, or none.
    )


def main(argv: Sequence[str]) -> int:
    """Do what the words after `hobnob hub` say; how the process ends."""
    return serve(argv, os.environ, sys.stdout, sys.stderr)


def serve(argv: Sequence[str], environment: Mapping[str, str], out: TextIO, talk: TextIO) -> int:
    """The same, with its surroundings as arguments."""
    try:
        given = parser().parse_args(argv)
    except SystemExit as ended:
        return MISUSED if ended.code else DONE
    path = Path(given.data) if given.data else default_path(environment)
    call = Call(given, DataDir(path.expanduser()), environment, out, talk)
    try:
        return _do(call, given)
    except HobnobError as error:
        talk.write(f"hobnob hub: {printable(str(error))}\n")
        return exit_code(error)
    except BrokenPipeError:
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as failed:
        talk.write(f"hobnob hub: {printable(told(failed))}\n")
        return system_exit_code(failed)


def _do(call: Call, given: Namespace) -> int:
    local = LOCAL.get(given.verb)
    if local is not None:
        return local.run(call)
    verb: Verb = VERBS[given.verb]
    arguments = {one.name: getattr(given, one.name) for one in verb.arguments}
    show(ask(call.directory.control, verb.name, arguments), call.out, as_json=call.as_json)
    return DONE
