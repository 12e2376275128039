"""What this device may show while the hub is away, as the bytes that it keeps.

The hub hears of it at the next sync. Whom the device has shown within a week may be shown again:
that counts once.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from hobnob_protocol.codec import decode, encode
from hobnob_protocol.errors import ProtocolError
from hobnob_protocol.ids import AccountId
from hobnob_protocol.limits import LOAD_WEEK_MS, OFFLINE_SHOWS_MAX, SHOWN_AT_ONCE
from hobnob_protocol.request_questions import Displayed

if TYPE_CHECKING:
    from hobnob_client.match.kept import Shown

T = TypeVar("T")

NOTE: Final = "match:lease"
"""Under which name a profile keeps it."""
_BYTES_MAX: Final = 1_024
_ACCOUNT_BYTES: Final = 20


@dataclass(frozen=True, slots=True)
class Lease:
    """`left` shows as the hub said at `at_ms`, all of them before it has; `untold` it has not heard
    of yet."""

    left: int = OFFLINE_SHOWS_MAX
    at_ms: int = 0
    untold: tuple[Displayed, ...] = ()

    def free(self, now_ms: int) -> int:
        """Shows of people who were not shown within the week."""
        left = self.left if now_ms - self.at_ms < LOAD_WEEK_MS else OFFLINE_SHOWS_MAX
        return max(0, left - len(self._fresh(now_ms)))

    def after(self, people: Iterable[AccountId], now_ms: int) -> "Lease":
        """These were shown by it."""
        more = (Displayed(each, now_ms) for each in people)
        return replace(self, untold=(*self._fresh(now_ms), *more)[-OFFLINE_SHOWS_MAX:])

    def told(self, told: Collection[Displayed], left: int, now_ms: int) -> "Lease":
        """The hub has heard of these, and leaves so many."""
        return Lease(left, now_ms, tuple(each for each in self.untold if each not in told))

    def _fresh(self, now_ms: int) -> tuple[Displayed, ...]:
        return tuple(each for each in self.untold if now_ms - each.at_ms < LOAD_WEEK_MS)


def allowed(
    lease: Lease, shown: "Iterable[Shown]", ranked: Iterable[tuple[AccountId, T]], now_ms: int
) -> tuple[list[T], list[AccountId]]:
    """The first three of those ranked who may be shown, and who of them takes from the lease."""
    week = {each.person for each in shown if now_ms - each.at_ms < LOAD_WEEK_MS}
    found, anew = list[T](), list[AccountId]()
    for person, each in ranked:
        if len(found) == SHOWN_AT_ONCE:
            break
        if person not in week:
            if len(anew) >= lease.free(now_ms):
                continue
            anew.append(person)
        found.append(each)
    return found, anew


def showing(people: Iterable[AccountId], now_ms: int) -> Callable[[bytes], bytes]:
    """What becomes of what is kept once these are shown."""
    shown = tuple(people)
    return lambda kept: to_bytes(from_bytes(kept).after(shown, now_ms))


def to_bytes(lease: Lease) -> bytes:
    """`[left, at_ms, [[account, at_ms], …]]`."""
    untold = tuple((each.account, each.at_ms) for each in lease.untold)
    return encode((lease.left, lease.at_ms, untold))


def from_bytes(kept: bytes) -> Lease:
    """As `to_bytes` gave it; a new one where nothing was kept, or what was is damaged."""
    try:
        found = decode(kept, _BYTES_MAX) if kept else None
    except ProtocolError:
        return Lease()
    match found:
        case (int() as left, int() as at_ms, tuple() as untold):
            return Lease(left, at_ms, tuple(each for one in untold for each in _displayed(one)))
        case _:
            return Lease()


def _displayed(found: object) -> Iterable[Displayed]:
    match found:
        case (bytes() as account, int() as at_ms) if len(account) == _ACCOUNT_BYTES:
            yield Displayed(AccountId(account), at_ms)
        case _:
            return
