"""The verbs that act upon one message: answer it, react to it, change it, take it back, and the
thread it is in."""

from typing import Final

from hobnob_client.verbs.verb import Argument, Sort, Verb

_MESSAGE: Final = Argument("message", "its link, or its name as tail shows it", "MESSAGE")
_TEXT: Final = Argument(
    "text",
    "what to say; - or nothing reads it from standard input",
    "TEXT",
    required=False,
    many=True,
)
_CODE: Final = Argument("code", "show it as code, as it stands", sort=Sort.FLAG, option=True)

MESSAGES: Final = (
    Verb(
        "reply",
        "reply",
        "answer a message where it stands; offline the answer waits and goes out later",
        (
            "hobnob reply 4f1c99d2 'it was the cache'",
            "hobnob reply hobnob://hub.example.org/c/…/… 'it was the cache'",
            "./try.sh 2>&1 | hobnob reply 4f1c99d2 --thread --code",
        ),
        (
            _MESSAGE,
            _TEXT,
            _CODE,
            Argument(
                "thread", "in the thread under it, begun if need be", sort=Sort.FLAG, option=True
            ),
        ),
    ),
    Verb(
        "react",
        "react",
        "give an emoji to a message, or take it back",
        ("hobnob react 4f1c99d2 :tada:", "hobnob react 4f1c99d2 👍 --undo"),
        (
            _MESSAGE,
            Argument("emoji", "itself, or its name as :tada:", "EMOJI"),
            Argument("undo", "take it back", sort=Sort.FLAG, option=True),
        ),
    ),
    Verb(
        "thank",
        "thank",
        "thank the author of a message, where everybody sees it, or take that back",
        (
            "hobnob thank 4f1c99d2 'it saved my weekend'",
            "hobnob thank 4f1c99d2 --list",
            "hobnob thank 4f1c99d2 --undo",
        ),
        (
            _MESSAGE,
            Argument("reason", "what for, on one line", "REASON", required=False, many=True),
            Argument("undo", "take it back", sort=Sort.FLAG, option=True),
            Argument("list", "show who has thanked, and what for", sort=Sort.FLAG, option=True),
        ),
    ),
    Verb(
        "edit",
        "edit",
        "give a message of yours another text; what it said before stays to be seen",
        ("hobnob edit 4f1c99d2 'it was the *other* cache'", "hobnob edit 4f1c99d2 - < better.md"),
        (_MESSAGE, _TEXT, _CODE),
    ),
    Verb(
        "delete",
        "delete",
        "take back a message of yours, for ever",
        ("hobnob delete 4f1c99d2",),
        (_MESSAGE,),
    ),
    Verb(
        "thread",
        "thread",
        "show the thread a message is in, or begins; give it a title, settle it",
        (
            "hobnob thread 4f1c99d2",
            "hobnob thread 4f1c99d2 --title 'Stale cache after the upgrade'",
            "hobnob thread 4f1c99d2 --resolve",
        ),
        (
            _MESSAGE,
            Argument("title", "call it so", "TITLE", option=True),
            Argument("resolve", "it is settled", sort=Sort.FLAG, option=True),
            Argument("reopen", "it is not settled after all", sort=Sort.FLAG, option=True),
        ),
    ),
)
