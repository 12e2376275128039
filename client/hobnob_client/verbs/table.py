"""Every verb of a member, in the order a newcomer meets them."""

from typing import Final

from hobnob_client.verbs.table_attention import ATTENTION
from hobnob_client.verbs.table_config import CONFIG
from hobnob_client.verbs.table_conversations import CONVERSATIONS, WORDS
from hobnob_client.verbs.table_devices import DEVICES, SSH
from hobnob_client.verbs.table_me import ME
from hobnob_client.verbs.table_messages import MESSAGES
from hobnob_client.verbs.table_recognition import RECOGNITION
from hobnob_client.verbs.table_requests import REQUESTS
from hobnob_client.verbs.verb import Argument, Completes, Sort, Verb

PROFILE: Final = Argument(
    "profile", "the profile's directory (default: the one of the settings)", "DIR", option=True
)
JSON: Final = Argument("json", "print JSON, a record a line", sort=Sort.FLAG, option=True)
PASSPHRASE: Final = Argument(
    "passphrase_file", "a file of yours alone that holds the passphrase", "FILE", option=True
)
COMMON: Final = (PROFILE, JSON, PASSPHRASE)
"""Every verb takes these."""

_LINK: Final = Argument("link", "hobnob://HOST/#…, or - to read it from standard input", "LINK")
_CHANNEL: Final = Argument(
    "channel", "a channel's name, or @HANDLE", "CHANNEL", completes=Completes.CHANNEL
)
_ANY_CHANNEL: Final = Argument(
    "channel",
    "a channel's name, or @HANDLE (default: all)",
    "CHANNEL",
    required=False,
    completes=Completes.CHANNEL,
)
_PLACE_OR_LINK: Final = Argument(
    "channel",
    "a channel's name, or @HANDLE (default: all), or a message's link",
    "CHANNEL",
    required=False,
    completes=Completes.CHANNEL,
)
_COUNT: Final = Argument(
    "count", "how many at most", "N", sort=Sort.NUMBER, option=True, short="-n", default=20
)

_DRAFT: Final = Argument("draft", "its name, as `hobnob drafts` shows it", "DRAFT")
VERBS: Final = (
    Verb(
        "join",
        "join",
        "join a hub by an invite link, or a public channel by its name",
        (
            "hobnob join 'hobnob://hub.example.org/#…' --handle alice",
            "pass invite | hobnob join - --handle alice",
            "hobnob join '#python'",
            "hobnob join 'hobnob://hub.example.org/#…' --ssh",
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
            SSH,
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
            *WORDS,
        ),
    ),
    *MESSAGES,
    *CONVERSATIONS,
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
        "show what is unread and mark it read; or one message, by its link",
        (
            "hobnob read",
            "hobnob read '#general'",
            "hobnob read --keep",
            "hobnob read hobnob://hub.example.org/c/…/…",
            "hobnob read --plain --follow",
        ),
        (
            _PLACE_OR_LINK,
            Argument("keep", "leave it unread", sort=Sort.FLAG, option=True),
            Argument(
                "plain",
                "one line an event, with who first: for a screen reader",
                sort=Sort.FLAG,
                option=True,
            ),
            Argument(
                "follow",
                "with --plain: go on as they come, and do what is typed: /help tells",
                sort=Sort.FLAG,
                option=True,
                short="-f",
            ),
        ),
    ),
    Verb(
        "search",
        "search",
        "find messages by words, and by who, where and when, newest first",
        (
            "hobnob search stale cache",
            "hobnob search wal from:ana in:#sqlite has:code after:2026-01",
            "hobnob search cache -from:ci --context 2",
            "hobnob search 'lifetimes is:unread' --months",
        ),
        (
            Argument(
                "words",
                "words that must all be in it, and from: in: thread: has: is: before: after: on: "
                "mentions: with a value; - before any of these for what must not be",
                "WORD",
                many=True,
            ),
            Argument(
                "channel",
                "look in this channel only",
                "CHANNEL",
                option=True,
                completes=Completes.CHANNEL,
            ),
            _COUNT,
            Argument(
                "context",
                "show so many messages before and after each",
                "N",
                sort=Sort.NUMBER,
                option=True,
                short="-C",
                default=0,
            ),
            Argument("months", "count the hits of each month instead", sort=Sort.FLAG, option=True),
        ),
    ),
    Verb(
        "channels",
        "channels",
        "list the channels, with what is unread in them",
        ("hobnob channels", "hobnob channels --json"),
    ),
    Verb(
        "report",
        "report",
        "tell the moderators of a message; of a sealed one they see this one alone, and check it",
        (
            "hobnob report '#general' 4f1c99d2 --reason spam",
            "hobnob report @bob 4f1c99d2 --reason 'he threatens me'",
        ),
        (
            _CHANNEL,
            Argument("event", "the message, named as tail shows it", "EVENT"),
            Argument("reason", "why they should look at it", "TEXT", option=True),
        ),
    ),
    Verb(
        "reports",
        "reports",
        "for moderators: list what was reported, the newest first",
        ("hobnob reports", "hobnob reports -n 5 --json"),
        (_COUNT,),
    ),
    Verb(
        "members",
        "members",
        "list the members of the hub, of a channel, or of a conversation with their devices",
        ("hobnob members", "hobnob members '#general'", "hobnob members '&plans'"),
        (_ANY_CHANNEL,),
    ),
    Verb(
        "who",
        "who",
        "list who of a channel or conversation is online, of those who show it as you do",
        ("hobnob who '#general'", "hobnob who '&plans' --json"),
        (_CHANNEL,),
        offline=False,
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
    *DEVICES,
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
        "drafts",
        "drafts",
        "list what you have begun and not sent, on any of your devices",
        ("hobnob drafts", "hobnob drafts --json"),
        action="list",
    ),
    Verb(
        "drafts read",
        "drafts",
        "print what you have begun",
        ("hobnob drafts read 4f1c99d2", "hobnob drafts read 4f1c99d2 | hobnob post '#general'"),
        (_DRAFT,),
        action="read",
    ),
    Verb(
        "drafts drop",
        "drafts",
        "give up what you have begun, on all your devices",
        ("hobnob drafts drop 4f1c99d2",),
        (_DRAFT,),
        action="drop",
    ),
    *ATTENTION,
    Verb(
        "welcome",
        "welcome",
        "a newcomer's questions: channels and first steps that suit you; nothing without --yes",
        (
            "hobnob welcome",
            "hobnob welcome goal=learn topics=rust,sqlite",
            "hobnob welcome found=few --yes",
        ),
        (
            Argument(
                "answers",
                "QUESTION=CHOICE, several with commas between; QUESTION= skips it",
                "ANSWER",
                required=False,
                many=True,
            ),
            Argument("yes", "do what follows from the answers", sort=Sort.FLAG, option=True),
            Argument("check", "look through a file of questions instead", "FILE", option=True),
        ),
    ),
    *ME,
    *REQUESTS,
    *RECOGNITION,
    Verb(
        "feed",
        "feed",
        "list the threads you would take part in, and why; nothing of it leaves this device",
        ("hobnob feed", "hobnob feed --why -n 3", "hobnob feed --newest"),
        (
            _COUNT,
            Argument("why", "with all that a place is made of", sort=Sort.FLAG, option=True),
            Argument("newest", "by time alone: nothing is ranked", sort=Sort.FLAG, option=True),
        ),
    ),
    Verb(
        "care",
        "care",
        "list who waits for an answer, and open reports; nothing of it leaves this device",
        ("hobnob care", "hobnob care --json -n 5"),
        (_COUNT,),
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
    *CONFIG,
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
