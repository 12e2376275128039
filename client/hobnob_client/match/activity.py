"""What people did in public channels, post by post: the past that a ranking knows."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from hobnob_client.durations import DAY_MS, HOUR_MS
from hobnob_client.match.tally import Tally, faded

ANSWER_MS: Final = DAY_MS
"""Who writes in another's thread so soon after its beginning has answered it."""
ABOUT_MS: Final = 90 * DAY_MS
"""Who wrote nothing for so long is not proposed."""

Who = TypeVar("Who", bound=Hashable)
"""A person, as the caller names them: an account, or a number in an archive."""
Where = TypeVar("Where", bound=Hashable)
"""A channel or a thread, in the same way."""


@dataclass(frozen=True, slots=True)
class Post(Generic[Who, Where]):
    """One message in a public channel. Posts come in order of time."""

    at_ms: int
    channel: Where
    thread: Where
    author: Who


@dataclass(slots=True)
class Past(Generic[Who, Where]):
    """One person's past."""

    all: Tally = field(default_factory=Tally)
    channels: dict[Where, Tally] = field(default_factory=dict[Where, Tally])
    hours: list[float] = field(default_factory=lambda: [0.0] * 24)
    """Posts by hour of the day, UTC, faded as `all.posts`."""
    hours_ms: int = 0
    pairs: dict[Who, tuple[float, int]] = field(default_factory=dict[Who, tuple[float, int]])
    """How often they answered a person, and when that was counted."""
    posts: int = 0
    """In all their time, unfaded."""
    last_ms: int = 0

    def at_hour(self, hour: int) -> float:
        """The share of their posts in an hour and, by half, those beside it: 1/12 for somebody
        whose hours are unknown or all alike."""
        hours = self.hours
        around = hours[hour] + 0.5 * (hours[hour - 1] + hours[(hour + 1) % 24])
        return (around + 1) / (sum(hours) + 12)

    def pair(self, other: Who, now_ms: int) -> float:
        """How often they answered that person, faded."""
        count, at_ms = self.pairs.get(other, (0.0, now_ms))
        return count * faded(now_ms - at_ms)

    def seen_at(self, at_ms: int) -> None:
        """They wrote at that moment."""
        left = faded(at_ms - self.hours_ms)
        self.hours = [each * left for each in self.hours]
        self.hours[at_ms // HOUR_MS % 24] += 1
        self.hours_ms = at_ms


@dataclass(slots=True)
class _Thread(Generic[Who]):
    by: Who
    at_ms: int
    answered_by: set[Who] = field(default_factory=set[Who])


class Activity(Generic[Who, Where]):
    """What everybody did until now."""

    def __init__(self) -> None:
        self._people: defaultdict[Who, Past[Who, Where]] = defaultdict(Past[Who, Where])
        self._threads: dict[Where, _Thread[Who]] = {}

    def past(self, person: Who) -> Past[Who, Where]:
        """What one person did; an empty past for one never seen."""
        return self._people[person] if person in self._people else Past()

    def began_by(self, thread: Where) -> Who | None:
        """Who began a thread; None if nobody has."""
        return self._threads[thread].by if thread in self._threads else None

    def answered_by(self, thread: Where) -> set[Who]:
        """Who has written in a thread that another began."""
        return self._threads[thread].answered_by if thread in self._threads else set()

    def about(self, now_ms: int) -> Iterator[Who]:
        """Who wrote within the last ninety days, in the order in which they first came."""
        return (who for who, past in self._people.items() if now_ms - past.last_ms < ABOUT_MS)

    def see(self, post: Post[Who, Where]) -> None:
        """One post more."""
        person, at_ms = self._people[post.author], post.at_ms
        thread = self._threads.get(post.thread)
        began = thread is None
        answered = first = False
        if thread is None:
            self._threads[post.thread] = _Thread(post.author, at_ms)
        elif thread.by != post.author and post.author not in thread.answered_by:
            first = not thread.answered_by
            answered = at_ms - thread.at_ms <= ANSWER_MS
            thread.answered_by.add(post.author)
            person.pairs[thread.by] = (person.pair(thread.by, at_ms) + 1, at_ms)
        if post.channel not in person.channels:
            person.channels[post.channel] = Tally(at_ms=at_ms)
        for tally in (person.all, person.channels[post.channel]):
            tally.add(at_ms, answered=answered, first=first, began=began)
        person.seen_at(at_ms)
        person.posts += 1
        person.last_ms = at_ms
