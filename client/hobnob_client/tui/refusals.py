"""Why something was not taken, in words a member can do something with."""

from typing import Final

from hobnob_client import term_safe
from hobnob_client.catalogue import later, t
from hobnob_protocol.errors import Refusal

WORDS: Final = {
    Refusal.INVALID: later("the hub finds it is not as it must be"),
    Refusal.BAD_SIGNATURE: later("its signature is not this device's"),
    Refusal.UNKNOWN_KIND: later("this hub does not know such a thing yet"),
    Refusal.NOT_MEMBER: later("you are not in this channel"),
    Refusal.NOT_ALLOWED: later("your role may not do this here"),
    Refusal.BANNED: later("you are banned here"),
    Refusal.NO_TARGET: later("what it is about is not there"),
    Refusal.NOT_AUTHOR: later("only its author may do this"),
    Refusal.GONE: later("what it is about was deleted"),
    Refusal.CLOSED: later("this is closed"),
    Refusal.EXISTS: later("that name is taken"),
    Refusal.TOO_MANY: later("there are as many of these as there may be"),
    Refusal.ERASED: later("it was erased and may not come back"),
}


def words(code: str) -> str:
    """What a code says; a later hub may have codes that we do not know."""
    known = Refusal(code) if code in WORDS else None
    return t(WORDS[known]) if known is not None else term_safe.line(code)
