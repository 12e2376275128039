"""What was said, folded message by message into threads and habits.

On a device it keeps the habits of one member; an evaluation keeps those of all in one pass.
"""

from collections import OrderedDict, deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from hobnob_client.durations import DAY_MS, HOUR_MS
from hobnob_client.feed.decay import Fading
from hobnob_client.feed.habits import Habits, Memory, faded
from hobnob_client.feed.talk import Name, Talk
from hobnob_protocol.value import value

RECENT_MAX: Final = 60
"""Messages of a thread that are kept with their time: more than that in a day is simply much."""
LATEST_MAX: Final = 9
"""People of a thread who are kept in the order in which they wrote last."""
BEFORE: Final = 3
"""Whoever writes answers those who wrote the last three messages, as far as anybody can tell."""
ANSWERED_WITHIN_MS: Final = 3 * DAY_MS
NEWCOMER_SAID: Final = 5
"""Whoever wrote no more than that is new."""
ACTIVE_MS: Final = 7 * DAY_MS
"""Threads that were quiet for longer are no candidates (community.md 2.4)."""
TWO_HOURS_MS: Final = 2 * HOUR_MS


@value
class Post:
    """One message, as the ledger takes it; in order of time."""

    thread: Name
    channel: Name
    author: Name
    at_ms: int
    length: int = 0
    question: bool | None = None
    answers: Name | None = None
    """Who wrote what it answers."""
    mentions: Sequence[Name] = ()
    begins: bool = True
    """It begins its thread where it is the first that is added; False where what came before it is
    not known, as under a root that is not here."""


@dataclass(slots=True)
class _Thread:
    channel: Name
    begun_ms: int
    begun_by: Name | None
    newcomer: bool
    last: Post
    said: int = 0
    by: dict[Name, tuple[int, int]] = field(default_factory=dict[Name, tuple[int, int]])
    """Of each author: how many messages, and how many the thread had with the last of them."""
    recent: deque[tuple[int, Name]] = field(default_factory=lambda: deque(maxlen=RECENT_MAX))
    latest: list[Name] = field(default_factory=list[Name])
    called: dict[Name, int] = field(default_factory=dict[Name, int])
    """Who was mentioned or answered, and when last."""


class Ledger:
    """Threads and habits, up to the last message that was added."""

    def __init__(self, me: Name | None = None, announcements: Collection[Name] = ()) -> None:
        """The habits of `me` alone are kept, or everybody's where it is None."""
        self._me = me
        self._announcements = frozenset(announcements)
        self._threads: OrderedDict[Name, _Thread] = OrderedDict()
        """The one in which something was said last stands last."""
        self._memories: dict[Name, Memory] = {}
        self._wrote: dict[Name, int] = {}
        self._said = Fading()
        self._said_in: dict[Name, Fading] = {}

    def add(self, post: Post) -> None:
        """One more message; it may not be older than the one before."""
        thread = self._threads.get(post.thread)
        wrote = self._wrote.get(post.author, 0)
        if thread is None:
            new = post.begins and wrote <= NEWCOMER_SAID
            by = post.author if post.begins else None
            thread = _Thread(post.channel, post.at_ms, by, new, post)
            self._threads[post.thread] = thread
        self._threads.move_to_end(post.thread)
        self._answer(thread, post)
        if thread.said and post.author not in thread.by and self._keeps(post.author):
            self._join(thread, post)
        thread.said += 1
        if post.author in thread.latest:
            thread.latest.remove(post.author)
        thread.latest.insert(0, post.author)
        del thread.latest[LATEST_MAX:]
        thread.by[post.author] = (thread.by.get(post.author, (0, 0))[0] + 1, thread.said)
        thread.recent.append((post.at_ms, post.author))
        thread.last = post
        self._wrote[post.author] = wrote + 1
        self._said.add(post.at_ms)
        self._said_in.setdefault(post.channel, Fading()).add(post.at_ms)
        if self._keeps(post.author):
            self._memory(post.author).wrote(post.channel, post.at_ms)

    def _join(self, thread: _Thread, post: Post) -> None:
        memory = self._memory(post.author)
        memory.joined.add(post.at_ms)
        if thread.begun_by is not None and len(thread.by) == 1:
            memory.joined_first.add(post.at_ms)

    def _answer(self, thread: _Thread, post: Post) -> None:
        """Whom it answers, and whom it calls."""
        answered: dict[Name, None] = {} if post.answers is None else {post.answers: None}
        for name in (*post.mentions, *answered):
            if name != post.author and self._keeps(name):
                thread.called[name] = post.at_ms
        for at_ms, author in islice(reversed(thread.recent), BEFORE):
            if post.at_ms - at_ms < ANSWERED_WITHIN_MS:
                answered[author] = None
        answered.pop(post.author, None)
        for name in answered:
            if self._keeps(post.author):
                self._memory(post.author).answers.setdefault(name, Fading()).add(post.at_ms)
            if self._keeps(name):
                known = self._memory(name).answered_by
                known.setdefault(post.author, Fading()).add(post.at_ms)

    def _keeps(self, name: Name) -> bool:
        return self._me is None or name == self._me

    def _memory(self, name: Name) -> Memory:
        found = self._memories.get(name)
        if found is None:
            found = self._memories[name] = Memory()
        return found

    def habits(self, me: Name, now_ms: int) -> Habits:
        """Those of a member, as of now."""
        memory = self._memories.get(me) or Memory()
        return Habits(
            memory.wrote_ms,
            memory.written.now(now_ms),
            faded(memory.written_in, now_ms),
            dict(memory.wrote_in_ms),
            faded(memory.answers, now_ms),
            faded(memory.answered_by, now_ms),
            memory.joined.now(now_ms),
            memory.joined_first.now(now_ms),
            self._said.now(now_ms),
            {name: count.now(now_ms) for name, count in self._said_in.items()},
        )

    def talks(self, me: Name, now_ms: int) -> list[Talk]:
        """The threads in which something was said within `ACTIVE_MS`, the newest first."""
        memory = self._memories.get(me)
        wrote_ms = memory.wrote_ms if memory is not None else 0
        found: list[Talk] = []
        for key, thread in reversed(self._threads.items()):
            if now_ms - thread.last.at_ms > ACTIVE_MS:
                break
            found.append(self._talk(key, thread, me, wrote_ms, now_ms))
        return found

    def _talk(self, key: Name, thread: _Thread, me: Name, wrote_ms: int, now_ms: int) -> Talk:
        own, place = thread.by.get(me, (0, 0))
        two_hours = day = 0
        fresh: set[Name] = set()
        for at_ms, author in reversed(thread.recent):
            passed_ms = now_ms - at_ms
            if passed_ms >= DAY_MS and at_ms <= wrote_ms:
                break
            if passed_ms < DAY_MS:
                day += 1
                two_hours += passed_ms < TWO_HOURS_MS
            if at_ms > wrote_ms:
                fresh.add(author)
        last = thread.last
        return Talk(
            key,
            thread.channel,
            thread.begun_ms,
            thread.begun_by,
            last.at_ms,
            last.author,
            thread.said,
            len(thread.by),
            two_hours,
            day,
            last.length,
            last.question,
            own,
            thread.said - place if own else 0,
            thread.begun_by == me,
            len(thread.by) - len(fresh),
            tuple(thread.latest),
            thread.called.get(me, 0) > wrote_ms,
            thread.newcomer,
            thread.channel in self._announcements,
        )
