"""The same past, counted once for one moment: what fades is weighed by its age and added up.

`Activity` lets every count fade from post to post, for it is asked again and again. Who asks once
need not: a sum of faded posts is the sum of what each has faded to. So some ten thousand posts cost
a tenth of a second, and only the people who are asked about are counted.
"""

from collections.abc import Container
from dataclasses import replace
from typing import Final, Generic

from hobnob_client.durations import HOUR_MS
from hobnob_client.match.activity import (
    ABOUT_MS,
    ANSWER_MS,
    Past,
    Post,
    Where,
    Who,
)
from hobnob_client.match.tally import LATELY_MS, Tally, faded


class AsOf(Generic[Who, Where]):
    """What some people did, as it counts at a moment; whoever else posted counts only as whom they
    answered, and who was there before them."""

    def __init__(self, people: Container[Who], now_ms: int) -> None:
        self._wanted = people
        self._now_ms: Final = now_ms
        self._people: dict[Who, Past[Who, Where]] = {}
        self._threads: dict[Where, tuple[Who, int, set[Who]]] = {}

    def past(self, person: Who) -> Past[Who, Where]:
        """What one of them did; an empty past for one never seen."""
        past = self._people.get(person)
        if past is None:
            return Past()
        # Hours count as they did when somebody last wrote: who was away did not lose habits.
        before = faded(self._now_ms - past.last_ms)
        return replace(past, hours=[each / before for each in past.hours], hours_ms=past.last_ms)

    def about(self, person: Who) -> bool:
        """Have they written within the last ninety days?"""
        past = self._people.get(person)
        return past is not None and self._now_ms - past.last_ms < ABOUT_MS

    def see(self, post: Post[Who, Where]) -> None:
        """One post more, later than those before."""
        author, at_ms = post.author, post.at_ms
        thread = self._threads.get(post.thread)
        answered = first = False
        if thread is None:
            self._threads[post.thread] = (author, at_ms, set())
        elif thread[0] != author and author not in thread[2]:
            first = not thread[2]
            answered = at_ms - thread[1] <= ANSWER_MS
            thread[2].add(author)
            if author in self._wanted:
                self._count_pair(author, thread[0], at_ms)
        if author in self._wanted:
            self._count(post, answered=answered, first=first, began=thread is None)

    def _count_pair(self, author: Who, other: Who, at_ms: int) -> None:
        pairs = self._people.setdefault(author, Past()).pairs
        pairs[other] = (pairs.get(other, (0.0, 0))[0] + self._left(at_ms), self._now_ms)

    def _count(self, post: Post[Who, Where], *, answered: bool, first: bool, began: bool) -> None:
        past = self._people.setdefault(post.author, Past())
        left = self._left(post.at_ms)
        lately = faded(self._now_ms - post.at_ms, LATELY_MS)
        here = past.channels.setdefault(post.channel, Tally())
        for tally in (past.all, here):
            tally.posts += left
            tally.lately += lately
            tally.answered += left * answered
            tally.firsts += left * first
            tally.began += left * began
            tally.at_ms = self._now_ms
            tally.last_ms = post.at_ms
        past.hours[post.at_ms // HOUR_MS % 24] += left
        past.posts += 1
        past.last_ms = post.at_ms

    def _left(self, at_ms: int) -> float:
        return faded(self._now_ms - at_ms)
