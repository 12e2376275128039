"""The palette offers what can be done where one is, and finds it by some letters."""

from hobnob_client.tui.action import Needs, Pane
from hobnob_client.tui.action_tables.places import HOT_NUMBERS, hot_id
from hobnob_client.tui.actions import of
from hobnob_client.tui.palette import ITSELF, Entry, entries, matching
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


def test_a_line_is_as_wide_as_asked_for() -> None:
    """However little that is."""
    for entry in entries(Pane.COMPOSER, nothing_selected):
        for room in (12, 30, 80):
            said, key = line_of(entry, room)
            assert len(said) + len(key) == room
