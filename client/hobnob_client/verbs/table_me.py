"""The verbs about what others may do with what one has said."""

from typing import Final

from hobnob_client.verbs.verb import Argument, Verb
from hobnob_protocol.kinds.consents import PURPOSES

_PURPOSE: Final = Argument("purpose", "what for", "PURPOSE", choices=PURPOSES)

ME: Final = (
    Verb(
        "me",
        "me",
        "show what you agree to, purpose by purpose",
        ("hobnob me", "hobnob me --json"),
        action="show",
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
)
