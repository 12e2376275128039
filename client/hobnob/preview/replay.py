"""The last days once more: each question as it stood when it was asked, and who knew of it.

A question is the first message of a thread that somebody else wrote in within a day; whoever did
has answered it. What is known of people at a question is what was said before it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from random import Random
from typing import Final

from hobnob_client.match.activity import ANSWER_MS, Activity, Post
from hobnob_client.match.evidence import evidence
from hobnob_client.match.features import Features, Situation, features
from hobnob_client.match.library import NOTHING, Library, knowledge
from hobnob_client.match.words import words
from hobnob_protocol.ids import AccountId, StreamId, TargetId
from hobnob_protocol.value import value
from hobnob_server.past.reading import Past, Said

QUESTIONS_MAX: Final = 2_000
"""Of more a sample is replayed, the same for the same seed."""


@value
class Question:
    """One question, and of each who could be shown what a ranking looks at."""

    at_ms: int
    answered_by: frozenset[AccountId]
    candidates: tuple[tuple[AccountId, Features], ...]


Progress = Callable[[int, int], object]
"""Hears how many of how many messages were read."""


def questions(past: Past, since_ms: int, seed: int, progress: Progress) -> Iterator[Question]:
    """All of them, or a sample, in order of time."""
    answers = _answers(past, since_ms)
    chosen = sorted(answers)
    if len(chosen) > QUESTIONS_MAX:
        chosen = Random(seed).sample(chosen, QUESTIONS_MAX)
    asked = frozenset(chosen)
    activity = Activity[AccountId, StreamId | TargetId]()
    library = Library[AccountId, TargetId]()
    begun: set[TargetId] = set()
    for nth, said in enumerate(past.said):
        progress(nth, len(past.said))
        about = words(said.text)
        if nth in asked:
            yield _question(past, said, answers[nth], activity, library, about)
        if about:
            library.add(said.author, said.target, said.at_ms, about)
            if said.root not in begun:
                library.begin(said.root, said.at_ms, about)
        begun.add(said.root)
        activity.see(Post(said.at_ms, said.channel, said.root, said.author))


def _question(
    past: Past,
    said: Said,
    answered_by: frozenset[AccountId],
    activity: Activity[AccountId, StreamId | TargetId],
    library: Library[AccountId, TargetId],
    about: list[str],
) -> Question:
    hits = library.hits(about, activity.answered_by) if about else []
    known, proven = knowledge(hits, said.at_ms), evidence(hits, said.at_ms)
    situation: Situation[AccountId, StreamId | TargetId] = Situation(
        said.author, said.channel, said.at_ms, frozenset(said.mentions)
    )
    there = [who for who in activity.about(said.at_ms) if who in proven and who in past.takers]
    rows = [
        (who, features(who, activity.past(who), known.get(who, NOTHING), situation))
        for who in there
        if who != said.author
    ]
    return Question(said.at_ms, answered_by, tuple(rows))


def _answers(past: Past, since_ms: int) -> dict[int, frozenset[AccountId]]:
    """By the place of a question: who answered it."""
    first: dict[TargetId, int] = {}
    found: defaultdict[int, set[AccountId]] = defaultdict(set)
    for nth, said in enumerate(past.said):
        root = first.setdefault(said.root, nth)
        asked = past.said[root]
        soon = said.at_ms - asked.at_ms <= ANSWER_MS
        if asked.at_ms >= since_ms and soon and said.author != asked.author:
            found[root].add(said.author)
    return {root: frozenset(people) for root, people in found.items()}
