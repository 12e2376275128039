"""The verbs about what calls for one's attention."""

from typing import Final

from hobnob_client.verbs.verb import Argument, Completes, Sort, Verb

ATTENTION: Final = (
    Verb(
        "attention",
        "attention",
        "show what would have pinged you, and why",
        ("hobnob attention", "hobnob attention --since 24h --all", "hobnob attention --json"),
        (
            Argument("since", "how far back: 12h, 7d, 4w", "TIME", option=True, default="7d"),
            Argument(
                "all", "also what would not have pinged, and why not", sort=Sort.FLAG, option=True
            ),
        ),
        action="look",
    ),
    Verb(
        "attention list",
        "attention",
        "list what you have set: levels, keywords, quiet hours",
        ("hobnob attention list",),
        action="list",
    ),
    Verb(
        "attention level",
        "attention",
        "say how much of a channel, conversation or thread pings",
        (
            "hobnob attention level '#rust' all",
            "hobnob attention level '#rust' nothing --for 1h",
            "hobnob attention level '#rust' all --thread 4f1c99d2",
        ),
        (
            Argument(
                "channel", "a channel's name, or @HANDLE", "CHANNEL", completes=Completes.CHANNEL
            ),
            Argument(
                "level",
                "all, mentions, nothing, or default for what holds without (default: show it)",
                "LEVEL",
                required=False,
                choices=("all", "mentions", "nothing", "default"),
                completes=Completes.WORDS,
            ),
            Argument("for", "with nothing: so long; 1h, 3d, tomorrow, monday", "TIME", option=True),
            Argument(
                "thread",
                "of the thread with this message, as `hobnob tail` shows it",
                "MESSAGE",
                option=True,
            ),
        ),
        action="level",
    ),
    Verb(
        "attention keyword",
        "attention",
        "be told of a word wherever it is said, or never",
        (
            "hobnob attention keyword deploy",
            "hobnob attention keyword '/v[0-9]+\\.[0-9]+/'",
            "hobnob attention keyword standup --never",
            "hobnob attention keyword deploy --remove",
        ),
        (
            Argument("words", "a word, words, or /an expression/", "WORD", many=True),
            Argument(
                "never",
                "what has it does not ping, unless it is for you",
                sort=Sort.FLAG,
                option=True,
            ),
            Argument("remove", "be told of it no more", sort=Sort.FLAG, option=True),
        ),
        action="keyword",
    ),
    Verb(
        "attention quiet",
        "attention",
        "set hours in which nothing pings, show them, or turn them off",
        (
            "hobnob attention quiet 22:00-07:00",
            "hobnob attention quiet 'mon-fri 22:00-07:00; sat,sun 23:00-9:00' --zone Europe/Berlin",
            "hobnob attention quiet off",
        ),
        (
            Argument("hours", "as mon-fri 22:00-07:00, or off", "HOURS", required=False, many=True),
            Argument(
                "zone", "a time zone, as Europe/Berlin (default: the device's)", "ZONE", option=True
            ),
        ),
        action="quiet",
    ),
)
