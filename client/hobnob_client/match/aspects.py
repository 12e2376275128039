"""What is known of a candidate in each respect the wizard asks about, as short codes.

Only what the replica shows: where they wrote of it, about what, whether they answer it or had it
too, when they are here, and how they write.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from hobnob_client.match.activity import Past
from hobnob_client.match.passages import Passage
from hobnob_client.match.words import stem, stop_words, words
from hobnob_protocol.ids import AccountId

Who = TypeVar("Who", bound=Hashable)
Where = TypeVar("Where", bound=Hashable)

OFTEN: Final = 3
"""Who answered so many about it answers it often."""
SHARE: Final = 0.25
"""Of their posts in a part of the day, from which on they are usually here then."""
POSTS_MIN: Final = 5
"""Of who wrote less, neither hours nor style are known."""
BRIEF_LETTERS: Final = 80
LONG_LETTERS: Final = 240
CODE_SHARE: Final = 0.15
SUBJECTS_MAX: Final = 12
SUBJECT_LETTERS: Final = 3
"""What is shorter is hardly a subject."""
LIFT: Final = 3.0
"""A subject is so much more often in what is about the need than elsewhere."""


_NO_PROSE: Final = re.compile(r"```.*?(?:```|$)|`[^`\n]+`|https?://\S+", re.DOTALL)
"""Code and addresses name no subject."""


class Level(StrEnum):
    """How well somebody knows it, as far as posts show."""

    OFTEN = "often"
    """They have answered others about it, often."""
    SOME = "some"
    """They have answered somebody about it."""
    TOO = "too"
    """They had asked about it themselves."""


class Time(StrEnum):
    """A part of the day, in the reader's zone, of six hours from midnight on."""

    NIGHT = "night"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Style(StrEnum):
    """How somebody writes."""

    BRIEF = "brief"
    LONG = "long"
    CODE = "code"


@dataclass(slots=True)
class Manner:
    """How somebody writes, counted."""

    posts: int = 0
    letters: int = 0
    code: int = 0

    def see(self, letters: int, *, code: bool) -> None:
        """One post more, so long; with code or without."""
        self.posts += 1
        self.letters += letters
        self.code += code


def level(answered: int, asked: int) -> frozenset[str]:
    """By the threads about it that they answered, and those they began and others answered."""
    found = set[str]()
    if answered:
        found.add(Level.OFTEN if answered >= OFTEN else Level.SOME)
    if asked:
        found.add(Level.TOO)
    return frozenset(found)


def times(past: Past[Who, Where], offset_hours: int) -> frozenset[str]:
    """The parts of the day in which they are usually here."""
    whole = sum(past.hours)
    if past.posts < POSTS_MIN or not whole:
        return frozenset()
    parts: dict[str, float] = dict.fromkeys(Time, 0.0)
    for hour, posts in enumerate(past.hours):
        parts[part_of((hour + offset_hours) % 24)] += posts
    return frozenset(part for part, posts in parts.items() if posts / whole >= SHARE)


def part_of(hour: int) -> Time:
    """In which part of the day a full hour is, 0 to 23."""
    return tuple(Time)[hour // 6]


def style(manner: Manner) -> frozenset[str]:
    """Short answers or long ones, with code or without."""
    if manner.posts < POSTS_MIN:
        return frozenset()
    found = set[str]()
    mean = manner.letters / manner.posts
    if mean <= BRIEF_LETTERS:
        found.add(Style.BRIEF)
    elif mean >= LONG_LETTERS:
        found.add(Style.LONG)
    if manner.code / manner.posts >= CODE_SHARE:
        found.add(Style.CODE)
    return frozenset(found)


def subjects(
    told: Mapping[AccountId, Sequence[Passage]], need: Iterable[str], sample: Sequence[str]
) -> dict[AccountId, frozenset[str]]:
    """By person the words that tell what their part of it is: said by two of them at least but not
    by all, not in the need, and said more of it than of all else, of which `sample` is some."""
    posts = {each.target: each for some in told.values() for each in some}
    said = {target: _telling(each) for target, each in posts.items()}
    by_person = {
        who: frozenset[str]().union(*(said[each.target] for each in some))
        for who, some in told.items()
    }
    usual = Counter(word for text in sample for word in set(words(text)))
    everywhere = max(1, len(sample))
    about = Counter(word for each in said.values() for word in each)
    people = Counter(word for each in by_person.values() for word in each)
    known = frozenset(map(stem, need))
    chosen = [
        (min(having, len(told) - having), about[word], word)
        for word, having in people.items()
        if 2 <= having < len(told)
        and stem(word) not in known
        and about[word] / max(1, len(said)) >= LIFT * usual[word] / everywhere
    ]
    kept = frozenset(word for _, _, word in sorted(chosen, reverse=True)[:SUBJECTS_MAX])
    return {who: each & kept for who, each in by_person.items()}


def _telling(post: Passage) -> frozenset[str]:
    return frozenset(
        word
        for word in words(_NO_PROSE.sub(" ", f"{post.title} {post.text}"))
        if len(word) >= SUBJECT_LETTERS and not word.isdigit() and word not in stop_words()
    )
