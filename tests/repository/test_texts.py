"""Every text of the screen is in the catalogue, in English and German."""

import re
from pathlib import Path

import pytest

from hobnob_client.catalogue.german import Said, areas, german
from hobnob_client.tui.action_table import ACTIONS
from tests.repository.source import name as source_name
from tests.repository.source import tree
from tests.repository.texts import bare_texts, shown_files, spoken

GERMAN = german(areas())
_PLACE = re.compile(r"\{[a-z_]+\}")
_MASCULINE = re.compile(
    r"\b(?:(?:Be|Erst)?[Nn]utzer|(?:Teil)?[Nn]ehmer|Autor|Moderator|Administrator|Verfasser|Leser"
    r"|Schreiber|Absender|Sender|Empfänger|Besitzer|Eigentümer|Betreiber|Entwickler|Freund|Kollege"
    r"|Partner|Gesprächspartner|Experte|Bewohner|Besucher|Kunde|Gründer|Anfänger|Fremder|Helfer"
    r"|jeder|keiner|einer der|wer seine)(?:s|n|en|innen|in|\*in)?\b"
)
_FORMAL = re.compile(r"[a-zäöüß,] (?:Sie|Ihnen|Ihr|Ihre[mnrs]?)\b")


def _both(said: Said) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said


def _keys() -> set[str]:
    called = {text for action in ACTIONS for text in (action.label, action.help) if text}
    return called | {each.texts[0] for each in spoken()}


@pytest.mark.parametrize("path", shown_files(), ids=source_name)
def test_every_text_goes_through_the_catalogue(path: Path) -> None:
    """Say t("…"), n(…) or later("…"), with the German in catalogue/de/: see the catalogue."""
    assert bare_texts(tree(path)) == []


def test_every_text_has_its_german() -> None:
    """Nobody sees English among German."""
    assert sorted(_keys() - GERMAN.keys()) == []


def test_no_german_is_left_over() -> None:
    """What nobody says any more goes."""
    assert sorted(GERMAN.keys() - _keys()) == []


def test_every_german_text_has_the_values_of_its_english() -> None:
    """No name is lost, misspelt, or one that nobody gives a value."""
    differing = [
        key
        for key, said in GERMAN.items()
        for german_text in _both(said)
        if set(_PLACE.findall(key)) != set(_PLACE.findall(german_text))
    ]
    assert differing == []


def test_every_text_gets_its_values() -> None:
    """A place without a value would be shown as it stands."""
    wrong = [
        f"{each.place}: {text}"
        for each in spoken()
        for text in each.texts
        if each.values is not None
        and not {name.strip("{}") for name in _PLACE.findall(text)} <= each.values
    ]
    assert wrong == []


def test_german_names_nobody_by_a_masculine_form_that_is_to_mean_all() -> None:
    """Mitglied, Person, wer …: there is always a word for everybody; and it says du."""
    wrong = [
        text
        for said in GERMAN.values()
        for text in _both(said)
        if _MASCULINE.search(text) or _FORMAL.search(text)
    ]
    assert wrong == []
