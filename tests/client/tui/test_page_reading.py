"""How often a replica is asked for a page: each question lets other threads go first."""

from collections.abc import Iterator

import pytest

from hobnob.testing import Community
from hobnob.testing.people import User
from hobnob_client.store.database import SqliteDatabase
from hobnob_client.tui.rows import ChannelRows


@pytest.fixture
def community() -> Iterator[Community]:
    """Time begins at 0."""
    with Community() as fresh:
        yield fresh


def questions(user: User, count: int) -> int:
    """Statements that SQLite runs to show so many messages."""
    # A reader shows nobody its store.
    database = user.seat.reader._desk.store.sql  # pyright: ignore[reportPrivateUsage]
    asked = list[str]()
    assert isinstance(database, SqliteDatabase)
    database.raw.set_trace_callback(asked.append)
    try:
        assert len(ChannelRows(user.seat.reader, user.stream("general")).older(None, 9)) == count
    finally:
        database.raw.set_trace_callback(None)
    return len(asked)


def test_a_page_is_a_few_questions_however_much_it_shows(community: Community) -> None:
    """Not some more for each message."""
    ada = community.user("ada")
    ada.say("post")
    community.wait(1)
    one = questions(ada, 1)
    for nth in range(8):
        ada.say(f"post {nth}")
        community.wait(1)
    assert questions(ada, 9) <= one + 2


def test_what_waits_is_a_few_questions_each(community: Community) -> None:
    """Not all of it for each: whoever writes for a day without a hub goes on writing."""
    ada = community.user("ada")
    ada.cut()
    ada.say("post")
    one = questions(ada, 1)
    for nth in range(8):
        ada.say(f"post {nth}")
    assert questions(ada, 9) <= 9 * one
