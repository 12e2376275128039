"""Searching as one types: 500 queries of ten sorts over a replica in which a million was said."""

import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from random import Random
from typing import Final

from hobnob_client.finding.hits import NO_MOMENT, find
from hobnob_client.finding.meaning import understand
from hobnob_client.finding.months import months
from hobnob_client.finding.query import parse
from hobnob_client.store.database import SqliteDatabase
from tests.benchmarks.million import RARE, Million

EACH: Final = 50
"""Queries of one sort; ten sorts make five hundred."""
LIMIT: Final = 64
"""Hits asked for: what a list reads at once."""
MONTHS_OF: Final = 12
_SOME: Final = "SELECT id, text FROM text WHERE id > ? ORDER BY id LIMIT ?"
_AT_ONCE: Final = 10_000

Typed = Callable[[Random, Million], str]


def _word(random: Random, of: Million) -> str:
    """Frequent or seldom, each as likely."""
    return of.words[int(len(of.words) ** random.random()) - 1]


def _author(random: Random, of: Million) -> str:
    return f"author{int(len(of.authors) ** random.random()) - 1}"


def _channel(random: Random, of: Million) -> str:
    return f"#channel{random.randrange(len(of.channels))}"


SORTS: Final[dict[str, Typed]] = {
    "one letter": lambda random, of: _word(random, of)[0],
    "two letters": lambda random, of: _word(random, of)[:2],
    "a word being typed": lambda random, of: _word(random, of)[: random.randrange(3, 7)],
    "two words": lambda random, of: f"{_word(random, of)} {_word(random, of)} ",
    "a word and a letter": lambda random, of: f"{_word(random, of)} {_word(random, of)[0]}",
    "a word without another": lambda random, of: f"{_word(random, of)} -{_word(random, of)} ",
    "only what must not be": lambda random, of: (
        f"-{_word(random, of)} -from:{_author(random, of)} "
    ),
    "three operators": lambda random, of: (
        f"from:{_author(random, of)} in:{_channel(random, of)} has:link "
    ),
    "three operators, a word, a year": lambda random, of: (
        f"{_word(random, of)} from:{_author(random, of)} -in:{_channel(random, of)} "
        f"-has:link on:{random.randrange(2022, 2026)} "
    ),
    "two hits in all": lambda random, of: f"{RARE[: random.randrange(6, 14)]}",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One sort of query: how many had hits, and what one took, in ms."""

    sort: str
    count: int
    hits: int
    p50_ms: float
    p95_ms: float
    max_ms: float


def ask(of: Million, seed: int = 2) -> list[Asked]:
    """Each sort, then all of them together; the first time each query is asked counts."""
    random = Random(seed)
    queries = [(sort, typed(random, of)) for sort, typed in SORTS.items() for _ in range(EACH)]
    random.shuffle(queries)
    taken: dict[str, list[float]] = {sort: [] for sort in SORTS}
    with_hits = dict.fromkeys(SORTS, 0)
    with closing(SqliteDatabase(str(of.path), read_only=True)) as database:
        for sort, query in queries:
            began = time.perf_counter()
            wanted = understand(parse(query), of, typing=True).wanted
            found = find(database, wanted, LIMIT)
            taken[sort].append((time.perf_counter() - began) * 1_000)
            with_hits[sort] += bool(found)
    rows = [_asked(sort, with_hits[sort], times) for sort, times in taken.items()]
    every = [each for times in taken.values() for each in times]
    return [*rows, _asked("all", sum(with_hits.values()), every)]


def _asked(sort: str, hits: int, times: list[float]) -> Asked:
    ordered = sorted(times)
    p50, p95 = ordered[len(ordered) // 2], ordered[len(ordered) * 95 // 100]
    return Asked(sort, len(ordered), hits, p50, p95, ordered[-1])


def count_months(of: Million, seed: int = 3) -> Asked:
    """What the hits of all months take, of words frequent and seldom."""
    random = Random(seed)
    taken: list[float] = []
    hits = 0
    with closing(SqliteDatabase(str(of.path), read_only=True)) as database:
        for nth in range(MONTHS_OF):
            query = f"{of.words[nth if nth % 2 else random.randrange(len(of.words))]} "
            began = time.perf_counter()
            wanted = understand(parse(query), of, typing=True).wanted
            hits += any(month.hits for month in months(database, wanted, NO_MOMENT, UTC))
            taken.append((time.perf_counter() - began) * 1_000)
    return _asked("hits of each month", hits, taken)


def grep(of: Million, folder: Path) -> float:
    """What those do who keep their history as files of text: ms of `grep` for one word."""
    path = folder / "history.txt"
    with closing(SqliteDatabase(str(of.path), read_only=True)) as database, path.open("w") as out:
        last = -1
        while rows := database.query(_SOME, (last, _AT_ONCE)):
            last = rows[-1][0]
            out.writelines(f"{said}\n" for _, said in rows)
    command = ["grep", "-i", "-w", "-m", str(LIMIT), RARE, str(path)]
    subprocess.run(command, capture_output=True, check=False)
    began = time.perf_counter()
    subprocess.run(command, capture_output=True, check=False)
    return (time.perf_counter() - began) * 1_000
