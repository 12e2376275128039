"""What time it is, as a value that tests can set."""

import time
from typing import Final, Protocol

_NS_PER_MS: Final = 1_000_000


class Clock(Protocol):
    """Two clocks, both in milliseconds."""

    def wall_ms(self) -> int:
        """Since 1970: what members are told and events are stamped with."""
        ...

    def monotonic_ms(self) -> int:
        """Never goes back: what deadlines are counted by."""
        ...


class SystemClock:
    """The machine's own."""

    def wall_ms(self) -> int:
        """Since 1970."""
        return time.time_ns() // _NS_PER_MS

    def monotonic_ms(self) -> int:
        """Since some moment."""
        return time.monotonic_ns() // _NS_PER_MS
