"""What was solved in the demo world, and finding it again by a few words."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hobnob.demo.talk import Talk
from hobnob.demo.world import World

_WORD: Final = re.compile(r"[^\W_]{3,}")
"""Shorter words tell no talk from another."""
_PLACES: Final = (("title", 4.0), ("question", 2.0), ("answer", 1.0))
"""How much a word says by where it stands."""
COMMON_SHARE: Final = 0.2
"""A word of more talks than this share of them says nothing."""
TO_A_QUESTION: Final = 7.0
"""What a talk must say to a whole sentence: a rare word in its title does, one in passing not."""
TO_WORDS: Final = 2.5
"""... and to words that were chosen to be looked for: a rare one in the answer does."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A talk in which an answer was accepted."""

    title: str
    channel: str
    question: str
    answer: str
    by: str


class Shelf:
    """All that was solved, by the words in it."""

    def __init__(self, world: World) -> None:
        self.solved = tuple(
            found for talk in world.talks for found in [_solved(talk)] if found is not None
        )
        self._words = [
            {place: frozenset(words(getattr(each, place))) for place, _ in _PLACES}
            for each in self.solved
        ]
        self._talks: Counter[str] = Counter()
        """In how many talks each word stands."""
        for by_place in self._words:
            self._talks.update(frozenset[str]().union(*by_place.values()))

    def find(self, text: str, most: int, least: float = TO_A_QUESTION) -> tuple[Solved, ...]:
        """Up to `most` solved talks for a question, the likeliest first.

        A word counts by its place and by how few talks have it; a talk that says less than `least`
        to all of them is none.
        """
        asked = dict.fromkeys(words(text))
        scored = [(self._score(by_place, asked), nth) for nth, by_place in enumerate(self._words)]
        ranked = sorted((-score, nth) for score, nth in scored if score >= least)
        return tuple(self.solved[nth] for _, nth in ranked[:most])

    def _score(self, by_place: dict[str, frozenset[str]], asked: Iterable[str]) -> float:
        return sum(
            weight * math.log(1 + len(self.solved) / self._talks[word])
            for word in asked
            for place, weight in _PLACES
            if word in by_place[place] and self._talks[word] <= COMMON_SHARE * len(self.solved)
        )


def words(text: str) -> list[str]:
    """The words of a text that can be looked for; one thing and several are the same."""
    return [word.removesuffix("s") for word in _WORD.findall(text.casefold())]


def _solved(talk: Talk) -> Solved | None:
    answer = next((each for each in talk.messages if each.id == talk.answer), None)
    if answer is None or not talk.title:
        return None
    return Solved(talk.title, talk.channel, talk.messages[0].text, answer.text, answer.by)
