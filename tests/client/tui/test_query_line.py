"""What is said under a query."""

from hobnob_client.finding.completing import Offer
from hobnob_client.finding.query import Problem
from hobnob_client.tui.query_line import at_problem, begins, keys, nothing, offered, problem

OFFERS = tuple(Offer(0, 4, f"from:{name}", name) for name in ("ana", "andy", "anton"))


def test_what_is_wrong_is_told_with_what_tab_types() -> None:
    """Nothing that was pasted reaches the terminal as it is."""
    assert problem(Problem(0, 4, "Nobody.", "from:ana")) == "✗ Nobody. Tab: from:ana"
    assert problem(Problem(0, 4, "Nobody \x1b[2J\u202e.")) == "✗ Nobody \u241b[2J\ufffd."


def test_offers_stand_one_after_the_other_and_the_typed_one_is_marked() -> None:
    """As many as there is room for; the first always."""
    assert offered(OFFERS, None, 60) == "Tab  ana  andy  anton "
    assert offered(OFFERS, 1, 60) == "Tab  ana [andy] anton "
    assert offered(OFFERS, None, 18) == "Tab  ana  andy …"
    assert offered(OFFERS, None, 6).startswith("Tab ")


def test_keys_are_told_in_the_most_words_there_is_room_for() -> None:
    """Nothing is cut in the middle; nobody is asked where there is no place."""
    assert keys("#help", 90) == (
        "Enter Open there · Ctrl+S Keep this search · Ctrl+N Ask in #help · Esc Back"
    )
    assert keys("#help", 72) == ("Enter Open there · Ctrl+S Keep · Ctrl+N Ask in #help · Esc Back")
    assert keys("#help", 54) == "Enter Open there · Ctrl+S Keep · Ctrl+N Ask · Esc Back"
    assert keys("#help", 44) == "Enter Open there · Ctrl+N Ask · Esc Back"
    assert keys("#help", 8) == "Enter Open there · Esc Back"
    assert "Ask" not in keys("", 90)


def test_no_hit_leads_to_asking() -> None:
    """Where there is somebody to ask."""
    assert nothing("#help", 1).endswith("\nCtrl+N asks #help")
    assert "Ctrl" not in nothing("", 1)
    assert "from:" in begins()


def test_no_hit_of_several_words_says_how_to_find_more() -> None:
    """In one line of a small terminal; one word alone is not spread over messages."""
    said, asks = nothing("#help", 2).split("\n")
    assert "drop a word" in said
    assert "thread:" in said
    assert len(said) <= 72
    assert asks == "Ctrl+N asks #help"
    assert "thread:" not in nothing("#help", 1)


def test_no_hit_names_what_would_find_something() -> None:
    """In one line of a small terminal."""
    said = nothing("#help", 2, "vacuum").split("\n")[0]
    assert said == "No message has all of this. Tab: vacuum"
    assert len(nothing("", 2, "x" * 500)) <= 76


def test_the_problem_where_one_types_comes_first() -> None:
    """Else the first."""
    one, other = Problem(0, 4, "one"), Problem(5, 9, "other")
    assert at_problem((one, other), 7) == other
    assert at_problem((one, other), 12) == one
    assert at_problem((), 3) is None
