"""Who is on stage in the demo, and what they say to a person's first post on a subject."""

import re
from dataclasses import dataclass
from typing import Any, Final

_WORD: Final = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Line:
    """What one member says, so many seconds after the post it is about."""

    by: str
    after_seconds: int
    text: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject, the words that show it, and its three lines."""

    name: str
    keywords: tuple[str, ...]
    answer: Line
    question: Line
    thanks: Line


@dataclass(frozen=True, slots=True)
class Aside:
    """What one member says to you alone, so many seconds after you came, and how they answer what
    you write back: each answer once, in this order."""

    by: str
    after_seconds: int
    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """The members who speak in the demo, by handle, and their lines.

    `fallbacks` are for a post on none of the subjects; `aside` is said where nobody else hears it,
    None for nothing.
    """

    members: tuple[str, ...]
    subjects: tuple[Subject, ...]
    fallbacks: tuple[Line, ...]
    aside: Aside | None = None

    def subject_of(self, text: str) -> Subject | None:
        """The subject most of whose keywords stand in a text; the earlier at a tie, None at none.

        A keyword counts as whole words, in any case.
        """
        words = f" {' '.join(_WORD.findall(text.casefold()))} "
        hits = [
            sum(f" {keyword} " in words for keyword in subject.keywords)
            for subject in self.subjects
        ]
        most = max(hits, default=0)
        return self.subjects[hits.index(most)] if most else None


def read_stage(table: dict[str, Any]) -> Stage:
    """The stage's file; a key that is not known raises TypeError."""
    return Stage(
        tuple(table["on_stage"]),
        tuple(_subject(each) for each in table["subject"]),
        tuple(Line(**each) for each in table["fallback"]),
        _aside(table["aside"]),
    )


def _aside(table: dict[str, Any]) -> Aside:
    return Aside(table["by"], table["after_seconds"], table["text"], tuple(table["answer"]))


def _subject(table: dict[str, Any]) -> Subject:
    lines = {role: Line(**table[role]) for role in ("answer", "question", "thanks")}
    return Subject(table["name"], tuple(table["keywords"]), **lines)
