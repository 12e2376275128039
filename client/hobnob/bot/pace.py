"""How long to wait before speaking, so that the hub never has to ask for patience.

The hub tells in each answer how many tokens it has left for us; they come back at a known rate
(protocol/README.md, "Saying"). What was sent since and not answered yet is taken off.
"""

from typing import Final

from hobnob.bot.limits import QUEUED_MAX
from hobnob_client.progress import Progress
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import BOT_BUDGET_PER_SECOND, BUDGET_PER_SECOND
from hobnob_protocol.registry import STANDARD

COST: Final = STANDARD.of(Post).cost
"""Tokens of the dearest thing a bot says."""


class Pace:
    """Remembers the most the hub ever left: how much it lets gather is the operator's choice."""

    def __init__(self) -> None:
        self._most = 0

    def wait_seconds(self, progress: Progress | None, now_ms: int, bot: bool) -> float | None:
        """Seconds until there are tokens for one post; 0 to speak now, None to wait for news.

        `bot` is whether the account has the hub role. Without a link what is said waits in the
        outbox, up to the bound.
        """
        if progress is None:
            return 0.0
        if progress.queued >= QUEUED_MAX:
            return None
        if progress.budget is None:
            # One to ask with, whose answer tells; off line as much as may wait.
            return None if progress.usable and progress.queued else 0.0
        tokens, told_ms = progress.budget
        self._most = max(self._most, tokens + COST)
        per_second = BOT_BUDGET_PER_SECOND if bot else BUDGET_PER_SECOND
        gained = max(0, now_ms - told_ms) * per_second / 1_000
        left = min(self._most, tokens + gained) - progress.queued * COST
        return max(0.0, (COST - left) / per_second)
