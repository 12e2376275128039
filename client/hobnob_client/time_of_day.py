"""What time it is, and how long a day takes: in milliseconds, as all times here are."""

import time
from typing import Final

DAY_MS: Final = 86_400_000


def now_ms() -> int:
    """Milliseconds since 1970 by the clock of this machine, which may be set."""
    return round(time.time() * 1_000)
