"""`hobnob VERB ...`: what a member says to the shell.

stdout is data, stderr is talk, and how the program ends is an interface (`failures.Exit`). Nothing
is imported before it is needed: a verb starts in a fraction of the time a screen takes.
"""

import os
import re
import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn, TextIO

from hobnob_client import config, keyring, paths
from hobnob_client.catalogue import Clock, chosen, keep_time
from hobnob_client.collecting import collect_no_more, collect_seldom
from hobnob_client.failures import Exit, Failure
from hobnob_client.hidden import TERMINAL, Hidden
from hobnob_client.paths import Profile
from hobnob_client.terminal import Terminal
from hobnob_client.unlocking import Unlocking
from hobnob_client.verbs.call import Call, Run
from hobnob_client.verbs.table import COMMON, VERBS
from hobnob_client.verbs.verb import NUMBER_MAX, Argument, Sort, Verb
from hobnob_protocol.errors import NO_ROOM, HobnobError, OutboxFull, StoreFull, told

FIRST_STEPS: Final = (
    "hobnob demo             look around in a community on this machine",
    "hobnob join LINK        become a member of a hub",
    "hobnob                  then: the screen",
    "hobnob --help           what the shell can say",
    "hobnob hub --help       run a hub of your own",
)


_CONDITION: Final = re.compile(r"-[a-z]+:")


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

    def _parse_optional(self, arg_string: str) -> Any:
        """No option has a colon behind its name: that is a condition of a search, turned round."""
        if _CONDITION.match(arg_string):
            return None
        return super()._parse_optional(arg_string)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong to the caller, who knows the streams."""
        raise Misused(message, self.format_usage().strip())


def parser(first_word: str | None = None) -> Parser:
    """All verbs, out of their table; only those that begin with `first_word` where some do, and
    none where it is "": whoever says none wants the screen, which waits for this."""
    begun = [verb for verb in VERBS if verb.name.split()[0] == first_word]
    described = begun or (() if first_word == "" else VERBS)
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
    for verb in described:
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
        options["type"] = _number if argument.sort is Sort.NUMBER else str
        options["metavar"] = argument.metavar
        options["choices"] = argument.choices or None
        if argument.sort is Sort.MAYBE:
            options |= {"nargs": "?", "const": ""}
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


def _number(text: str) -> int:
    """A count as it was typed. A store takes one below zero for no bound at all."""
    digits = text.isascii() and text.isdecimal() and len(text) <= len(str(NUMBER_MAX))
    if digits and int(text) <= NUMBER_MAX:
        return int(text)
    raise ArgumentTypeError(f"{text!r} is not a number from 0 to {NUMBER_MAX}")


def main(argv: Sequence[str]) -> int:
    """Do what the words say; how the program ends."""
    collect_seldom()
    try:
        return serve(argv, os.environ, Path.home(), sys.stdin, sys.stdout, sys.stderr)
    finally:
        collect_no_more()


def serve(
    argv: Sequence[str],
    environ: Mapping[str, str],
    home: Path,
    given: TextIO,
    out: TextIO,
    talk: TextIO,
    typing: Path = TERMINAL,
) -> int:
    """The same with the world as arguments; `typing` is the terminal where secrets are typed."""
    plain = Terminal(given, out, talk)
    try:
        words = _parsed(argv, person=given.isatty() and out.isatty())
        if words is None:
            return Exit.OK
        loaded = config.read(paths.config_file(environ, home), environ)
        # The verb that tells what is wrong with the settings must come so far.
        settings = loaded.settings if _is_about_settings(words) else loaded.insist()
        profile = _profile(words, settings, environ, home)
        private = Hidden(typing)
        unlocking = _unlocking(words, private)
        if words.verb is None:
            return _screen(profile, plain, unlocking, loaded, environ)
        terminal = Terminal(given, out, talk, as_json=words.json, nerd_font=settings.nerd_font)
        place = words.verb, words, profile, loaded, terminal
        language = chosen(environ, settings.language)
        keep_time(Clock(settings.clock))
        call = Call(*place, private, unlocking, _agent(environ), language)
        run: Run = import_module(f"hobnob_client.verbs.{call.verb.module}").run
        ended = run(call)
        call.warn()
        return ended
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
    top = parser(_first_word(argv))
    top.set_defaults(verb=None)
    try:
        words = top.parse_args(argv)
    except SystemExit:
        # Only --help leaves this way, and has printed.
        return None
    if words.verb is None and not person:
        raise Misused("which verb?", parser().format_help().strip())
    return words


def _first_word(argv: Sequence[str]) -> str | None:
    """The first word that is no option of all verbs, nor what one of them takes; "" for none, and
    None where something else stands before it."""
    taking = {each.flag for each in COMMON if each.sort is not Sort.FLAG}
    known = taking | {each.flag for each in COMMON}
    words = iter(argv)
    for word in words:
        if not word.startswith("-"):
            return word
        if word in taking:
            next(words, None)
        elif word.partition("=")[0] not in known:
            return None
    return ""


def _is_about_settings(words: Namespace) -> bool:
    return words.verb is not None and words.verb.module == "config"


def _profile(
    words: Namespace, settings: config.Settings, environ: Mapping[str, str], home: Path
) -> Profile:
    """The profile that is meant."""
    named = words.profile or settings.profile
    return Profile(paths.said(named)) if named else paths.default_profile(environ, home)


def _unlocking(words: Namespace, private: Hidden) -> Unlocking:
    named = words.passphrase_file
    file = paths.said(named) if named else None
    return Unlocking(private.ask, file)


def _agent(environ: Mapping[str, str]) -> Path | None:
    """Where the SSH agent of this shell is."""
    named = environ.get("SSH_AUTH_SOCK")
    return Path(named) if named else None


def _screen(
    profile: Profile,
    plain: Terminal,
    unlocking: Unlocking,
    loaded: config.Loaded,
    environ: Mapping[str, str],
) -> int:
    """No verb, and somebody who looks: the screen, behind the welcome for a newcomer."""
    greets = False
    if not profile.key.exists():
        _insist(loaded)
        if environ.get("TERM", "dumb") == "dumb":
            for line in FIRST_STEPS:
                plain.say(line)
            return Exit.OK
        from hobnob_client import arriving

        arrived = arriving.arrive(profile, loaded)
        if arrived is None:
            return Exit.OK
        greets = arrived is arriving.Arrived.NEW
    device = unlocking.unlocked(keyring.load(profile))
    from hobnob_client.first_light.lighting import lit

    with lit(profile, device, loaded.settings, environ) as light:
        # What takes long to load comes behind the picture, which stands for the same settings.
        _insist(loaded)
        import asyncio

        from hobnob_client.tui.loading import load_app

        shown = load_app().show(profile, device, loaded, greets=greets, light=light)
        code: int = asyncio.run(shown)
    return code


def _insist(loaded: config.Loaded) -> None:
    """Failure where anything is wrong with the settings, the keys among them."""
    from hobnob_client.verbs.config import insist

    insist(loaded)
