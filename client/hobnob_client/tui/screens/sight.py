"""What is before a person's eyes: only that counts as seen."""

from typing import TYPE_CHECKING

from hobnob_client.tui.safe_app import app_of
from hobnob_client.tui.widgets.talk import Talk

if TYPE_CHECKING:
    from hobnob_client.tui.screens.main import MainScreen


def in_sight(screen: "MainScreen", talk: Talk) -> bool:
    """Are the messages of a talk seen: in a window one looks at, and with nothing over them or in
    their place, as a dialog, another room or a preview?"""
    app = app_of(screen)
    shown = app.app_focus and app.screen is screen
    return shown and talk.place is not None and talk.timeline.is_on_screen
