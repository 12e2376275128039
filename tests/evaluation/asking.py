"""The protocol of the helpers' evaluation: questions, who was about, and who answered.

A question is the first message of a topic that somebody else writes in within 24 hours; whoever
does so has answered it. The candidates are those who wrote within ninety days before, the asker
not among them; one who answered and is no candidate is missed by every ranking. What is known at
a question is what was said before it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from hobnob_client.match.activity import ANSWER_MS, Activity, Post
from hobnob_client.match.features import Features, Situation, features
from hobnob_client.match.library import NOTHING, Hit, Library, knowledge
from hobnob_client.match.words import words
from tests.evaluation.archive import Archive

KNOWN_MS = 365 * 86_400_000
"""So long before a window texts are read; what people did is read from the beginning."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and what was known when it was asked."""

    at: int
    """Its position in the archive."""
    asker: int
    channel: int
    now_ms: int
    answered_by: frozenset[int]
    """Who answered within a day; at least one."""
    candidates: list[int]
    features: list[Features]
    """In the order of the candidates."""
    hits: list[Hit[int, int]]
    """What of the past the question is about; empty without text."""


def questions(archive: Archive, begin_ms: int, end_ms: int) -> Iterator[Question]:
    """All questions from one time up to another, in order."""
    answers = _answers(archive, archive.at(begin_ms), archive.at(end_ms))
    activity, library = Activity[int, int](), Library[int, int]()
    begun: dict[int, int] = {}
    first_text = archive.at(begin_ms - KNOWN_MS)
    for at in range(archive.at(end_ms)):
        topic, author, now_ms = archive.topics[at], archive.authors[at], archive.times_ms[at]
        text = archive.texts[at] if at >= first_text else None
        said = words(text) if text is not None else []
        if at in answers:
            yield _question(archive, at, answers[at], activity, library, said)
        if said:
            library.add(author, at, now_ms, said)
            if topic not in begun:
                library.begin(topic, now_ms, said)
        begun.setdefault(topic, at)
        activity.see(Post(now_ms, archive.channels[at], topic, author))


def _question(
    archive: Archive,
    at: int,
    answered_by: frozenset[int],
    activity: Activity[int, int],
    library: Library[int, int],
    said: list[str],
) -> Question:
    asker, channel, now_ms = archive.authors[at], archive.channels[at], archive.times_ms[at]
    hits = library.hits(said, activity.answered_by) if said else []
    known = knowledge(hits, now_ms)
    named = frozenset(archive.mentions.get(at, ()))
    situation = Situation(asker, channel, now_ms, named)
    candidates = [who for who in activity.about(now_ms) if who != asker]
    rows = [
        features(who, activity.past(who), known.get(who, NOTHING), situation) for who in candidates
    ]
    return Question(at, asker, channel, now_ms, answered_by, candidates, rows, hits)


def _answers(archive: Archive, begin: int, end: int) -> dict[int, frozenset[int]]:
    """By the position of a question: who answered it."""
    first: dict[int, int] = {}
    found: defaultdict[int, set[int]] = defaultdict(set)
    for at, author in enumerate(archive.authors):
        root = first.setdefault(archive.topics[at], at)
        soon = archive.times_ms[at] - archive.times_ms[root] <= ANSWER_MS
        if begin <= root < end and soon and author != archive.authors[root]:
            found[root].add(author)
    return {root: frozenset(people) for root, people in found.items()}
