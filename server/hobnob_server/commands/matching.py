"""`hobnob hub match`: listed here with the other verbs, done by the face, which alone knows how
devices rank."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Final

from hobnob_server.commands.local import Call, LocalVerb
from hobnob_server.errors import ConfigError

DAYS: Final = 90
DAYS_MAX: Final = 3_650


def arguments(parser: ArgumentParser) -> None:
    """All but those that every verb has."""
    parser.add_argument("what", choices=("rules", "preview"), help="print rules, or try others")
    parser.add_argument("--file", metavar="FILE", help="the rules to be tried")
    parser.add_argument("--days", type=_days, default=DAYS, metavar="N", help=f"default {DAYS}")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the sample; default 1")


def _days(said: str) -> int:
    plain = said.isascii() and said.isdigit() and len(said) <= len(str(DAYS_MAX))
    days = int(said) if plain else 0
    if not 1 <= days <= DAYS_MAX:
        raise ArgumentTypeError(f"from 1 to {DAYS_MAX}")
    return days


def _run(call: Call) -> int:
    raise ConfigError("this is done by the command hobnob alone: hobnob hub match preview")


VERB: Final = LocalVerb(
    "match",
    "Print the rules of matching, or try others on what was asked in the last 90 days.",
    (
        "hobnob hub match rules",
        "hobnob hub match preview --file match.toml",
        "hobnob hub match preview --json",
    ),
    arguments,
    _run,
)
