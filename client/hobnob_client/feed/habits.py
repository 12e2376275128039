"""What is known of oneself: where one writes, whom one answers, and who answers one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hobnob_client.feed.decay import Fading
from hobnob_client.feed.talk import Name
from hobnob_protocol.value import value


@value
class Habits:
    """One member's, at a moment; all counts have faded (`decay`)."""

    wrote_ms: int = 0
    """When one last wrote anything; 0 where one never did."""
    written: float = 0.0
    written_in: Mapping[Name, float] = field(default_factory=dict[Name, float])
    """One's own messages by channel."""
    wrote_in_ms: Mapping[Name, int] = field(default_factory=dict[Name, int])
    """When one last wrote in a channel."""
    answers: Mapping[Name, float] = field(default_factory=dict[Name, float])
    """How often one wrote soon after these people, or answered them."""
    answered_by: Mapping[Name, float] = field(default_factory=dict[Name, float])
    """How often these people did so after one."""
    joined: float = 0.0
    """How many threads of others one joined."""
    joined_first: float = 0.0
    """... as the first to answer."""
    said: float = 0.0
    """What everybody wrote, oneself too."""
    said_in: Mapping[Name, float] = field(default_factory=dict[Name, float])


@dataclass(slots=True)
class Memory:
    """The same while it grows. One writes in few channels and answers few people of all there are:
    what has faded below `FORGOTTEN` is dropped at each reading, so it stays small."""

    wrote_ms: int = 0
    written: Fading = field(default_factory=Fading)
    written_in: dict[Name, Fading] = field(default_factory=dict[Name, Fading])
    wrote_in_ms: dict[Name, int] = field(default_factory=dict[Name, int])
    answers: dict[Name, Fading] = field(default_factory=dict[Name, Fading])
    answered_by: dict[Name, Fading] = field(default_factory=dict[Name, Fading])
    joined: Fading = field(default_factory=Fading)
    joined_first: Fading = field(default_factory=Fading)

    def wrote(self, channel: Name, at_ms: int) -> None:
        """One wrote something."""
        self.wrote_ms = max(at_ms, self.wrote_ms)
        self.written.add(at_ms)
        self.written_in.setdefault(channel, Fading()).add(at_ms)
        self.wrote_in_ms[channel] = max(at_ms, self.wrote_in_ms.get(channel, 0))


FORGOTTEN = 0.01
"""Of one message, after some seven half-lives."""


def faded(counts: dict[Name, Fading], now_ms: int) -> dict[Name, float]:
    """What is left of each; what is forgotten is dropped from `counts` too."""
    left = {name: count.now(now_ms) for name, count in counts.items()}
    for name, count in left.items():
        if count < FORGOTTEN:
            del counts[name]
    return {name: count for name, count in left.items() if count >= FORGOTTEN}
