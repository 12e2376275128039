"""`hobnob VERB ...`: what a member says to the shell.

stdout is data, stderr is talk, and how the program ends is an interface (`failures.Exit`). Nothing
is imported before it is needed: a verb starts in a fraction of the time a screen takes.
"""

import os
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn, TextIO

from hobnob_client import config, keyring, paths
from hobnob_client.failures import Exit, Failure
from hobnob_client.paths import Profile
from hobnob_client.terminal import Terminal
from hobnob_client.verbs.call import Call, Run
from hobnob_client.verbs.table import COMMON, VERBS
from hobnob_client.verbs.verb import Argument, Sort, Verb
from hobnob_protocol.errors import NO_ROOM, HobnobError, OutboxFull, StoreFull, told

FIRST_STEPS: Final = (
    "hobnob demo             look around in a community on this machine",
    "hobnob join LINK        become a member of a hub",
    "hobnob                  then: the screen",
    "hobnob --help           what the shell can say",
    "hobnob hub --help       run a hub of your own",
)


class Misused(Exception):
    """The words make no call; `usage` is what would."""

    def __init__(self, said: str, usage: str) -> None:
        super().__init__(said)
        self.usage = usage


class Parser(ArgumentParser):
    """Help that begins with examples: most people look for those."""

    def __init__(self, *, examples: Sequence[str] = (), **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)
        self._examples = examples

    def format_help(self) -> str:
        """Examples, then the rest."""
        lines = "".join(f"  {example}\n" for example in self._examples)
        return f"examples:\n{lines}\n{super().format_help()}" if lines else super().format_help()

    def error(self, message: str) -> NoReturn:
        """Say what is wrong to the caller, who knows the streams."""
        raise Misused(message, self.format_usage().strip())


def parser(first_word: str = "") -> Parser:
    """All verbs, out of their table; only those that begin with `first_word` where some do."""
    begun = [verb for verb in VERBS if verb.name.split()[0] == first_word]
    examples = ("hobnob join LINK", "hobnob post '#general' hello", "hobnob tail -f")
    top = Parser(
        examples=examples,
        prog="hobnob",
        description="A community in the terminal. hobnob hub --help is about running a hub.",
    )
    top.add_argument("--version", action="store_true", help="say which hobnob this is")
    for argument in COMMON:
        _add(top, argument)
    verbs = top.add_subparsers(title="verbs", dest="first", metavar="VERB")
    groups: dict[str, Any] = {}
    for verb in begun or VERBS:
        first, _, second = verb.name.partition(" ")
        if not second and not _is_group(first):
            _describe(verbs.add_parser(first, **_about(verb)), verb)
            continue
        if first not in groups:
            groups[first] = _group(verbs, first, None if second else verb)
        if second:
            _describe(groups[first].add_parser(second, **_about(verb)), verb)
    return top


def _is_group(first: str) -> bool:
    return any(verb.name.startswith(f"{first} ") for verb in VERBS)


def _about(verb: Verb) -> dict[str, Any]:
    return {"help": verb.help, "description": verb.help, "examples": verb.examples}


def _group(verbs: Any, first: str, alone: Verb | None) -> Any:
    """The verbs under one first word; `alone` is what the word does by itself."""
    within = [verb for verb in VERBS if verb.name.split()[0] == first]
    examples = tuple(verb.examples[0] for verb in within)
    told = alone.help if alone is not None else f"{first} verbs"
    group = verbs.add_parser(first, help=told, description=told, examples=examples)
    if alone is not None:
        _describe(group, alone)
    return group.add_subparsers(
        title="verbs", dest="second", metavar="VERB", required=alone is None
    )


def _describe(parser: ArgumentParser, verb: Verb) -> None:
    parser.set_defaults(verb=verb)
    for argument in verb.arguments:
        _add(parser, argument)
    for argument in COMMON:
        # Before the verb or after it: what is not said here does not undo what was said there.
        _add(parser, argument, default=SUPPRESS)


