"""Which language the screen speaks."""

from pathlib import Path

import pytest

from hobnob_client.catalogue import Language, chosen, key_words, speaking
from hobnob_client.config.reading import understood

DE, EN = Language.GERMAN, Language.ENGLISH


@pytest.mark.parametrize(
    ("environ", "setting", "language"),
    [
        ({}, "", EN),
        ({"LANG": "de_DE.UTF-8"}, "", DE),
        ({"LANG": "de_AT"}, "auto", DE),
        ({"LANG": "de_DE.UTF-8"}, "en", EN),
        ({"LANG": "C.UTF-8"}, "de", DE),
        ({"LANG": "fr_FR.UTF-8"}, "", EN),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "de_DE.UTF-8"}, "", EN),
        ({"LC_MESSAGES": "de_DE.UTF-8", "LANG": "en_GB.UTF-8"}, "", DE),
        ({"LC_ALL": "", "LANG": "de_DE.UTF-8"}, "", DE),
    ],
)
def test_the_first_that_says_anything_decides(
    environ: dict[str, str], setting: str, language: Language
) -> None:
    """The setting, then POSIX's variables in their order."""
    assert chosen(environ, setting) is language


def test_our_own_variable_is_that_of_the_setting() -> None:
    """It goes before the file and the shell, and no other place knows of it."""
    environ = {"HOBNOB_LANGUAGE": "de", "LC_ALL": "en_GB.UTF-8"}
    loaded = understood('language = "en"', Path("client.toml"), environ)
    assert chosen(environ, loaded.settings.language) is DE
    assert chosen({"HOBNOB_LANGUAGE": "de"}) is EN


def test_keys_are_called_as_the_keyboard_has_them() -> None:
    """Those that stand nowhere else stay as they are."""
    assert key_words("Ctrl+PgUp") == "Ctrl+PgUp"
    with speaking(DE):
        assert [key_words(key) for key in ("Ctrl+K", "PgUp", "Esc", "+")] == [
            "Strg+K",
            "Bild↑",
            "Esc",
            "+",
        ]
