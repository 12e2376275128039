"""Which texts a need is about."""

import math
from random import Random

from hobnob_client.match.bm25 import ENTRIES_MAX, K1, WORDS_MAX, B, Index
from hobnob_client.match.words import words

TEXTS = (
    "The WAL file locks up on a network share",
    "A network share is no place for SQLite",
    "Rust lifetimes and the borrow checker",
    "share your lunch",
)


def _index(texts: tuple[str, ...] = TEXTS) -> Index:
    index = Index()
    for text in texts:
        index.add(words(text))
    return index


def test_the_text_with_the_rare_words_comes_first() -> None:
    """What everybody says tells little."""
    found = _index().search(words("sqlite locks on a share"), 3)
    assert [number for number, _ in found][:2] in ([0, 1], [1, 0])
    assert found[-1][0] == 3


def test_what_shares_no_word_is_not_found() -> None:
    """And nothing is where nothing was said."""
    assert _index().search(words("haskell"), 5) == []
    assert Index().search(words("share"), 5) == []


def test_scores_are_those_of_the_formula() -> None:
    """As slowly reckoned, on a hundred random texts."""
    random = Random(5)
    many = [[f"w{int(random.paretovariate(1)) % 40}" for _ in range(9)] for _ in range(100)]
    index = Index()
    for each in many:
        index.add(each)
    need = ["w1", "w3", "w7", "w12"]
    slow = {at: _slowly(many, each, need) for at, each in enumerate(many)}
    found = index.search(need, 1_000)
    assert {at for at, _ in found} == {at for at, score in slow.items() if score > 0}
    assert all(math.isclose(score, slow[at]) for at, score in found)
    assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)


def test_a_long_need_costs_no_more_than_a_question() -> None:
    """Its rarest words are looked up, and of frequent ones none once enough is read."""
    index = Index()
    for number in range(ENTRIES_MAX):
        index.add(["all", f"rare{number}"])
    need = ["all", *(f"rare{number}" for number in range(100))]
    telling = index.telling(need)
    assert len(telling) == WORDS_MAX
    assert "all" not in telling
    assert index.telling(["all"]) == ["all"]


def test_words_are_read_as_the_index_of_the_replica_reads_them() -> None:
    """Small, without signs; a single letter is none."""
    assert words("Use `exact?` or nlinarith_2, I say: ÄRGER") == [
        "use", "exact", "or", "nlinarith", "say", "ärger",
    ]  # fmt: skip


def _slowly(texts: list[list[str]], text: list[str], need: list[str]) -> float:
    average = sum(map(len, texts)) / len(texts)
    total = 0.0
    for word in need:
        having = sum(word in each for each in texts)
        times = text.count(word)
        idf = math.log(1 + (len(texts) - having + 0.5) / (having + 0.5))
        total += idf * times * (K1 + 1) / (times + K1 * (1 - B + B * len(text) / average))
    return total
