"""The screen in German on a small terminal: every label is there whole, and nothing is English."""

from pathlib import Path

from hobnob_client.catalogue import Language, speaking
from hobnob_client.catalogue.german import areas, german
from hobnob_client.tui.action import Pane
from hobnob_client.tui.actions import hints
from hobnob_client.tui.screens.keys import lines
from tests.client.tui.screens.front import been_in_general, offline
from tests.stories.screens import Sitting

SMALL = (80, 24)
ENGLISH = tuple(
    key
    for key, said in german(areas()).items()
    if said != key and "{" not in key and len(key.split()) > 1
)
"""Texts that nobody may see who has asked for German."""
DIALOGS: tuple[tuple[tuple[str, ...], Pane], ...] = (
    (("slash",), Pane.SEARCH),
    (("ctrl+o",), Pane.OUTBOX),
    (("w",), Pane.MEMBERS),
    (("D",), Pane.DEVICES),
    (("ampersand",), Pane.PICKING),
    (("enter", "J"), Pane.DAY),
    (("enter", "p"), Pane.ASKING),
    (("enter", "L"), Pane.LINKS),
)
"""What is pressed in the list, and what then lies above it."""
OFFERED = {
    Pane.OUTBOX: ("close",),
    Pane.MEMBERS: ("close",),
    Pane.DEVICES: ("rename", "revoke", "close"),
}
"""Of dialogs that offer what can be done now, what that is."""


def test_every_label_of_the_german_screen_is_whole(tmp_path: Path) -> None:
    """In the lines of keys of panes and dialogs; and each dialog is German in all it says."""

    async def story(one: Sitting) -> None:
        await one.sees("Heute")
        await whole_footer(one, "Öffnen")
        for keys, pane in DIALOGS:
            await one.press(*keys)
            for label in hints(pane, OFFERED.get(pane)):
                await one.sees(label)
            is_german(one.text)
            await one.press("escape", "escape")
            await one.sees("Tasten")
        await one.press("enter", "up")
        await whole_footer(one, "Antworten")
        await one.press("i")
        await whole_footer(one, "Senden")

    offline(been_in_general(tmp_path, "see https://example.org"), story, SMALL, Language.GERMAN)


def test_the_page_of_keys_is_german() -> None:
    """From its beginning to its end."""
    with speaking(Language.GERMAN):
        is_german("\n".join(said for _, said in lines()))


def is_german(text: str) -> None:
    """No text of the catalogue stands there in English."""
    assert [each for each in ENGLISH if each in text] == []


async def whole_footer(one: Sitting, label: str) -> None:
    """The line of keys has this label, and each it has is whole."""
    await one.sees(label)
    footer = one.text.splitlines()[-1]
    assert footer.rstrip() == footer.rstrip().removesuffix("…")
    known = {said for said in german(areas()).values() if isinstance(said, str)}
    shown = [each.strip().partition(" ")[2].strip() for each in footer.split("  ") if each.strip()]
    assert [each for each in shown if each not in known] == []
    is_german(one.text)
