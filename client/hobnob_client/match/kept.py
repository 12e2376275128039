"""Whom this device has shown, as the bytes that it keeps; nobody else is told.

Each show makes the next one dearer, and nobody is shown more often in a week than they take; a week
of silence makes cheap again. One person's needs lead to so many people a week at
most, so that nobody can list a community by asking.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hobnob_client.durations import HOUR_MS
from hobnob_client.match.choosing import Load
from hobnob_client.match.price import NO_PRICE
from hobnob_client.match.rules import shows_of
from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import AccountId
from hobnob_protocol.limits import (
    LOAD_WEEK_MS,
    SHOWN_TO_ONE_MAX,
)

NOTE: Final = "match:shown"
"""Under which name a profile keeps it."""
SAME_MS: Final = HOUR_MS
"""Who is shown again so soon was shown once: it is the same need, looked at again."""
FORGOTTEN_MS: Final = 4 * LOAD_WEEK_MS
"""Of the price of a show a fiftieth would be left."""
SHOWN_MAX: Final = 1_000
"""The newest; the oldest are forgotten beyond."""
BYTES_MAX: Final = 65_536
_ACCOUNT_BYTES: Final = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """One show of a person."""

    person: AccountId
    at_ms: int


def with_shown(
    shown: Sequence[Shown], people: Iterable[AccountId], now_ms: int
) -> tuple[Shown, ...]:
    """These people were shown too."""
    lately = {each.person for each in shown if now_ms - each.at_ms < SAME_MS}
    more = (Shown(person, now_ms) for person in people if person not in lately)
    return (*shown, *more)[-SHOWN_MAX:]


def showing(people: Iterable[AccountId], now_ms: int) -> Callable[[bytes], bytes]:
    """What becomes of the bytes that are kept when these people are shown. They are read when they
    are written: what another hobnob of the profile has shown meanwhile stays."""
    seen = tuple(people)

    def shown(before: bytes) -> bytes:
        return to_bytes(with_shown(from_bytes(before), seen, now_ms), now_ms)

    return shown


def load(shown: Iterable[Shown], takes: int, step: float, now_ms: int) -> Load:
    """What somebody's shows leave of the week of one who takes so many requests, 0 to `ASKS_MAX`;
    `step` is η of the price."""
    price, week, shows = NO_PRICE, 0, shows_of(takes)
    for each in shown:
        price = price.after_show(shows, each.at_ms, step)
        week += now_ms - each.at_ms < LOAD_WEEK_MS
    return Load(shows, takes, max(0, shows - week), price)


def by_person(shown: Sequence[Shown]) -> Mapping[AccountId, list[Shown]]:
    """The shows of each who was shown."""
    found = defaultdict[AccountId, list[Shown]](list)
    for each in shown:
        found[each.person].append(each)
    return found


def only(shown: Sequence[Shown], now_ms: int) -> frozenset[AccountId] | None:
    """Who alone can be shown still, once so many different people were in a week; None for
    everybody."""
    week = frozenset(each.person for each in shown if now_ms - each.at_ms < LOAD_WEEK_MS)
    return week if len(week) >= SHOWN_TO_ONE_MAX else None


def to_bytes(shown: Sequence[Shown], now_ms: int) -> bytes:
    """Those that still count: `[[account, at_ms], …]`; no bytes for none."""
    kept = [(each.person, each.at_ms) for each in shown if now_ms - each.at_ms < FORGOTTEN_MS]
    return encode(tuple(kept[-SHOWN_MAX:])) if kept else b""


def from_bytes(kept: bytes) -> tuple[Shown, ...]:
    """As `to_bytes` gave it; what is damaged is left out."""
    try:
        found = decode(kept, BYTES_MAX) if kept else ()
    except ProtocolError:
        return ()
    shown: list[Shown] = []
    for each in found if type(found) is tuple else ():
        match each:
            case (bytes() as person, int() as at_ms) if len(person) == _ACCOUNT_BYTES:
                shown.append(Shown(AccountId(person), at_ms))
            case _:
                pass
    return tuple(shown)
