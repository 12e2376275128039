"""The feed, whole: scored, mixed, with one row in ten to be found out about; or by time alone."""

from collections.abc import Sequence
from typing import Final

from hobnob_client.durations import DAY_MS
from hobnob_client.feed.fewer import Fewer
from hobnob_client.feed.habits import Habits
from hobnob_client.feed.mixing import mix
from hobnob_client.feed.reasons import Code, Reason
from hobnob_client.feed.scoring import Scored, explain, score
from hobnob_client.feed.talk import Talk
from hobnob_client.feed.weights import Weights, shipped
from hobnob_protocol.value import value

REASONS: Final = 2
"""On each row."""


@value
class Row:
    """One thread in its place."""

    scored: Scored
    explored: bool = False
    """It stands here so that somebody new is answered, not because it is probable."""

    def reasons(self, habits: Habits, weights: Weights | None = None) -> tuple[Reason, ...]:
        """The two that say most."""
        told = explain(self.scored, habits, weights or shipped()).reasons
        if self.explored:
            told = (Reason(Code.EXPLORED, 0.0, 0, self.scored.talk.begun_by), *told)
        return told[:REASONS]


def rank(
    talks: Sequence[Talk],
    habits: Habits,
    now_ms: int,
    *,
    fewer: Sequence[Fewer] = (),
    draw: int = 0,
    weights: Weights | None = None,
) -> list[Row]:
    """The threads that are not hidden, in the order of the feed.

    `draw` decides which thread is to be found out about: `draw_of` the moment.
    """
    scored = score(talks, habits, fewer, weights or shipped(), now_ms)
    mixed = mix([one for one in scored if one.probability > 0], draw)
    return [Row(one, explored) for one, explored in mixed]


def draw_of(now_ms: int) -> int:
    """The draw of a moment: the number of its day, so that a row stays for as long as one looks."""
    return now_ms // DAY_MS


def chronological(talks: Sequence[Talk]) -> list[Talk]:
    """The feed turned off: the newest message first, and nothing else, nothing hidden."""
    return sorted(talks, key=lambda talk: -talk.last_ms)
