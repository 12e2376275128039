"""The verbs about what members have done for each other."""

from typing import Final

from hobnob_client.verbs.verb import Argument, Completes, Verb
from hobnob_protocol.periods import PERIODS

RECOGNITION: Final = (
    Verb(
        "board",
        "board",
        "show who has helped whom, in points that open into the events they came of",
        (
            "hobnob board",
            "hobnob board --period week --channel '#rust'",
            "hobnob board --why ada",
            "hobnob board --json | jq -r '[.place, .handle, .points] | @tsv'",
        ),
        (
            Argument(
                "period",
                "how far it looks back; a season of four weeks if nothing is said",
                "PERIOD",
                option=True,
                choices=PERIODS,
                completes=Completes.WORDS,
            ),
            Argument(
                "channel",
                "what was done in this public channel alone",
                "CHANNEL",
                option=True,
                completes=Completes.CHANNEL,
            ),
            Argument("why", "unfold this member's row; `me` is your own", "HANDLE", option=True),
        ),
    ),
    Verb(
        "badges",
        "badges",
        "show somebody's badges with what earned them; of your own also what is next",
        ("hobnob badges", "hobnob badges ada", "hobnob badges --hide helper"),
        (
            Argument("handle", "whose; yours if nothing is said", "HANDLE", required=False),
            Argument("hide", "show this one of yours to nobody", "BADGE", option=True),
            Argument("unhide", "show it again", "BADGE", option=True),
        ),
    ),
)
