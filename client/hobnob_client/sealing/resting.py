"""What has not changed for a while: so long is it left alone, and typing is not told by it."""

from collections.abc import Iterable

from hobnob_client.sealing.meeting import Held
from hobnob_protocol.limits import PRIVATE_IDLE_SECONDS


class Resting:
    """Since when each change has been seen to stand; clocks of other processes do not matter."""

    def __init__(self) -> None:
        self._since: dict[bytes, tuple[int, int]] = {}
        self.later_seconds: int | None = None
        """When the next one will have rested."""

    def rested(self, edited: Iterable[Held], now_seconds: int) -> tuple[Held, ...]:
        """Those that stand for long enough."""
        before, self._since = self._since, {}
        found: list[Held] = []
        self.later_seconds = None
        for row in edited:
            edited_ms, since = before.get(row.name, (0, 0))
            if edited_ms != row.edited_ms:
                since = now_seconds
            self._since[row.name] = row.edited_ms, since
            ready = since + PRIVATE_IDLE_SECONDS
            # A clock that was put back makes nobody wait for ever.
            if not since <= now_seconds < ready:
                found.append(row)
            elif self.later_seconds is None or ready < self.later_seconds:
                self.later_seconds = ready
        return tuple(found)
