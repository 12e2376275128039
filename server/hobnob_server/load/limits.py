"""Every bound of matching on a running hub, with its reason."""

from typing import Final

SLICE_EVENTS: Final = 500
SLICE_BYTES: Final = 1_048_576
"""Of what members say of themselves, read between two commits: some ten milliseconds."""
TOGETHER_MAX: Final = 32
"""Questions settled in one transaction, which waits between two commits of messages."""
WAITING_MAX: Final = 256
"""Questions that wait to be settled, one of each account; who comes then is told to ask later."""
