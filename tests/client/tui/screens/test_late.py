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
        f"{SCREENS}{name}"
        for name in (
            *("attention", "bare", "confirm", "day", "devices", "jump", "keys", "links", "members"),
            *("outbox", "outline", "palette", "people", "picker", "polls", "profile", "reactions"),
            *("search", "settings", "switcher", "terms", "too_long", "versions", "vote"),
        )
    ),
)
"""The Feed, what ranks people, searches, dialogs."""
LOADED: Final = """
import sys
import hobnob.cli, hobnob_client.tui.app
print(*(name for name in sys.modules if name.startswith(tuple(sys.argv[1:]))))
"""


def test_the_screen_begins_without_what_is_opened_from_it() -> None:
    """Each of them is some milliseconds before the first picture."""
    command = (sys.executable, "-c", LOADED, *SELDOM)
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "\n"


def test_what_is_late_does_what_it_was_said_to_do(tmp_path: Path) -> None:
    """No key of it is forgotten, and none leads nowhere."""

    async def story(one: Sitting) -> None:
        late = [noun for noun in one.screen.nouns if isinstance(noun, Late)]
        assert late
        for noun in late:
            assert noun.does.keys() == noun.noun.does.keys()

    offline(been_in_general(tmp_path), story)
