"""`hobnob hub match preview`: rules of a file held against those that hold, on the hub's own past.
`hobnob hub match rules` prints these, as a file to begin with."""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TextIO

from hobnob.preview.figures import Figures, figures
from hobnob.preview.replay import Question, questions
from hobnob.preview.rules import Rules, now, read, text
from hobnob_client.onboarding.plan import Channel, World, plan
from hobnob_protocol.errors import HobnobError
from hobnob_server.clock import SystemClock
from hobnob_server.commands.matching import arguments
from hobnob_server.datadir import DataDir, default_path
from hobnob_server.errors import exit_code
from hobnob_server.past.reading import Past
from hobnob_server.past.reading import read as read_past
from hobnob_server.printing import printable

DAY_MS: Final = 86_400_000
TOLD_SECONDS: Final = 1.0
"""How far it is, is told so often."""

_EXAMPLES: Final = """\
examples:
  hobnob hub match rules > match.toml          the rules that hold, to be edited
  hobnob hub match preview --file match.toml   what they would have done in 90 days
  hobnob hub match preview --json              only those that hold, for programs

Nothing is changed by it, and the hub may run meanwhile. Devices rank by the rules of their own
version: the hub hands out none yet.
"""


def main(argv: Sequence[str]) -> int:
    """Do what the words after `hobnob hub match` say; the exit code."""
    given = _parser().parse_args(argv)
    if given.what == "rules":
        sys.stdout.write(text(now()))
        return 0
    try:
        return _preview(given, sys.stdout, sys.stderr)
    except HobnobError as failed:
        sys.stderr.write(f"hobnob hub: {printable(str(failed))}\n")
        return exit_code(failed)


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


def _preview(given: argparse.Namespace, out: TextIO, talk: TextIO) -> int:
    rules = read(Path(given.file)) if given.file else None
    path = Path(given.data) if given.data else default_path(os.environ)
    past = read_past(DataDir(path))
    since_ms = SystemClock().wall_ms() - given.days * DAY_MS
    asked = list(_replayed(past, since_ms, given.seed, talk))
    rows = [("now", figures(past, asked, now()), now())]
    if rules is not None:
        rows.append(("file", figures(past, asked, rules), rules))
    if given.json:
        for name, found, held in rows:
            out.write(json.dumps(_record(name, found, past, held, given)) + "\n")
    else:
        _tell(rows, past, given.days, out)
    return 0


def _replayed(past: Past, since_ms: int, seed: int, talk: TextIO) -> Iterator[Question]:
    told = time.monotonic()

    def moved(nth: int, count: int) -> None:
        nonlocal told
        if time.monotonic() - told >= TOLD_SECONDS:
            told = time.monotonic()
            talk.write(f"replayed {nth:,} of {count:,} messages\n")
            talk.flush()

    yield from questions(past, since_ms, seed, moved)


def _figures(found: Figures) -> dict[str, object]:
    return {
        "questions": found.questions,
        "hit_rate": round(found.hit_rate, 4),
        "busiest_ten_share": round(found.busiest, 4),
        "people_shown": found.shown,
        "people_at_cap": found.at_cap,
        "people_never_shown": found.never,
    }


def _record(
    name: str, found: Figures, past: Past, rules: Rules, given: argparse.Namespace
) -> dict[str, object]:
    channels = {key: list(several) for key, several in _leads(past, rules).items()}
    return {
        "rules": name,
        "days": given.days,
        "seed": given.seed,
        **_figures(found),
        "people_open": len(past.takers),
        "people_not_open": _closed(past),
        "welcome": channels,
    }


def _tell(rows: Sequence[tuple[str, Figures, Rules]], past: Past, days: int, out: TextIO) -> None:
    _, first, _ = rows[0]
    out.write(f"{first.questions:,} answered questions of {days} days, three people for each\n")
    out.write(
        f"{len(past.takers):,} people agree to being asked; {_closed(past):,} who wrote do not,"
        " and are shown to nobody\n\n"
    )
    columns = [
        {name: _cell(each) for name, each in _figures(found).items()} for _, found, _ in rows
    ]
    heads = ["", "now", "file"][: len(rows) + 1]
    out.write(f"{heads[0]:20}" + "".join(f"{head:>10}" for head in heads[1:]) + "\n")
    for name in columns[0]:
        cells = "".join(f"{column[name]:>10}" for column in columns)
        out.write(f"{name.replace('_', ' '):20}{cells}\n")
    if len(rows) > 1:
        _tell_questions(past, rows[0][2], rows[1][2], out)
    if not first.questions:
        out.write("\nNo question was answered in that time: these figures say nothing.\n")


def _tell_questions(past: Past, before: Rules, after: Rules, out: TextIO) -> None:
    """What each answer of a newcomer would lead to, where that is not the same."""
    leads, led = _leads(past, after), _leads(past, before)
    changed = [name for name in {**led, **leads} if led.get(name) != leads.get(name)]
    for name in changed:
        was = ", ".join(led.get(name, ())) or "-"
        now_ = ", ".join(leads.get(name, ())) or "-"
        out.write(printable(f"{name}: channels {was} -> {now_}") + "\n")


def _leads(past: Past, rules: Rules) -> dict[str, tuple[str, ...]]:
    """By answer, the channels that are proposed to somebody who is in those everybody is put in."""
    open_ = tuple(
        Channel(each.stream, each.name, each.purpose)
        for each in past.channels
        if not each.auto_join
    )
    world = World(open_)
    return {
        f"{question.name}={option.name}": tuple(
            offer.channel.name
            for offer in plan(rules.questions, {question.name: (option.name,)}, world).channels
        )
        for question in rules.questions
        for option in question.options
    }


def _closed(past: Past) -> int:
    return len({said.author for said in past.said} - past.takers.keys())


def _cell(each: object) -> str:
    return f"{each:.3f}" if isinstance(each, float) else f"{each:,}"
