"""First steps for a newcomer: one person, one thread and one small task, each with its reason."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

from hobnob_client.care.needs import NEW_MS
from hobnob_client.care.waiting import Answer, Post
from hobnob_client.durations import DAY_MS
from hobnob_client.onboarding.buddy import Buddy
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.value import value

RECENTLY_MS: Final = 7 * DAY_MS
"""Who wrote within that time is about, and a thread so young goes on."""
PEOPLE_MIN: Final = 3
"""So many make a thread one may join."""
NEAREST: Final = 3
"""Newcomers are led to different ones among so many, so that nobody is overrun."""
WELCOMING: Final = ("welcome", "willkommen", "introduc", "hello", "hallo", "general", "allgemein")
"""So begin the names of channels to say hello in, the best first; the protocol marks none."""
HELPING: Final = ("help", "hilfe", "ask", "frag", "question", "support")
"""So begin the names of channels to ask in."""


class Step(StrEnum):
    """What one may begin with."""

    QUESTIONS = "questions"
    PERSON = "person"
    THREAD = "thread"
    HELLO = "hello"
    ASK = "ask"
    ANSWER = "answer"


@value
class Somebody:
    """Whom one may write to: a post speaks for them, and `answered` newcomers had their first
    answer from them within fourteen days."""

    account: AccountId
    post: Post
    answered: int
    agreed: bool
    """They agree to being proposed; else they hold a role."""


@value
class Thread:
    """Which talk one may join: its newest message, and how many have written in it lately."""

    root: TargetId
    newest: Post
    people: int
    chosen: bool = False
    """It stands in a channel that one chose for its topic."""


@value
class Beginning:
    """The steps that are left; None is done, or there is nothing true to be said. Of `hello`, `ask`
    and `answer` there is one at most: the small task."""

    person: Somebody | None = None
    thread: Thread | None = None
    hello: StreamId | None = None
    ask: StreamId | None = None
    answer: Post | None = None
    buddy: Buddy | None = None
    """Who was asked to show one around, and how that stands; then `person` is nobody."""
    buddy_state: str = ""
    questions: int = 0
    """How many of a newcomer's questions are left."""
    begun: bool = False
    """Were some of them answered?"""
    first: Step | None = None
    """What one's answers put before the others."""


def without(found: Beginning, passed: Collection[Step]) -> Beginning:
    """The same, without some steps."""
    return replace(
        found,
        person=None if Step.PERSON in passed else found.person,
        buddy=None if Step.PERSON in passed else found.buddy,
        thread=None if Step.THREAD in passed else found.thread,
        hello=None if Step.HELLO in passed else found.hello,
        ask=None if Step.ASK in passed else found.ask,
        answer=None if Step.ANSWER in passed else found.answer,
        questions=0 if Step.QUESTIONS in passed else found.questions,
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
    posts: Iterable[Post],
    unwanted: Callable[[StreamId, TargetId], bool],
    now_ms: int,
    chosen: Collection[StreamId] = (),
) -> Thread | None:
    """The thread that goes on and has most people, that said last where two have as many; one in a
    `chosen` channel before any other, be it one person's. `posts` come in order of time, and
    `unwanted` says which are not to be shown."""
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
        if (len(people[root]) >= PEOPLE_MIN or begun.stream in chosen)
        and not (begun.solved or unwanted(begun.stream, root))
    ]
    if not open_:
        return None
    root = max(
        open_,
        key=lambda each: (
            roots[each].stream in chosen,
            len(people[each]),
            newest[each].at_ms,
            each,
        ),
    )
    return Thread(root, newest[root], len(people[root]), roots[root].stream in chosen)


def unanswered(
    posts: Iterable[Post],
    unwanted: Callable[[StreamId, TargetId], bool],
    chosen: Collection[StreamId] = (),
) -> Post | None:
    """The question that has waited longest, in a `chosen` channel before any other; `posts` are
    those nobody has answered, in order of time."""
    left = [post for post in posts if post.asks and not unwanted(post.stream, post.target)]
    return min(left, key=lambda post: post.stream not in chosen, default=None)


def welcoming(
    channels: Sequence[tuple[StreamId, str]], names: Sequence[str] = WELCOMING
) -> StreamId | None:
    """Where one says hello, among channels by their names; the first where none is made for it."""
    for begins in names:
        for stream, name in channels:
            if name.lower().startswith(begins):
                return stream
    return channels[0][0] if channels else None
