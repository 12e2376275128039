"""First steps for a newcomer: one person, one thread and one small task, each with its reason."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hobnob_client.care.needs import NEW_MS
from hobnob_client.care.waiting import Answer, Post
from hobnob_client.durations import DAY_MS
from hobnob_protocol.ids import AccountId, StreamId, TargetId

RECENTLY_MS: Final = 7 * DAY_MS
"""Who wrote within that time is about, and a thread so young goes on."""
PEOPLE_MIN: Final = 3
"""So many make a thread one may join."""
NEAREST: Final = 3
"""Newcomers are led to different ones among so many, so that nobody is overrun."""
WELCOMING: Final = ("welcome", "willkommen", "introduc", "hello", "hallo", "general", "allgemein")
"""So begin the names of channels to say hello in, the best first; the protocol marks none."""


class Step(StrEnum):
    """What one may begin with."""

    PERSON = "person"
    THREAD = "thread"
    HELLO = "hello"


@dataclass(frozen=True, slots=True)
class Somebody:
    """Whom one may write to: a post speaks for them, and `answered` newcomers had their first
    answer from them within fourteen days."""

    account: AccountId
    post: Post
    answered: int
    agreed: bool
    """They agree to being proposed; else they hold a role."""


@dataclass(frozen=True, slots=True)
class Thread:
    """Which talk one may join: its newest message, and how many have written in it lately."""

    root: TargetId
    newest: Post
    people: int


@dataclass(frozen=True, slots=True)
class Beginning:
    """The steps that are left; None is done, or there is nothing true to be said."""

    person: Somebody | None = None
    thread: Thread | None = None
    hello: StreamId | None = None


def without(found: Beginning, passed: Collection[Step]) -> Beginning:
    """The same, without some steps."""
    return Beginning(
        None if Step.PERSON in passed else found.person,
        None if Step.THREAD in passed else found.thread,
        None if Step.HELLO in passed else found.hello,
    )


def somebody(
    posts: Iterable[Post],
    answers: Iterable[Answer],
    agreed: Collection[AccountId],
    caring: Collection[AccountId],
    joined_ms: Callable[[AccountId], int],
    me: AccountId,
    now_ms: int,
) -> Somebody | None:
    """Who answers newcomers, was about lately, and agrees to it or holds a role. `posts` and
    `answers` come in order of time; in `agreed` and `caring` is nobody who may not be shown."""
    said = {
        post.author: post
        for post in posts
        if (post.author in agreed or post.author in caring) and now_ms - post.at_ms <= RECENTLY_MS
    }
    counted: Counter[AccountId] = Counter()
    spoken: dict[AccountId, Post] = {}
    for answer in answers:
        one, first = answer.by.author, answer.to.post
        is_new = first.at_ms - NEW_MS <= joined_ms(first.author) <= first.at_ms
        if one in said and answer.to.first and is_new:
            counted[one] += 1
            spoken[one] = answer.by
    best = sorted(said, key=lambda one: (-counted[one], -said[one].at_ms, one))[:NEAREST]
    if counted:
        best = [one for one in best if counted[one]]
    if not best:
        return None
    one = best[me[0] % len(best)]
    return Somebody(one, spoken.get(one, said[one]), counted[one], one in agreed)


def thread(
    posts: Iterable[Post], unwanted: Callable[[StreamId, TargetId], bool], now_ms: int
) -> Thread | None:
    """The thread that goes on and has most people, that said last where two have as many; `posts`
    come in order of time, and `unwanted` says which are not to be shown."""
    roots: dict[TargetId, Post] = {}
    people: dict[TargetId, set[AccountId]] = {}
    newest: dict[TargetId, Post] = {}
    for post in posts:
        if now_ms - post.at_ms > RECENTLY_MS:
            continue
        root = post.thread or post.target
        if post.thread is None:
            roots[root] = post
        people.setdefault(root, set()).add(post.author)
        newest[root] = post
    open_ = [
        root
        for root, begun in roots.items()
        if len(people[root]) >= PEOPLE_MIN and not (begun.solved or unwanted(begun.stream, root))
    ]
    if not open_:
        return None
    root = max(open_, key=lambda each: (len(people[each]), newest[each].at_ms, each))
    return Thread(root, newest[root], len(people[root]))


def welcoming(channels: Sequence[tuple[StreamId, str]]) -> StreamId | None:
    """Where one says hello, among channels by their names; the first where none is made for it."""
    for begins in WELCOMING:
        for stream, name in channels:
            if name.lower().startswith(begins):
                return stream
    return channels[0][0] if channels else None
