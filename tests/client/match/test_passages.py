"""Which words of a need are looked up, in which forms, and where."""

from hobnob_client.match.library import OWN_MAX
from hobnob_client.match.passages import passages, telling
from hobnob_client.match.words import stem, stop_words
from tests.client.finding.shelf import Shelf
from tests.client.finding.world import HELP, RUST


def test_what_everybody_says_is_not_looked_up() -> None:
    """In English and in German; each word once, in order."""
    assert telling("our SQLite locks up on a network share, SQLite!") == [
        "sqlite",
        "locks",
        "network",
        "share",
    ]
    assert telling("Kann mir bitte jemand bei der Sicherung helfen?") == ["sicherung", "helfen"]
    assert telling("can somebody help me please") == []


def test_endings_are_cut_where_enough_is_left() -> None:
    """So that other forms of a word are found."""
    assert [stem(word) for word in ("locks", "locking", "locked")] == ["lock"] * 3
    assert [stem(word) for word in ("bus", "wal", "ping", "sicherungen")] == [
        "bus",
        "wal",
        "ping",
        "sicherung",
    ]


def test_stop_words_are_small_letters() -> None:
    """As the words of a text are."""
    assert all(word == word.lower() for word in stop_words())


def test_what_may_not_be_shown_takes_nobodys_place() -> None:
    """However well it fits, and however much of it there is."""
    shelf = Shelf.empty()
    for at_ms in range(1, OWN_MAX + 1):
        shelf.put(at_ms, "locked locked locked", HELP)
    shelf.put(OWN_MAX + 1, "it says the database is locked, as far as I see", RUST)
    found = passages(shelf.database, {RUST}, ["locked"], OWN_MAX + 2)
    assert [each.stream for each in found] == [RUST]
    assert passages(shelf.database, set(), ["locked"], OWN_MAX + 2) == []
    shelf.database.close()
