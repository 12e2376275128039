"""Every verb of a member, in the order a newcomer meets them."""

from typing import Final

from hobnob_client.verbs.verb import Argument, Completes, Sort, Verb

PROFILE: Final = Argument(
    "profile", "the profile's directory (default: the one of the settings)", "DIR", option=True
)
JSON: Final = Argument("json", "print JSON, a record a line", sort=Sort.FLAG, option=True)
COMMON: Final = (PROFILE, JSON)
"""Every verb takes these."""

_LINK: Final = Argument("link", "hobnob://HOST/#…, or - to read it from standard input", "LINK")
_CHANNEL: Final = Argument("channel", "a channel's name", "CHANNEL", completes=Completes.CHANNEL)
_ANY_CHANNEL: Final = Argument(
    "channel",
    "a channel's name (default: all)",
    "CHANNEL",
    required=False,
    completes=Completes.CHANNEL,
)
_COUNT: Final = Argument(
    "count", "how many at most", "N", sort=Sort.NUMBER, option=True, short="-n", default=20
)

VERBS: Final = (
    Verb(
        "join",
        "join",
        "join a hub by an invite link, or a public channel by its name",
        (
            "hobnob join 'hobnob://hub.example.org/#…' --handle alice",
            "pass invite | hobnob join - --handle alice",
            "hobnob join '#python'",
        ),
        (
            Argument(
                "link",
                "hobnob://HOST/#…, or - to read it from standard input, or #CHANNEL",
                "LINK",
                completes=Completes.CHANNEL,
            ),
            Argument(
                "handle", "your name on this hub: a to z, 0 to 9, _ and -", "NAME", option=True
            ),
        ),
        offline=False,
    ),
    Verb(
        "post",
        "post",
        "say something in a channel; offline it waits and goes out later",
        (
            "hobnob post '#general' 'the new release is out'",
            "make 2>&1 | hobnob post '#ci' --code",
            "hobnob post '#help' 'it was the cache' --reply 4f1c99d2 --thread",
        ),
        (
            _CHANNEL,
            Argument(
                "text",
                "what to say; - or nothing reads it from standard input",
                "TEXT",
                required=False,
                many=True,
            ),
            Argument("code", "show it as code, as it stands", sort=Sort.FLAG, option=True),
            Argument("reply", "answer this event, named as tail shows it", "EVENT", option=True),
            Argument("thread", "... in its thread", sort=Sort.FLAG, option=True),
        ),
    ),
    Verb(
        "tail",
        "tail",
        "show the newest messages of a channel, or of all",
        ("hobnob tail '#general'", "hobnob tail -f", "hobnob tail '#ci' -n 100 --json | jq .text"),
        (
            _ANY_CHANNEL,
            _COUNT,
            Argument("follow", "go on as they come", sort=Sort.FLAG, option=True, short="-f"),
        ),
    ),
    Verb(
        "read",
        "read",
        "show what is unread and mark it read",
        ("hobnob read", "hobnob read '#general'", "hobnob read --keep"),
        (
            _ANY_CHANNEL,
            Argument("keep", "leave it unread", sort=Sort.FLAG, option=True),
        ),
    ),
    Verb(
        "search",
        "search",
        "find messages by their words, newest first",
        ("hobnob search stale cache", "hobnob search 'wal mode' --channel '#sqlite' -n 5"),
        (
            Argument("words", "all of them must be in a message", "WORD", many=True),
            Argument(
                "channel",
                "look in this channel only",
                "CHANNEL",
                option=True,
                completes=Completes.CHANNEL,
            ),
            _COUNT,
        ),
    ),
    Verb(
        "channels",
        "channels",
        "list the channels, with what is unread in them",
        ("hobnob channels", "hobnob channels --json"),
    ),
    Verb(
        "members",
        "members",
        "list the members of the hub, or of a channel",
        ("hobnob members", "hobnob members '#general'"),
        (_ANY_CHANNEL,),
    ),
    Verb(
        "invite",
        "invite",
        "let somebody in by a link; offline it works once the hub has heard of it",
        ("hobnob invite", "hobnob invite --uses 5 --days 2", "hobnob invite | qrencode -t utf8"),
        (
            Argument("uses", "how many it lets in", "N", sort=Sort.NUMBER, option=True, default=1),
            Argument("days", "how long it works", "N", sort=Sort.NUMBER, option=True, default=7),
        ),
        action="make",
    ),
    Verb(
        "invite list",
        "invite",
        "list your invites and whom they let in",
        ("hobnob invite list", "hobnob invite list --json"),
        action="list",
    ),
    Verb(
        "invite revoke",
        "invite",
        "let an invite of yours let nobody in any more",
        ("hobnob invite revoke 4f1c99d2",),
        (Argument("invite", "its name, as `hobnob invite list` shows it", "NAME"),),
        action="revoke",
    ),
    Verb(
        "device list",
        "device",
        "list the devices that speak for you",
        ("hobnob device list",),
        action="list",
    ),
    Verb(
        "device add",
        "device",
        "let a further device speak for you: first without, then with its request",
        ("hobnob device add", "hobnob device add REQUEST"),
        (Argument("request", "what the new device printed", "REQUEST", required=False),),
        action="add",
    ),
    Verb(
        "device request",
        "device",
        "on the new device: ask to speak for an account",
        ("hobnob device request CODE",),
        (Argument("code", "what `hobnob device add` printed on the old device", "CODE"),),
        action="request",
    ),
    Verb(
        "device revoke",
        "device",
        "let a device speak for you no more",
        ("hobnob device revoke 4f1c99d2",),
        (Argument("device", "its id, as `hobnob device list` shows it", "DEVICE"),),
        action="revoke",
    ),
    Verb(
        "bot new",
        "bot",
        "found an account for a program and keep its key in a file",
        ("hobnob bot new helper 'hobnob://hub.example.org/#…' --key helper.key",),
        (
            Argument("handle", "the bot's name on the hub", "NAME"),
            _LINK,
            Argument("key", "where its key goes (default: NAME.key)", "FILE", option=True),
        ),
        action="new",
        offline=False,
    ),
    Verb(
        "sync",
        "sync",
        "fetch everything that may be seen and send what waits",
        ("hobnob sync", "hobnob sync --tails"),
        (Argument("tails", "the newest of every channel is enough", sort=Sort.FLAG, option=True),),
    ),
    Verb(
        "outbox",
        "outbox",
        "show what waits to be sent, and what was refused",
        ("hobnob outbox", "hobnob outbox --json"),
        action="list",
    ),
    Verb(
        "outbox retry",
        "outbox",
        "send what was refused once more",
        ("hobnob outbox retry 12",),
        (Argument("number", "its number, as `hobnob outbox` shows it", "N", sort=Sort.NUMBER),),
        action="retry",
    ),
    Verb(
        "outbox discard",
        "outbox",
        "forget what was refused",
        ("hobnob outbox discard 12",),
        (Argument("number", "its number, as `hobnob outbox` shows it", "N", sort=Sort.NUMBER),),
        action="discard",
    ),
    Verb(
        "sql",
        "sql",
        "ask the replica in SQL; nothing can be changed",
        (
            'hobnob sql "SELECT author, count(*) FROM messages GROUP BY 1 ORDER BY 2 DESC"',
            "hobnob sql --json \"SELECT at, text FROM messages WHERE channel = 'general'\"",
        ),
        (Argument("query", "one SELECT", "QUERY"),),
    ),
    Verb(
        "completion",
        "completion",
        "print what makes a shell complete hobnob's verbs",
        (
            "hobnob completion bash > ~/.local/share/bash-completion/completions/hobnob",
            "hobnob completion fish > ~/.config/fish/completions/hobnob.fish",
        ),
        (
            Argument(
                "shell",
                "your shell",
                "SHELL",
                choices=("bash", "zsh", "fish"),
                completes=Completes.WORDS,
            ),
        ),
    ),
)
