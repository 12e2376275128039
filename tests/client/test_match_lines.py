"""What of a post stands in a line of evidence."""

from hobnob_client.match_lines import SAID_LETTERS, excerpt


def test_a_short_post_stands_there_whole() -> None:
    """Whatever is looked for in it."""
    assert excerpt("SQLite locks on NFS", frozenset(("lock",))) == "SQLite locks on NFS"
    assert excerpt("SQLite locks on NFS", frozenset()) == "SQLite locks on NFS"


def test_of_a_long_one_what_is_about_the_need() -> None:
    """From a little before the first word that is looked for, in whole words."""
    said = f"{'hello there ' * 20}we keep it local because locking fails {'and so on ' * 30}"
    shown = excerpt(said, frozenset(("lock",)))
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert "we keep it local because locking fails" in shown
    assert len(shown) <= SAID_LETTERS + 2


def test_where_nothing_is_found_its_beginning() -> None:
    """It may be an answer under what is about it."""
    shown = excerpt("yes " * 100, frozenset(("lock",)))
    assert shown == f"{('yes ' * 100)[:SAID_LETTERS]}…"
