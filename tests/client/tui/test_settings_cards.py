"""Settings and keys as entries of a list."""

from pathlib import Path

from hobnob_client.config import SETTINGS
from hobnob_client.config.reading import understood
from hobnob_client.tui.action_table import ACTIONS
from hobnob_client.tui.rebinding import IN_FORCE
from hobnob_client.tui.settings_cards import (
    NAME_CELLS,
    about_action,
    about_setting,
    key_cards,
    setting_cards,
)

LOADED = understood(
    'profile = "/p\\u001b[31m"\n[look]\ntheme = "dark"\n',
    Path("/c/client.toml"),
    {"HOBNOB_LOOK_MOUSE": "0"},
)


def test_each_setting_is_an_entry_with_its_value_and_where_it_was_set() -> None:
    """In a line, file or variable; nothing of it moves the terminal."""
    heads = {card.key.decode(): card.head for card in setting_cards(LOADED)}
    assert list(heads) == list(SETTINGS)
    assert all(len(name) < NAME_CELLS for name in heads)
    assert heads["look.theme"].split() == ["look.theme", "dark", "line", "3"]
    assert heads["look.mouse"].split() == ["look.mouse", "off", "HOBNOB_LOOK_MOUSE"]
    assert heads["look.motion"].split() == ["look.motion", "full", "default"]
    assert "\x1b" not in heads["profile"]


def test_what_is_selected_says_what_it_may_be() -> None:
    """The one that holds is marked."""
    about = about_setting(SETTINGS["look.theme"], LOADED)
    assert "auto · [dark] · light" in about.text
    assert about.where == "/c/client.toml, line 3"
    assert "HOBNOB_LOOK_MOUSE" in about_setting(SETTINGS["look.mouse"], LOADED).where
    assert "Europe/Berlin" in about_setting(SETTINGS["times"], LOADED).text


def test_each_action_is_an_entry_and_what_was_bound_anew_has_a_star() -> None:
    """And says by which keys it was done before."""
    assert len(key_cards()) == len(ACTIONS)
    assert not [card.head for card in key_cards() if "*" in card.head.split()]
    try:
        IN_FORCE.put({"timeline.reply": ("f12",)})
        reply = next(card for card in key_cards() if card.key == b"timeline.reply")
        assert reply.head.split()[:3] == ["timeline.reply", "F12", "*"]
    finally:
        IN_FORCE.put({})
    action = next(each for each in ACTIONS if each.id == "reply")
    assert about_action(action, LOADED).text.endswith("From the start: r.")
