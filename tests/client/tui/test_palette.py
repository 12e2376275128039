"""The palette offers what can be done where one is, and finds it by some letters."""

import pytest

from hobnob_client.catalogue import Language, speaking
from hobnob_client.tui.action import Needs, Pane
from hobnob_client.tui.action_table import ACTIONS
from hobnob_client.tui.action_tables.places import HOT_NUMBERS, hot_id
from hobnob_client.tui.actions import of
from hobnob_client.tui.palette import ITSELF, Entry, entries, matching
from hobnob_client.tui.sought import SOUGHT
from hobnob_client.tui.widgets.palette_list import line_of


def nothing_selected(needs: Needs) -> str:
    """Only what acts upon nothing can be done."""
    return "Select a message first: ↑." if needs else ""


def ids(found: tuple[Entry, ...]) -> list[str]:
    """What is offered, in this order."""
    return [entry.action.id for entry in found]


def test_all_of_the_pane_and_of_everywhere_is_offered_once() -> None:
    """But for the palette itself, and the same thing under two names."""
    offered = ids(entries(Pane.TIMELINE, nothing_selected))
    all_of = {each.id for each in (*of(Pane.TIMELINE), *of(Pane.EVERYWHERE))}
    assert len(offered) == len(set(offered))
    again = {"help", "search", *(hot_id(nth) for nth in HOT_NUMBERS[1:])}
    assert all_of - set(offered) <= {ITSELF, *again}


def test_what_cannot_be_done_now_comes_last_and_says_why() -> None:
    """A mark tells it without colour."""
    offered = entries(Pane.TIMELINE, nothing_selected)
    assert [bool(each.lacks) for each in offered] == sorted(bool(each.lacks) for each in offered)
    said, key = line_of(offered[-1], 90)
    assert said.startswith("✗ ")
    assert "Select a message first" in said
    assert len(said + key) == 90


def test_letters_find_by_sentence_label_and_key() -> None:
    """What begins so before what only has the letters; a key alone finds its action."""
    offered = entries(Pane.CHANNELS, nothing_selected)
    assert ids(matching(offered, "search"))[0] in ("find", "search")
    assert ids(matching(offered, "mute"))[0] == "mute"
    assert ids(matching(offered, "ctrl+r"))[0] == "reconnect"
    assert ids(matching(offered, "priv grou"))[0] == "group"
    assert matching(offered, "qqqq") == ()
    assert matching(offered, " ") == offered


@pytest.mark.parametrize("pane", [Pane.CHANNELS, Pane.TIMELINE, Pane.COMPOSER, Pane.ROOM])
@pytest.mark.parametrize(
    ("sought", "acts"),
    [
        *((word, {"switch"}) for word in ("join", "channel", "browse")),
        *((word, {"address", "switch"}) for word in ("dm", "message")),
        ("private", {"address", "group", "switch"}),
        *((word, {"quit"}) for word in ("quit", "exit", "logout")),
        *((word, {"leave_channel"}) for word in ("leave", "part")),
        *((word, {"next_theme"}) for word in ("theme", "dark", "light")),
        ("help", {"help", "keys"}),
    ],
)
def test_what_other_programs_call_it_finds_it(pane: Pane, sought: str, acts: set[str]) -> None:
    """Wherever one is: nobody knows beforehand how something is called here."""
    assert ids(matching(entries(pane, nothing_selected), sought))[0] in acts


@pytest.mark.parametrize(
    ("sought", "act"),
    [
        ("beitreten", "switch"),
        ("verlassen", "leave_channel"),
        ("dunkel", "next_theme"),
        ("quit", "quit"),
    ],
)
def test_it_is_sought_in_the_language_that_is_spoken(sought: str, act: str) -> None:
    """In German by the English words many know, too."""
    with speaking(Language.GERMAN):
        assert ids(matching(entries(Pane.CHANNELS, nothing_selected), sought))[0] == act


def test_words_are_those_of_actions_there_are() -> None:
    """Others would be found by nobody."""
    assert SOUGHT.keys() <= {action.id for action in ACTIONS}


def test_a_line_is_as_wide_as_asked_for() -> None:
    """However little that is."""
    for entry in entries(Pane.COMPOSER, nothing_selected):
        for room in (12, 30, 80):
            said, key = line_of(entry, room)
            assert len(said) + len(key) == room
