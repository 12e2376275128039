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
    does = "print rules, try others, or put them into force"
    parser.add_argument("what", choices=("rules", "preview", "apply"), help=does)
    parser.add_argument("--file", metavar="FILE", help="the rules to be tried or applied")
    parser.add_argument("--days", type=_days, default=DAYS, metavar="N", help=f"default {DAYS}")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the sample; default 1")


def _days(said: str) -> int:
    plain = said.isascii() and said.isdigit() and len(said) <= len(str(DAYS_MAX))
    days = int(said) if plain else 0
    if not 1 <= days <= DAYS_MAX:
        raise ArgumentTypeError(f"from 1 to {DAYS_MAX}")
    return days


def _run(call: Call) -> int:
    raise ConfigError("this is done by the command hobnob alone: hobnob hub match rules")


VERB: Final = LocalVerb(
    "match",
    "Print the rules of matching, try others on the last 90 days, or put them into force.",
    (
        "hobnob hub match rules",
        "hobnob hub match preview --file match.toml",
        "hobnob hub match preview --json",
        "hobnob hub match apply --file match.toml",
    ),
    arguments,
    _run,
)
