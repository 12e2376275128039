"""Which posts nobody has answered: each author's first, and each question outside of a thread.

An answer is a post of somebody else that stands in the same thread, names the post as what it
answers, or mentions its author in the same channel later. What bots say answers nobody.
"""

from collections.abc import Collection, Iterable

from hobnob_client.finding import marks
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.value import value


@value
class Post:
    """One message in a channel. `text` is safe to draw, "" where it was not asked for; `at_ms` is
    UTC."""

    stream: StreamId
    target: TargetId
    author: AccountId
    thread: TargetId | None
    at_ms: int
    text: str
    asks: bool = False
    solved: bool = False
    """Its thread has an accepted answer, or is said to be solved."""
    reply: TargetId | None = None
    """What it names as what it answers."""
    mentions: frozenset[str] = frozenset()
    """Marks of those whom it mentions (`marks.of_mention`)."""


@value
class Waiting:
    """A post that nobody has answered; `first` that its author wrote nothing before."""

    post: Post
    first: bool


@value
class Answer:
    """What waited, and the post that answered it first."""

    to: Waiting
    by: Post


@value
class Followed:
    """What waits still, and what was answered, each in order of time."""

    open: tuple[Waiting, ...]
    answers: tuple[Answer, ...]


def followed(posts: Iterable[Post], silent: Collection[AccountId]) -> Followed:
    """Of `posts`, which come in order of time; `silent` are the bots. What is solved does not wait,
    and what was said before the first of `posts` is as if it had never been."""
    found = _Following()
    for post in posts:
        if post.author not in silent:
            found.see(post)
    return Followed(tuple(found.open.values()), tuple(found.answers))


class _Following:
    def __init__(self) -> None:
        self.open: dict[TargetId, Waiting] = {}
        self.answers: list[Answer] = []
        self._known: set[AccountId] = set()
        self._under: dict[TargetId, list[TargetId]] = {}
        """What waits, by the thread that an answer would stand in."""
        self._of: dict[tuple[StreamId, str], list[TargetId]] = {}
        """What waits, by channel and the mark that mentions its author."""

    def see(self, post: Post) -> None:
        self._answer(post)
        first = post.author not in self._known
        self._known.add(post.author)
        asks = post.asks and post.thread is None
        if post.solved or not (first or asks):
            return
        self.open[post.target] = Waiting(post, first)
        self._under.setdefault(post.thread or post.target, []).append(post.target)
        mark = marks.of_mention(post.author)
        self._of.setdefault((post.stream, mark), []).append(post.target)

    def _answer(self, post: Post) -> None:
        answered = list(self._under.get(post.thread, ())) if post.thread else []
        answered += [post.reply] if post.reply else []
        own = marks.of_mention(post.author)
        for mark in post.mentions:
            if mark != own:
                # All of it is answered now: nothing is looked through twice.
                answered += self._of.pop((post.stream, mark), ())
        for target in answered:
            waits = self.open.get(target)
            if waits is not None and waits.post.author != post.author:
                self.answers.append(Answer(self.open.pop(target), post))
