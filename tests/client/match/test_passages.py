"""Which words of a need are looked up, and in which forms."""

from hobnob_client.match.passages import telling
from hobnob_client.match.words import stem, stop_words


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
