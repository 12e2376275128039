"""`hobnob hub match`: `rules` prints those in force, as a file to begin with; `preview` holds
others against them, on the hub's own past; `apply` puts them into force."""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TextIO

from hobnob.preview.figures import figures
from hobnob.preview.replay import questions
from hobnob.preview.rules import Held, changes, now, read, text
from hobnob.preview.telling import Row, record, tell
from hobnob_client.match.passages import SINCE_MS
from hobnob_protocol.errors import HobnobError
from hobnob_server.clock import SystemClock
from hobnob_server.commands.matching import arguments
from hobnob_server.datadir import DataDir, default_path, write_private
from hobnob_server.errors import ConfigError, exit_code
from hobnob_server.past.reading import read as read_past
from hobnob_server.printing import printable

DAY_MS: Final = 86_400_000
TOLD_SECONDS: Final = 1.0
"""How far it is, is told so often."""
TOLD_BYTES: Final = 67_108_864
"""To copy so much takes about a second."""

_EXAMPLES: Final = """\
examples:
  hobnob hub match rules > match.toml          the rules in force, to be edited
  hobnob hub match preview --file match.toml   what they would have done in 90 days
  hobnob hub match preview --json              only those in force, for programs
  hobnob hub match apply --file match.toml     put them into force

The hub may run meanwhile. What is applied holds at once: the hub settles by the caps, and devices
rank by the rest when they next look for somebody. Without match.toml in the hub's directory those
of this version hold.
"""


def main(argv: Sequence[str]) -> int:
    """Do what the words after `hobnob hub match` say; the exit code."""
    given = _parser().parse_args(argv)
    directory = DataDir(Path(given.data) if given.data else default_path(os.environ))
    try:
        if given.what == "rules":
            sys.stdout.write(text(now(directory).rules))
        elif given.what == "apply":
            _apply(given, directory, sys.stdout)
        else:
            _preview(given, directory, sys.stdout, sys.stderr)
    except HobnobError as failed:
        sys.stderr.write(f"hobnob hub: {printable(str(failed))}\n")
        return exit_code(failed)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hobnob hub match",
        description=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--data", metavar="DIR", help="the hub's directory")
    parser.add_argument("--json", action="store_true", help="answer for programs")
    arguments(parser)
    return parser


def _apply(given: argparse.Namespace, directory: DataDir, out: TextIO) -> None:
    if not given.file:
        raise ConfigError("say which: hobnob hub match apply --file match.toml")
    if not directory.database.exists():
        raise ConfigError(f"there is no hub in {directory.path}")
    before = _before(directory)
    held = read(Path(given.file), before)
    try:
        if held.newcomers != before.newcomers:
            write_private(directory.welcome, held.newcomers, replace=True)
        write_private(directory.match, held.file, replace=True)
    except OSError as broken:
        raise ConfigError(f"{directory.path}: {broken.strerror}") from broken
    changed = changes(before.rules, held.rules)
    if held.newcomers != before.newcomers:
        changed.append("questions of newcomers")
    if given.json:
        out.write(json.dumps({"changed": changed}) + "\n")
        return
    for line in changed or ["Nothing: they are in force already."]:
        out.write(printable(line) + "\n")


def _before(directory: DataDir) -> Held:
    """Those in force; of a broken file, which is to be replaced, those of this version."""
    try:
        return now(directory)
    except ConfigError:
        return now()


def _preview(given: argparse.Namespace, directory: DataDir, out: TextIO, talk: TextIO) -> None:
    before = now(directory)
    several = [("now", before)]
    if given.file:
        several.append(("file", read(Path(given.file), before)))
    since_ms = SystemClock().wall_ms() - given.days * DAY_MS
    if directory.database.exists() and directory.database.stat().st_size >= TOLD_BYTES:
        talk.write("copying the log, so that the hub may go on\n")
        talk.flush()
    # What devices know when they are asked is so old at most.
    past = read_past(directory, max(0, since_ms - SINCE_MS), _told("read", "events", talk))
    asked = list(questions(past, since_ms, given.seed, _told("replayed", "messages", talk)))
    rows = [Row(name, held, figures(past, asked, held.rules)) for name, held in several]
    if not given.json:
        tell(rows, past, given.days, out)
        return
    for row in rows:
        out.write(json.dumps({"days": given.days, "seed": given.seed, **record(row, past)}) + "\n")


def _told(did: str, what: str, talk: TextIO) -> Callable[[int, int], None]:
    """Tells how far something is, once it has taken its time."""
    told = time.monotonic()

    def moved(nth: int, count: int) -> None:
        nonlocal told
        if time.monotonic() - told >= TOLD_SECONDS:
            told = time.monotonic()
            talk.write(f"{did} {nth:,} of {count:,} {what}\n")
            talk.flush()

    return moved
