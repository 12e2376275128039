"""What a person may never open is loaded by whoever opens it."""

import subprocess
import sys
from pathlib import Path
from typing import Final

from hobnob_client.tui.screens.late import Late
from tests.client.tui.screens.front import been_in_general, offline
from tests.stories.screens import Sitting

SCREENS: Final = "hobnob_client.tui.screens."
SELDOM: Final = (
    *("hobnob_client.feed.", "hobnob_client.match.", "hobnob_client.profiles."),
    *("hobnob_client.finding.hits", "hobnob_client.reading.finder", "markdown_it", "pygments"),
    *(
        "hobnob_client.conversation",
        "hobnob_protocol.connection",
        "hobnob_sync.client_engine.engine",
    ),
    *("calendar", "hobnob_client.pattern_process", "json"),
    *("textual.command", "textual.widgets._input", "textual.widgets._tree"),
    *(
        f"{SCREENS}{name}"
        for name in (
            *("attention", "bare", "compare", "confirm", "day", "devices", "jump", "keys", "line"),
            *("links", "members", "outbox", "outline", "palette", "people", "picker", "polls"),
            *("profile", "reactions", "search", "settings", "stop", "switcher", "terms"),
            *("too_long", "versions", "vote"),
        )
    ),
)
"""The Feed, what ranks people, searches, dialogs; what talks with the hub, which comes once nobody
waits for the first pictures; what of Textual is for others."""
LOADED: Final = """
import sys
import hobnob.cli
from hobnob_client.tui.loading import load_app
load_app()
print(*(name for name in sys.modules if name.startswith(tuple(sys.argv[1:]))))
"""
PALETTE: Final = """
from hobnob_client.tui.loading import load_app
load_app()
from textual.command import CommandPalette, Hit, Provider
print(CommandPalette.__module__, Hit.__module__, Provider.__module__)
"""


def test_the_screen_begins_without_what_is_opened_from_it() -> None:
    """Each of them is some milliseconds before the first picture."""
    assert _told(LOADED, *SELDOM) == "\n"


def test_whoever_wants_the_palette_that_was_left_out_gets_it() -> None:
    """Nothing empty stays in its place."""
    assert _told(PALETTE) == " ".join(["textual.command"] * 3) + "\n"


def _told(program: str, *words: str) -> str:
    command = (sys.executable, "-c", program, *words)
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_what_is_late_does_what_it_was_said_to_do(tmp_path: Path) -> None:
    """No key of it is forgotten, and none leads nowhere."""

    async def story(one: Sitting) -> None:
        late = [noun for noun in one.screen.nouns if isinstance(noun, Late)]
        assert late
        for noun in late:
            assert noun.does.keys() == noun.noun.does.keys()

    offline(been_in_general(tmp_path), story)
