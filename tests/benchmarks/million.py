"""A replica in which much was said: texts made by rule, the same for the same seed, nobody's words.

Words are made of syllables and are as frequent as words are (Zipf); so are authors and channels.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Final

from hobnob_client.finding import marks
from hobnob_client.finding.marks import Trait
from hobnob_client.store import SqliteReplicaStore
from hobnob_client.store.database import SqliteDatabase
from hobnob_client.texts import Text, TextRows
from hobnob_protocol.ids import AccountId, StreamId, TargetId

_ONSETS: Final = "br b c d dr f fl g gr h j k kl l m n p pl qu r s sch sp st t tr v w z"
_VOWELS: Final = "a e i o u ei au ie ou"
_ENDS: Final = "n r s t l m ck nd rt"
_ON: Final = _ONSETS.split()
_MIDDLE: Final = _VOWELS.split()
_END: Final = ["", *_ENDS.split(), ""]
VOCABULARY: Final = 60_000
AUTHORS: Final = 3_000
CHANNELS: Final = 80
BATCH: Final = 500
BEGAN_MS: Final = 1_640_995_200_000
"""2022-01-01."""
EVERY_MS: Final = 120_000
"""One text in two minutes: a million are not quite four years."""
RARE: Final = "zwuschelquark"
"""A word that two texts have."""
TRAITS: Final = ((Trait.LINK, 0.08), (Trait.CODE, 0.05), (Trait.QUESTION, 0.1), (Trait.REPLY, 0.3))


@dataclass(frozen=True, slots=True)
class Million:
    """What was made: a `World` for queries too. `words` come by how often they are said; `said_ns`
    is the CPU that making them searchable took."""

    path: Path
    count: int
    words: tuple[str, ...]
    authors: Mapping[str, tuple[AccountId, ...]]
    channels: Mapping[str, tuple[StreamId, ...]]
    said_ns: int
    today: date = date(2026, 1, 1)
    zone: tzinfo = UTC

    @property
    def me(self) -> AccountId:
        """As a `World`."""
        return self.authors["author7"][0]

    def mine(self) -> tuple[AccountId, ...]:
        """As a `World`."""
        return (self.me,)

    def people(self) -> Mapping[str, tuple[AccountId, ...]]:
        """As a `World`."""
        return self.authors

    def places(self) -> Mapping[str, tuple[StreamId, ...]]:
        """As a `World`."""
        return self.channels

    def threads(self, term: str) -> tuple[TargetId, ...]:
        """As a `World`: none is titled."""
        return ()

    def bots(self) -> tuple[AccountId, ...]:
        """As a `World`."""
        return self.authors["author1"]

    def blocked(self) -> tuple[AccountId, ...]:
        """As a `World`."""
        return self.authors["author2999"]


def fill(path: Path, count: int, seed: int = 1) -> Million:
    """A replica of so many texts."""
    random = Random(seed)
    words = Words(random)
    authors = {f"author{nth}": (AccountId(_name(f"a{nth}", 20)),) for nth in range(AUTHORS)}
    channels = {
        f"#channel{nth}": (StreamId(b"c:" + _name(f"c{nth}", 16)),) for nth in range(CHANNELS)
    }
    database = SqliteDatabase(str(path))
    SqliteReplicaStore(database, "NORMAL")
    database.query("PRAGMA synchronous = NORMAL")
    rows = TextRows(database)
    made = _Texts(random, words, [found[0] for found in authors.values()])
    streams = [found[0] for found in channels.values()]
    weights = list(accumulate(1 / (nth + 2) for nth in range(CHANNELS)))
    said_ns = 0
    for first in range(0, count, BATCH):
        stream = random.choices(streams, cum_weights=weights)[0]
        batch = [made.text(stream, nth, count) for nth in range(first, min(count, first + BATCH))]
        began = time.thread_time_ns()
        with database.transaction():
            rows.put(stream, batch)
        said_ns += time.thread_time_ns() - began
    database.close()
    return Million(path, count, words.all, authors, channels, said_ns)


def _name(of: str, count: int) -> bytes:
    return sha256(of.encode()).digest()[:count]


def _vocabulary(random: Random) -> Iterator[str]:
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        syllables = random.choice((1, 1, 2, 2, 2, 3, 3))
        parts = [
            random.choice(letters) for _ in range(syllables) for letters in (_ON, _MIDDLE, _END)
        ]
        found["".join(parts)] = None
    yield from found


class Words:
    """Made words, of which some are said often."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.all = tuple(_vocabulary(random))
        self._weights = list(accumulate(1 / (nth + 2.7) for nth in range(len(self.all))))

    def some(self) -> str:
        """As many as a message has: sixteen mostly, seldom many."""
        length = min(150, max(3, int(self._random.lognormvariate(2.8, 0.7))))
        return " ".join(self._random.choices(self.all, cum_weights=self._weights, k=length))


class _Texts:
    """Texts one after the other."""

    def __init__(self, random: Random, words: Words, authors: list[AccountId]) -> None:
        self._random = random
        self._words = words
        self._authors = authors
        self._of_authors = list(accumulate(1 / (nth + 5) for nth in range(len(authors))))

    def text(self, stream: StreamId, nth: int, count: int) -> Text:
        """The `nth` of so many."""
        random = self._random
        said = self._words.some()
        if nth in (count // 9, count // 2):
            said += f" {RARE}"
        author = random.choices(self._authors, cum_weights=self._of_authors)[0]
        addressed = [random.choice(self._authors)] if random.random() < 0.15 else []
        traits = [trait for trait, share in TRAITS if random.random() < share]
        thread = TargetId(_name(f"t{nth // 20}", 16))
        roots = [thread] if Trait.REPLY in traits else []
        found = marks.together(stream, author, roots, addressed, traits)
        target = TargetId(nth.to_bytes(16, "big"))
        moment = BEGAN_MS + nth * EVERY_MS
        return Text(moment, target, author, b"".join(roots), nth + 1, said, "", found)
