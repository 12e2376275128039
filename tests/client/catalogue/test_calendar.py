"""Days and numbers as a language writes them."""

from datetime import date

from hobnob_client.catalogue import Language, date_long, date_short, decimal, number, speaking

DAY = date(2026, 3, 5)


def test_a_day_in_english() -> None:
    """As the screen has always written it."""
    assert date_short(DAY) == "Thu 5 Mar 2026"
    assert date_short(DAY, year=False) == "Thu 5 Mar"
    assert date_long(DAY) == "Thursday, 5 March 2026"
    assert date_long(DAY, weekday=False) == "5 March 2026"


def test_a_day_in_german() -> None:
    """With the points that it has there."""
    with speaking(Language.GERMAN):
        assert date_short(DAY) == "Do 5. März 2026"
        assert date_long(DAY) == "Donnerstag, 5. März 2026"


def test_a_number_has_its_thousands_apart() -> None:
    """By a comma or a point."""
    assert number(1_234_567) == "1,234,567"
    with speaking(Language.GERMAN):
        assert number(1_234_567) == "1.234.567"
        assert number(-12) == "-12"


def test_a_broken_number_has_the_language_s_point() -> None:
    """Its form is given."""
    assert decimal(1.5, "+.2f") == "+1.50"
    with speaking(Language.GERMAN):
        assert decimal(1.5, "+.2f") == "+1,50"
