"""BM25 over texts in memory: which of them a need is about (Robertson and Zaragoza 2009).

    score(d, need) = Σ_w idf(w) · tf·(k1+1) / (tf + k1·(1 - b + b·|d|/avg))
    idf(w) = ln(1 + (N - n_w + ½) / (n_w + ½))

with k1 = 1.2 and b = 0.75, as SQLite's FTS5 has them. Texts come in order of time and are numbered
from 0. Of a need the rarest words are looked up, up to a bound on the entries read, so that a long
text costs no more than a question.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from heapq import nlargest
from typing import Final

K1: Final = 1.2
B: Final = 0.75
WORDS_MAX: Final = 16
"""The rarest words of a need."""
ENTRIES_MAX: Final = 20_000
"""Entries read for one need: some five milliseconds."""


class Index:
    """Texts that were added, to be searched by the words of a need."""

    def __init__(self) -> None:
        self._texts: defaultdict[str, array[int]] = defaultdict(_numbers)
        self._times: defaultdict[str, array[int]] = defaultdict(_numbers)
        self._lengths = array("i")
        self._length = 0

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, words: Sequence[str]) -> int:
        """One text more; its number."""
        number = len(self._lengths)
        for word, times in Counter(words).items():
            self._texts[word].append(number)
            self._times[word].append(times)
        self._lengths.append(len(words))
        self._length += len(words)
        return number

    def weight(self, word: str) -> float:
        """idf: what having this word tells; ≥ 0, more for rarer ones, 0 for one never seen."""
        having = len(self._texts[word]) if word in self._texts else 0
        if not having:
            return 0.0
        return math.log(1 + (len(self) - having + 0.5) / (having + 0.5))

    def telling(self, words: Iterable[str]) -> list[str]:
        """The words of a need that are looked up, rarest first."""
        known = sorted((len(self._texts[word]), word) for word in set(words) if word in self._texts)
        chosen, entries = list[str](), 0
        for having, word in known[:WORDS_MAX]:
            entries += having
            if chosen and entries > ENTRIES_MAX:
                break
            chosen.append(word)
        return chosen

    def search(self, words: Iterable[str], most: int) -> list[tuple[int, float]]:
        """Up to so many texts and their scores, best first; of equals the later one."""
        scores = defaultdict[int, float](float)
        average = self._length / max(1, len(self))
        lengths = self._lengths
        base, slope = K1 * (1 - B), K1 * B / max(1.0, average)
        for word in self.telling(words):
            gain = self.weight(word) * (K1 + 1)
            for number, times in zip(self._texts[word], self._times[word], strict=True):
                scores[number] += gain * times / (times + base + slope * lengths[number])
        return nlargest(most, scores.items(), key=lambda hit: (hit[1], hit[0]))


def _numbers() -> "array[int]":
    return array("i")
