"""What one who looks for help was shown in the last week, and whom they asked."""

from dataclasses import dataclass, replace
from typing import TypeVar

from hobnob_protocol.ids import AccountId, DeviceId
from hobnob_protocol.limits import (
    ASKED_BY_ONE_MAX,
    LOAD_WEEK_MS,
    OFFLINE_SHOWS_MAX,
    SHOWN_TO_ONE_MAX,
)
from hobnob_server.engines.load.person import Times, within_week

_Id = TypeVar("_Id", AccountId, DeviceId)


@dataclass(frozen=True, slots=True)
class Asker:
    """One row an account; all of it is of the last seven days once `pruned`."""

    saw: tuple[tuple[AccountId, int], ...] = ()
    """Whom they were shown, and when that was counted."""
    offline: tuple[tuple[DeviceId, int], ...] = ()
    """Shows that a device made without the hub, and when they were counted."""
    asked: tuple[tuple[AccountId, int], ...] = ()
    """Whom they asked, and when; with those that follow upon an expired request."""
    began: Times = ()
    """When they asked without following upon an expired request."""

    def pruned(self, now_ms: int) -> "Asker":
        """Without what is older than a week."""

        return Asker(
            _fresh(self.saw, now_ms),
            _fresh(self.offline, now_ms),
            _fresh(self.asked, now_ms),
            within_week(self.began, now_ms),
        )

    def has_seen(self, person: AccountId) -> bool:
        """Was this person counted for them already?"""
        return any(each == person for each, _ in self.saw)

    def has_asked(self, person: AccountId) -> bool:
        """... and asked?"""
        return any(each == person for each, _ in self.asked)

    def lease(self, device: DeviceId) -> int:
        """Shows that this device may still make before it hears of the hub again."""
        return max(0, OFFLINE_SHOWS_MAX - sum(each == device for each, _ in self.offline))

    def may_see_more(self) -> bool:
        """Is there a person left they may be shown whom they have not seen this week?"""
        return len(self.saw) < SHOWN_TO_ONE_MAX

    def may_begin(self) -> bool:
        """May they ask somebody anew?"""
        return len(self.began) < ASKED_BY_ONE_MAX

    def after_show(self, person: AccountId, now_ms: int) -> "Asker":
        """That person was counted."""
        return replace(self, saw=(*self.saw, (person, now_ms)))

    def after_offline(self, device: DeviceId, now_ms: int) -> "Asker":
        """That device made one show more by itself."""
        return replace(self, offline=(*self.offline, (device, now_ms)))

    def after_ask(self, person: AccountId, now_ms: int, *, follows: bool) -> "Asker":
        """That person was asked."""
        began = self.began if follows else (*self.began, now_ms)
        return replace(self, asked=(*self.asked, (person, now_ms)), began=began)


def _fresh(rows: tuple[tuple[_Id, int], ...], now_ms: int) -> tuple[tuple[_Id, int], ...]:
    return tuple(row for row in rows if now_ms - row[1] < LOAD_WEEK_MS)
