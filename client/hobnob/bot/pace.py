"""How long to wait before speaking, so that the hub never has to ask for patience.

The hub tells in each answer how many tokens it has left for us; they come back at a known rate
(protocol/README.md, "Saying"). What was sent since and not answered yet is taken off.
"""

from typing import Final

from hobnob.bot.limits import QUEUED_MAX
from hobnob_client.progress import Progress
from hobnob_protocol.kinds.messages import Post
from hobnob_protocol.limits import BOT_BUDGET_PER_SECOND, BUDGET_CAPACITY, BUDGET_PER_SECOND
from hobnob_protocol.registry import STANDARD

COST: Final = STANDARD.of(Post).cost
"""Tokens of the dearest thing a bot says."""


def wait_seconds(progress: Progress | None, now_ms: int, bot: bool) -> float | None:
    """Seconds until there are tokens for one post; 0 to speak now, None to wait for news.

    `bot` is whether the account has the hub role; without the link what is said waits in the
    outbox anyway, up to the bound.
    """
    if progress is None:
        return 0.0
    if progress.queued >= QUEUED_MAX:
        return None
    if progress.budget is None:
        # One to ask with, whose answer tells; off line as much as may wait.
        return None if progress.usable and progress.queued else 0.0
    tokens, told_ms = progress.budget
    per_second = BOT_BUDGET_PER_SECOND if bot else BUDGET_PER_SECOND
    filled = tokens + max(0, now_ms - told_ms) * per_second / 1_000
    left = max(tokens, min(BUDGET_CAPACITY, filled)) - progress.queued * COST
    return max(0.0, (COST - left) / per_second)