def _add(parser: ArgumentParser, argument: Argument, **options: Any) -> None:
    options["help"] = argument.help
    if argument.sort is Sort.FLAG:
        options["action"] = "store_true"
    else:
        options["type"] = int if argument.sort is Sort.NUMBER else str
        options["metavar"] = argument.metavar
        options["choices"] = argument.choices or None
        options.setdefault("default", argument.default)
    if argument.option:
        names = (argument.short, argument.flag) if argument.short else (argument.flag,)
        parser.add_argument(*names, dest=argument.name, **options)
        return
    if argument.many:
        options["nargs"] = "+" if argument.required else "*"
    elif not argument.required:
        options["nargs"] = "?"
    parser.add_argument(argument.name, **options)


def main(argv: Sequence[str]) -> int:
    """Do what the words say; how the program ends."""
    return serve(argv, os.environ, Path.home(), sys.stdin, sys.stdout, sys.stderr)


def serve(
    argv: Sequence[str],
    environ: Mapping[str, str],
    home: Path,
    given: TextIO,
    out: TextIO,
    talk: TextIO,
) -> int:
    """The same with the world as arguments."""
    plain = Terminal(given, out, talk)
    try:
        words = _parsed(argv, person=given.isatty() and out.isatty())
        if words is None:
            return Exit.OK
        settings, profile = _place(words, environ, home)
        if words.verb is None:
            return _screen(profile, plain)
        terminal = Terminal(given, out, talk, as_json=words.json, nerd_font=settings.nerd_font)
        call = Call(words.verb, words, profile, settings, terminal)
        run: Run = import_module(f"hobnob_client.verbs.{call.verb.module}").run
        return run(call)
    except Misused as misused:
        plain.say(f"hobnob: {misused}")
        for said in misused.usage.splitlines():
            plain.say(said)
        return Exit.USAGE
    except BrokenPipeError:
        # Whoever read has seen enough. Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Failure as failed:
        plain.say(f"hobnob: {failed}")
        return failed.code
    except (OutboxFull, StoreFull) as full:
        plain.say(f"hobnob: {full}")
        return Exit.RETRY
    except HobnobError as broken:
        plain.say(f"hobnob: {broken}")
        return Exit.FAILED
    except OSError as failed:
        plain.say(f"hobnob: {told(failed)}")
        return _after(failed)


def _after(failed: OSError) -> Exit:
    """How a verb ends that the system refused something: a path is somebody's word."""
    if failed.errno in NO_ROOM:
        return Exit.RETRY
    return Exit.USAGE if failed.filename is not None else Exit.FAILED


def _parsed(argv: Sequence[str], *, person: bool) -> Namespace | None:
    """The words read; None where help was all that was asked for.

    Only a `person` may say no verb at all: a script that does has made a mistake.
    """
    top = parser(argv[0] if argv else "")
    top.set_defaults(verb=None)
    try:
        words = top.parse_args(argv)
    except SystemExit:
        # Only --help leaves this way, and has printed.
        return None
    if words.verb is None and not person:
        raise Misused("which verb?", top.format_help().strip())
    return words


def _place(
    words: Namespace, environ: Mapping[str, str], home: Path
) -> tuple[config.Settings, Profile]:
    """The settings, and the profile that is meant."""
    settings = config.load(paths.config_file(environ, home))
    named = words.profile or settings.profile
    if named:
        return settings, Profile(Path(named).expanduser())
    return settings, paths.default_profile(environ, home)


def _screen(profile: Profile, plain: Terminal) -> int:
    """No verb, and somebody who looks: the screen, or the first steps for a newcomer."""
    if not profile.key.exists():
        for line in FIRST_STEPS:
            plain.say(line)
        return Exit.OK
    from hobnob_client.tui import app

    return app.run(profile, keyring.load(profile))
