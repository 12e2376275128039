"""Whose posts are about a need: those of whoever has claimed an account are theirs."""

from collections.abc import Iterable
from typing import cast

from hobnob_client.match.members import Members
from hobnob_client.match.told import Told
from hobnob_client.reading.people import People
from hobnob_client.texts import PLACES
from hobnob_protocol.ids import AccountId, StreamId
from hobnob_sync.ports_sql import Database

GARDEN = StreamId(b"c:" + b"g" * 16)
BOB, IMPORTED, ME = (AccountId(bytes((n,)) * 20) for n in (1, 2, 3))
NOW_MS = 1_000_000_000


class OneText:
    """An index in which a text of an imported account has all words."""

    def query(self, sql: str, parameters: Iterable[object]) -> list[tuple[object, ...]]:
        """How many have a word, or which."""
        if "count(*)" in sql:
            return [(1,)]
        if "thread, text.author" in " ".join(sql.split()):
            return []
        return [(NOW_MS * PLACES, GARDEN, b"t" * 16, IMPORTED, b"", "locked", "", 1.0)]


class Owners:
    """Bob has claimed it."""

    def owner(self, account: AccountId) -> AccountId:
        """Who speaks for an account."""
        return BOB if account == IMPORTED else account


def told(*blocked: AccountId) -> Told:
    """What is told to somebody who has blocked these."""
    who = Members(
        frozenset({BOB}), frozenset({ME}), frozenset(blocked), {GARDEN: "#garden"}, frozenset(), 1
    )
    database, people = cast(Database, OneText()), cast(People, Owners())
    return Told(database, people, who, ["locked"], NOW_MS)


def test_what_was_imported_is_of_whoever_has_claimed_it() -> None:
    """And so it is nobody's whom one has blocked."""
    assert [(hit.person, hit.event.stream) for hit in told().hits] == [(BOB, GARDEN)]
    assert told(BOB).hits == []
