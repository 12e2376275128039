"""Searching: what is indexed follows the log, and any text is a safe query."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hobnob_client.engine import Engine
from hobnob_client.search import TERMS_MAX, find, terms
from hobnob_client.store import SqliteReplicaStore
from hobnob_client.store.database import SqliteDatabase
from hobnob_client.texts import PLACES
from hobnob_protocol.ids import StreamId, target_of
from hobnob_protocol.kinds.messages import Delete, Edit, Post
from tests.client.member import WAIT_SECONDS, general, join_general, newcomer, says, settled
from tests.client.small_hub import SmallHub

PUT = "INSERT INTO text (id, stream, target, author, thread, text) VALUES (?, ?, ?, ?, ?, ?)"
PUT_WORDS = "INSERT INTO text_index (rowid, text) VALUES (?, ?)"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A replica's database that holds texts and nothing else."""

    database: SqliteDatabase

    def put(self, place: int, text: str, stream: bytes = b"c:garden") -> None:
        """One searchable text."""
        row = (place, stream, place.to_bytes(16, "big"), b"author", b"", text)
        self.database.run(PUT, [row])
        self.database.run(PUT_WORDS, [(place, text)])

    def found(self, query: str, limit: int = 50, below: int | None = None) -> list[int]:
        """The places of what is found."""
        return [hit.place for hit in find(self.database, query, limit, below=below)]


@pytest.fixture(scope="module")
def shelf() -> Iterator[Shelf]:
    """Four texts."""
    database = SqliteDatabase(":memory:")
    SqliteReplicaStore(database)
    filled = Shelf(database)
    filled.put(1 * PLACES, "the wheel of the compiler")
    filled.put(2 * PLACES, 'a "quoted" wheel, AND NOT OR')
    filled.put(3 * PLACES, "Größe der Räder")
    filled.put(4 * PLACES, "compilers compile", b"c:cellar")
    yield filled
    database.close()


def test_all_words_must_be_there_newest_first(shelf: Shelf) -> None:
    """Order and case of the words do not matter."""
    assert shelf.found("wheel ") == [2 * PLACES, 1 * PLACES]
    assert shelf.found("COMPILER the ") == [1 * PLACES]
    assert shelf.found("wheel compilers ") == []


def test_the_last_word_may_be_unfinished(shelf: Shelf) -> None:
    """As it is typed; a space finishes it, and one letter is not enough."""
    assert shelf.found("comp") == [4 * PLACES, 1 * PLACES]
    assert shelf.found("comp ") == []
    assert shelf.found("c") == []


def test_accents_may_be_left_out(shelf: Shelf) -> None:
    """Who has no such key finds it too."""
    assert shelf.found("grosse rader ") == []
    assert shelf.found("große rader ") == [3 * PLACES]


def test_words_of_the_query_language_are_words(shelf: Shelf) -> None:
    """Quotes, operators and columns mean themselves."""
    assert shelf.found('"quoted" AND NOT OR ') == [2 * PLACES]
    assert shelf.found("NOT wheel ") == [2 * PLACES]
    assert shelf.found("text:wheel ") == []
    assert shelf.found("NEAR(wheel compiler) ") == []


def test_pages_of_hits_go_on_below_the_last(shelf: Shelf) -> None:
    """One by one, each once."""
    assert shelf.found("wheel ", limit=1) == [2 * PLACES]
    assert shelf.found("wheel ", limit=1, below=2 * PLACES) == [1 * PLACES]
    assert shelf.found("wheel ", limit=1, below=1 * PLACES) == []


def test_one_stream_can_be_searched_alone(shelf: Shelf) -> None:
    """The others' hits are left out."""
    (hit,) = find(shelf.database, "comp", 50, stream=StreamId(b"c:cellar"))
    assert (hit.place, hit.at_ms, hit.text) == (4 * PLACES, 4, "compilers compile")


@given(
    st.text(st.one_of(st.characters(), st.sampled_from('"*^:()+-{}\\\0 aANDORNOT')), max_size=80)
)
def test_any_text_is_a_safe_query(shelf: Shelf, query: str) -> None:
    """No text raises, none is read as syntax."""
    assert len(shelf.found(query)) <= 4


def test_a_query_is_bounded() -> None:
    """More words than count are left out, and so is what has no letter."""
    assert terms("x " * 100).count('"x"') == TERMS_MAX
    assert terms("!!! ... ---") == ""
    assert terms("") == ""
    assert terms('say "hi') == '"say" """hi"*'


def test_the_index_follows_what_is_said(tmp_path: Path) -> None:
    """A post is found, an edit replaces it, a withdrawal removes it."""

    async def story() -> None:
        async with SmallHub() as hub, newcomer(hub, tmp_path, "alice").engine() as alice:
            await join_general(alice)
            said = await alice.compose(general(alice), Post("the wheel is round"))
            await _found(alice, "wheel", ["the wheel is round"])
            target = target_of(said.event_id)
            await alice.compose(general(alice), Edit(target, "the disc is round"))
            await _found(alice, "disc", ["the disc is round"])
            assert alice.reader.search("wheel", 50) == ()
            await alice.compose(general(alice), Delete(target))
            await _found(alice, "disc", [])

    asyncio.run(story())


def test_what_others_wrote_is_kept_safe_to_show(tmp_path: Path) -> None:
    """A hit's text passes no terminal a control."""

    async def story() -> None:
        async with SmallHub() as hub, newcomer(hub, tmp_path, "alice").engine() as alice:
            await join_general(alice)
            await says(alice, "turned\u202earound")
            await _found(alice, "turned", ["turned\ufffdaround"])

    asyncio.run(story())


def test_history_is_indexed_behind_the_pages(tmp_path: Path) -> None:
    """Everything that is held is found in the end, old and new."""

    async def story() -> None:
        async with SmallHub() as hub, newcomer(hub, tmp_path, "alice").engine() as alice:
            await join_general(alice)
            await says(alice, *(f"wheel {nth}" for nth in range(120)))
            await settled(alice)
            async with newcomer(hub, tmp_path, "bob").engine() as bob:
                await _found(bob, "wheel", [f"wheel {nth}" for nth in reversed(range(120))])

    asyncio.run(story())


async def _found(engine: Engine, query: str, texts: list[str]) -> None:
    await settled(engine)
    async with asyncio.timeout(WAIT_SECONDS):
        await engine.until(lambda progress: progress.complete)
        await engine.indexed()
    assert [hit.text for hit in engine.reader.search(f"{query} ", 200)] == texts
