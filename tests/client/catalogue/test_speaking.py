"""Texts in the language that is spoken."""

import pytest

from hobnob_client.catalogue import Language, later, n, quoted, speak, speaking, t
from hobnob_client.catalogue.german import CatalogueBroken, areas, german
from hobnob_client.catalogue.speaking import language

LEAVE = later("Ctrl+Q leaves hobnob; unsent text is kept.")


class Secret:
    """Somebody whose insides must not be reached."""

    hidden = "the key"

    def __str__(self) -> str:
        return "somebody"


def test_english_is_spoken_until_somebody_chooses() -> None:
    """The key is the text."""
    assert language() is Language.ENGLISH
    assert t(LEAVE) == LEAVE


def test_german_is_spoken_where_it_was_chosen() -> None:
    """And English again afterwards."""
    with speaking(Language.GERMAN):
        assert t(LEAVE).startswith("Strg+Q beendet")
    assert t(LEAVE) == LEAVE


def test_a_text_without_german_is_shown_in_english() -> None:
    """A missing text is a fault that a person can still read."""
    with speaking(Language.GERMAN):
        assert t("A text that nobody has translated") == "A text that nobody has translated"


def test_values_stand_where_their_names_stand() -> None:
    """In any order, as often as they are named."""
    assert t("{who} is in {place}, {who}", who="ana", place="#rust") == "ana is in #rust, ana"


@pytest.mark.parametrize("text", ["{who.hidden}", "{who[0]}", "{who!r}", "{who:>99999999}", "{0}"])
def test_no_text_reaches_into_a_value(text: str) -> None:
    """Only the name of a value is a place; everything else stands as it is."""
    assert t(text, who=Secret()) == text


def test_what_a_value_says_is_not_looked_at_again() -> None:
    """Somebody whose handle looks like a place is called so."""
    assert t("{who}: {said}", who="{said}", said="hello") == "{said}: hello"


def test_what_was_said_stands_in_the_quotation_marks_of_the_language() -> None:
    """With whatever it says."""
    assert quoted("a {text}") == "“a {text}”"
    with speaking(Language.GERMAN):
        assert quoted("so ist es") == "„so ist es“"


def test_a_place_without_a_value_stays() -> None:
    """No text is worth a crash."""
    assert t("{who} and {other}", who="ana") == "ana and {other}"


def test_one_thing_and_several() -> None:
    """None are several."""
    told = [n("{count} hit", "{count} hits", count) for count in (0, 1, 2)]
    assert told == ["0 hits", "1 hit", "2 hits"]


def test_two_areas_may_not_say_one_text_differently() -> None:
    """The same twice is fine."""
    same = {"a": '"Back" = "Zurück"', "b": '"Back" = "Zurück"'}
    assert german(same) == {"Back": "Zurück"}
    with pytest.raises(CatalogueBroken, match=r"b\.toml: 'Back'"):
        german({**same, "b": '"Back" = "Rücken"'})


def test_a_file_holds_texts_alone() -> None:
    """One, or two in a list."""
    assert german({"a": '"{count} hit" = ["{count} Fund", "{count} Funde"]'})
    with pytest.raises(CatalogueBroken):
        german({"a": '"Back" = 7'})


def test_each_area_is_a_file() -> None:
    """They come with the package."""
    assert "app" in areas()


def test_speaking_twice_is_speaking_once() -> None:
    """The last choice holds."""
    with speaking(Language.GERMAN):
        speak(Language.ENGLISH)
        assert t(LEAVE) == LEAVE
