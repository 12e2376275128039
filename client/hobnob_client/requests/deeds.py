"""What one does with a request and the hub has not heard yet, as the bytes that this device keeps.

The hub takes nothing back: so it is told a little later, and until then the deed can be undone; and
what is done while the hub is away is told once it is there. Told twice it changes nothing.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import TargetId
from hobnob_protocol.request_questions import ACTS
from hobnob_protocol.value import value

NOTE: Final = "requests:deeds"
"""Under which name a profile keeps them."""
NEXT: Final = "next"
"""Beside the acts of the hub: to ask whoever was ranked behind one who has not answered."""
DEEDS_MAX: Final = 100
"""The newest; there are not more requests that wait for something."""
BECOMES: Final = {
    "accept": "accepted",
    "decline": "declined",
    "withdraw": "withdrawn",
    "meet": "met",
    "helped": "helped",
    "not_helped": "not_helped",
}
"""How a request stands once a deed is told; of the others it stands as before."""
_BYTES_MAX: Final = 1 << 16


@value
class Deed:
    """`what` is one of `ACTS`, or `NEXT`; the hub does not hear of it before `at_ms`."""

    request: TargetId
    what: str
    at_ms: int


def with_deed(deeds: Iterable[Deed], one: Deed) -> tuple[Deed, ...]:
    """With this one, instead of what was to be done with the same request."""
    others = (each for each in deeds if each.request != one.request)
    return (*others, one)[-DEEDS_MAX:]


def without(deeds: Iterable[Deed], one: Deed) -> tuple[Deed, ...]:
    """Without this one; another one with the same request stays."""
    return tuple(each for each in deeds if each != one)


def to_bytes(deeds: Sequence[Deed]) -> bytes:
    """`[[request, what, at_ms], …]`; no bytes for none."""
    return encode(tuple((one.request, one.what, one.at_ms) for one in deeds)) if deeds else b""


def from_bytes(kept: bytes) -> tuple[Deed, ...]:
    """As `to_bytes` gave it; what is damaged, or not known, is left out."""
    try:
        rows = decode(kept, _BYTES_MAX) if kept else ()
    except ProtocolError:
        return ()
    found: list[Deed] = []
    for row in rows if type(rows) is tuple else ():
        match row:
            case (bytes() as request, str() as what, int() as at_ms) if what in (*ACTS, NEXT):
                found.append(Deed(TargetId(request), what, at_ms))
            case _:
                pass
    return tuple(found)
