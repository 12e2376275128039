"""What this device knows of the requests it has made, as the bytes that it keeps: what each is
about, who would be the next, and whether it was sent. The hub knows nothing of that."""

from collections.abc import Iterable, Sequence
from typing import Final, cast

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import AccountId, TargetId
from hobnob_protocol.limits import OFFERED_MAX
from hobnob_protocol.value import value

MADE: Final = "requests:made"
RANKED: Final = "requests:ranked"
"""Under which names a profile keeps what it has made, and whom it ranked last."""
LISTED: Final = "requests:listed"
"""... and what the hub told last."""
LISTED_AT: Final = "requests:listed:at"
"""... and when that was, in ms since 1970."""
MADE_MAX: Final = 100
"""The newest: a month of asking every day, and more than once."""
NOTE_TEXT_MAX: Final = 1_000
"""Letters of a note that are kept beside it; all of it stands in the conversation."""
_BYTES_MAX: Final = 1 << 20


@value
class Made:
    """One request: its id is made before anybody hears of it, so that it is asked once."""

    request: TargetId
    person: AccountId
    note: str
    next_people: tuple[AccountId, ...] = ()
    """Who was ranked behind them, the best first."""
    follows: TargetId | None = None
    sent: bool = False
    """Does the note wait to be sent, or was it?"""


def with_made(made: Sequence[Made], one: Made) -> tuple[Made, ...]:
    """With this one in its place, or at the end."""
    if any(each.request == one.request for each in made):
        return tuple(one if each.request == one.request else each for each in made)
    return (*made, one)[-MADE_MAX:]


def unsent(made: Iterable[Made], person: AccountId) -> Made | None:
    """What was begun to be asked of somebody, and the hub has not settled."""
    return next((each for each in made if each.person == person and not each.sent), None)


def behind(ranked: Sequence[AccountId], person: AccountId) -> tuple[AccountId, ...]:
    """Who would be the next after this one, if they were ranked at all."""
    if person not in ranked:
        return ()
    return tuple(each for each in ranked if each != person)[: OFFERED_MAX - 1]


def ranked_bytes(ranked: Sequence[AccountId]) -> bytes:
    """Whom the wizard ranked last, best first."""
    return encode(tuple(ranked[:OFFERED_MAX]))


def ranked_of(kept: bytes) -> tuple[AccountId, ...]:
    """As `ranked_bytes` gave it; nobody where it is damaged."""
    found = _decoded(kept)
    return tuple(AccountId(each) for each in found if type(each) is bytes)


def to_bytes(made: Sequence[Made]) -> bytes:
    """`[[request, person, note, [person, …], follows, sent], …]`; no bytes for none."""
    rows = [
        (one.request, one.person, one.note[:NOTE_TEXT_MAX], one.next_people, one.follows, one.sent)
        for one in made[-MADE_MAX:]
    ]
    return encode(tuple(rows)) if rows else b""


def from_bytes(kept: bytes) -> tuple[Made, ...]:
    """As `to_bytes` gave it; what is damaged is left out."""
    found = list[Made]()
    for row in _decoded(kept):
        match row:
            case (
                bytes() as request,
                bytes() as person,
                str() as note,
                object() as people,
                bytes() | None as follows,
                bool() as sent,
            ) if type(people) is tuple:
                found.append(
                    Made(
                        TargetId(request),
                        AccountId(person),
                        note,
                        tuple(map(AccountId, cast("tuple[bytes, ...]", people))),
                        None if follows is None else TargetId(follows),
                        sent,
                    )
                )
            case _:
                pass
    return tuple(found)


def _decoded(kept: bytes) -> tuple[object, ...]:
    try:
        found = decode(kept, _BYTES_MAX) if kept else ()
    except ProtocolError:
        return ()
    return found if type(found) is tuple else ()
