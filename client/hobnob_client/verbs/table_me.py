"""The verbs about what others may do with what one has said."""

from typing import Final

from hobnob_client.verbs.verb import Argument, Sort, Verb
from hobnob_protocol.kinds.consents import PURPOSES

_PURPOSE: Final = Argument("purpose", "what for", "PURPOSE", choices=PURPOSES)
# They are not named here: every verb would pay for importing them.
_FIELD: Final = Argument("field", "a field that hobnob me shows, as helps_with", "FIELD")

ME: Final = (
    Verb(
        "me",
        "me",
        "show what you say of yourself, and what you agree to, purpose by purpose",
        ("hobnob me", "hobnob me --json"),
        action="show",
    ),
    Verb(
        "me set",
        "me",
        "fill in one field of your profile; every one is optional",
        (
            "hobnob me set helps_with sqlite backups 'first talks'",
            "hobnob me set zone UTC+1",
            "hobnob me set hours 18-22",
        ),
        (
            _FIELD,
            Argument("value", "what it says: words, each in its own", "VALUE", many=True),
        ),
        action="set",
    ),
    Verb(
        "me clear",
        "me",
        "empty one field of your profile",
        ("hobnob me clear goals",),
        (_FIELD,),
        action="clear",
    ),
    Verb(
        "me allow",
        "me",
        "agree to one purpose; you can withdraw at any time",
        ("hobnob me allow matching",),
        (_PURPOSE,),
        action="allow",
    ),
    Verb(
        "me withdraw",
        "me",
        "agree to one purpose no longer: what was made of it is used no more",
        ("hobnob me withdraw recognition",),
        (_PURPOSE,),
        action="withdraw",
    ),
    Verb(
        "me export",
        "me_export",
        "write what this device holds of you into a new file that you alone can read",
        ("hobnob me export ~/mine.jsonl",),
        (Argument("file", "a new file, JSON records one a line", "FILE"),),
    ),
    Verb(
        "people",
        "people",
        "find members by what they say of themselves, if they agree to being found",
        (
            "hobnob people",
            "hobnob people helps:sqlite lang:de here:evening",
            "hobnob people @ana",
        ),
        (
            Argument(
                "words",
                "anything they say, a handle, or helps: seeks: lang: level: zone: here:",
                "WORD",
                required=False,
                many=True,
            ),
        ),
    ),
    Verb(
        "match",
        "match",
        "three people for what you need, and why; the hub hears whom you are shown, never what for",
        (
            "hobnob match 'our SQLite locks up on a network share'",
            "hobnob match --no-questions --why 'review my first talk'",
            "hobnob match --json 'restore a backup' | jq -r .handle",
        ),
        (
            Argument("words", "what you need, in your words", "WORD", required=False, many=True),
            Argument(
                "no_questions", "ask nothing first: show three at once", sort=Sort.FLAG, option=True
            ),
            Argument("why", "with all that a rank is made of", sort=Sort.FLAG, option=True),
        ),
    ),
)
