"""What time it is."""

import time


def now_ms() -> int:
    """Milliseconds since 1970 by the clock of this machine, which may be set."""
    return round(time.time() * 1_000)
