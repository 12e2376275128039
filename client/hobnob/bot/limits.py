"""What a bot may hold, do at once, and wait for."""

from typing import Final

PAGE_MESSAGES: Final = 32
"""Messages read from the log at once; what waits longer waits there, not in memory."""
HANDLERS_AT_ONCE: Final = 16
"""Channels whose messages are handled at the same time; of one channel it is always one."""
THREADS: Final = 8
"""Plain functions that run at the same time."""
TIMEOUT_SECONDS: Final = 60.0
"""A handler that takes longer is ended; what it waits for the hub's budget is not counted."""
REPLAY_SECONDS: Final = 86_400.0
"""What is older when a bot meets it is not answered any more: nobody waits for it."""
QUEUED_MAX: Final = 64
"""Events that may wait to be sent before the bot says and handles no more."""
FLUSH_SECONDS: Final = 2.0
"""A bot that is told to end waits so long for the hub to take what it has said."""
HELP_LINES_MAX: Final = 40
"""Commands that one help text lists."""
ARGUMENT_SHOWN_MAX: Final = 60
"""Characters of what somebody typed that are repeated to them."""
CUT: Final = " […]"
"""What stands at the end of a text that was longer than a post may be."""
