"""The verbs about what is sealed, and with whom: direct messages, private groups, and whether
somebody is who they say."""

from typing import Final

from hobnob_client.verbs.verb import Argument, Sort, Verb

WORDS: Final = (
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
)
"""What is said, and what it answers."""
_GROUP: Final = Argument("group", "a group: &TITLE, or its members as @bob,@carol", "GROUP")
_HANDLES: Final = Argument("handles", "whom, by handle", "HANDLE", many=True)

CONVERSATIONS: Final = (
    Verb(
        "dm",
        "dm",
        "say something to one member, sealed: nobody else can read it, the hub neither",
        (
            "hobnob dm bob 'are you there?'",
            "git diff | hobnob dm bob --code",
            "hobnob tail @bob -f",
        ),
        (
            Argument("handle", "whom, by handle", "HANDLE"),
            *WORDS,
        ),
    ),
    Verb(
        "conversations",
        "conversations",
        "list your direct messages and private groups, with what is unread",
        ("hobnob conversations", "hobnob conversations --json"),
    ),
    Verb(
        "group new",
        "group",
        "begin a private group, sealed: its members alone read it",
        (
            "hobnob group new bob carol --title plans",
            "hobnob post '&plans' 'at noon?'",
        ),
        (
            _HANDLES,
            Argument("title", "what its members call it", "TITLE", option=True),
        ),
        action="new",
    ),
    Verb(
        "group add",
        "group",
        "let more members in: they see what is said from now on",
        ("hobnob group add '&plans' dave",),
        (
            _GROUP,
            _HANDLES,
        ),
        action="add",
    ),
    Verb(
        "group remove",
        "group",
        "put members out: they read nothing that is said from now on",
        ("hobnob group remove '&plans' dave",),
        (
            _GROUP,
            _HANDLES,
        ),
        action="remove",
    ),
    Verb(
        "group promote",
        "group",
        "let members be admins of a group",
        ("hobnob group promote '&plans' bob",),
        (
            _GROUP,
            _HANDLES,
        ),
        action="promote",
    ),
    Verb(
        "group leave",
        "group",
        "leave a group; what was kept of it here goes",
        ("hobnob group leave '&plans'",),
        (_GROUP,),
        action="leave",
    ),
    Verb(
        "group title",
        "group",
        "give a group a title that its members alone see",
        ("hobnob group title '@bob,@carol' plans for spring",),
        (
            _GROUP,
            Argument("title", "the title", "TITLE", many=True),
        ),
        action="title",
    ),
    Verb(
        "verify",
        "verify",
        "compare a number with somebody, to know that nobody stands between you",
        ("hobnob verify bob", "hobnob verify bob 83912 74771 33932 …", "hobnob verify bob --undo"),
        (
            Argument("handle", "whom, by handle", "HANDLE"),
            Argument(
                "number",
                "the number as the other has it, sixty digits: marks them as verified",
                "NUMBER",
                required=False,
                many=True,
            ),
            Argument("undo", "take the mark back", sort=Sort.FLAG, option=True),
        ),
    ),
)
